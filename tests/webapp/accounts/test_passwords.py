"""Passwords that anybody guesses first are refused, wherever one is chosen."""

from __future__ import annotations

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.webapp.accounts.conftest import PASSWORD
from tests.webapp.accounts.entrance import add_person, send_form, sign_in
from tests.webapp.admin.conftest import SignedInClient
from webapp.accounts.errors import AccountError
from webapp.accounts.passwords import hash_password

GUESSED = [
    "aaaaaaaaaaaa", "123456789012", "password1234", "qwertyuiop12", "abcabcabcabc", "p@ssw0rd1234",
    "matkhau123456", "lan.tran2024", "nét nét nét nét", "mật khẩu 123456",
    "giáo viên 2026", "hocsinh12345", "Đ" * 12, "Anh yêu em 123", "............",
    "1q2w3e4r5t6y", "iloveyou2024", "a" * 1024,
]  # fmt: skip


@pytest.mark.parametrize("password", GUESSED)
def test_what_is_guessed_first_is_refused(password: str) -> None:
    with pytest.raises(AccountError, match="guess"):
        hash_password(password, "lan.tran2024"[:8])


@pytest.mark.parametrize(
    "password",
    [PASSWORD, "another long one", "an operator's pen", "tiếng Việt là hay", "kx7#mQ2vTz9!"],
)
def test_what_is_hard_to_guess_is_taken(password: str) -> None:
    assert hash_password(password, "lan").startswith("$argon2id$")


def test_the_form_names_the_trouble_and_keeps_the_old_password(
    app: APIFlask, anonymous_client: FlaskClient
) -> None:
    add_person(app)
    sign_in(anonymous_client)
    fields = {"present": PASSWORD, "password": GUESSED[0], "repeat": GUESSED[0]}

    answer = send_form(anonymous_client, "/admin/account/password", "/admin/account", **fields)

    assert answer.status_code == 422
    assert "guess this password" in answer.text
    assert sign_in(FlaskClient(app)).status_code == 303


def test_an_operator_cannot_give_one_either(operator_client: SignedInClient) -> None:
    fields = {"name": "lan", "role": "viewer", "way": "password", "password": GUESSED[1]}

    answer = operator_client.post("/admin/people/add", data=fields)

    assert answer.status_code == 422
    assert "guess this password" in answer.text
