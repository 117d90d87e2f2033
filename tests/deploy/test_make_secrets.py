from __future__ import annotations

from pathlib import Path

import pytest

from deploy.make_secrets import make_secrets


def test_a_password_of_ones_own_stands_in_the_addresses_as_an_address_needs_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "database-password").write_text("own/p@ss:\n")

    made = make_secrets(tmp_path)

    assert "database-password" not in made
    address = (tmp_path / "database-url").read_text()
    assert address == "postgresql://net:own%2Fp%40ss%3A@postgres/net"


def test_a_disk_that_becomes_full_leaves_no_empty_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_text(path: Path, *content: str) -> int:
        path.touch()
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(Path, "write_text", write_text)
        with pytest.raises(OSError, match="No space"):
            make_secrets(tmp_path)

    assert "secret-key" in make_secrets(tmp_path)
    assert len((tmp_path / "database-password").read_text()) > 40
