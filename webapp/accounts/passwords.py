"""Passwords: what they have to be, and argon2 hashes of them.

A hash takes 64 MiB of memory on purpose, so few are computed at a time.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from webapp.accounts.errors import AccountError
from webapp.limiting.concurrency import ConcurrencyLimit

SHORTEST = 12  # characters; NIST SP 800-63B asks for length and against rules of composition
LONGEST = 1024
_LOOKED_AT = 72  # characters
_LEAST_SCORE = 3  # of zxcvbn's 0 to 4: more than 10^8 guesses
# Words of this place and of Vietnamese, which zxcvbn does not know; without accents and spaces.
_COMMON_HERE = (
    "net", "digit", "recognizer", "operator", "viewer", "teacher", "school", "matkhau", "giaovien",
    "hocsinh", "truonghoc", "lophoc", "chuso", "nguyen", "tran", "vietnam", "hanoi", "saigon",
    "anhyeuem", "emyeuanh", "xinchao",
)  # fmt: skip
AT_ONCE = 2  # hashes that a process computes at the same time
WAIT_SECONDS = 10.0

hasher = PasswordHasher()  # argon2id, with RFC 9106's second recommended choice of parameters
_hashing = ConcurrencyLimit(AT_ONCE, WAIT_SECONDS)


def hash_password(password: str, name: str) -> str:
    """Return the hash to store of a new password for a user.

    Raises:
        AccountError: it is too short or too long, the name itself, or guessed soon.
        ConcurrencyLimitError: too many passwords are being hashed.
    """
    password = _normalised(password)
    if len(password) < SHORTEST:
        raise AccountError("password_short", shortest=SHORTEST)
    if len(password) > LONGEST:
        raise AccountError("password_long", longest=LONGEST)
    if password.casefold() == name:
        raise AccountError("password_is_name")
    if _is_guessed_soon(password, name):
        raise AccountError("password_guessed")
    return hash_known_password(password)


def _is_guessed_soon(password: str, name: str) -> bool:
    # Its lists of words take 0.1 s to load, and only who chooses a password needs them.
    from zxcvbn import zxcvbn  # type: ignore[import-untyped]

    # The time it takes grows with the square of the length; no good end mends a bad beginning.
    looked_at = password[:_LOOKED_AT]
    letters = unicodedata.normalize("NFD", looked_at.casefold().replace("đ", "d"))
    plain = "".join(filter(str.isalnum, letters))
    forms = {looked_at, plain} if any(word in plain for word in _COMMON_HERE) else {looked_at}
    scores = [zxcvbn(one, user_inputs=[name, *_COMMON_HERE])["score"] for one in forms]
    return bool(min(scores) < _LEAST_SCORE)


def hash_known_password(password: str) -> str:
    """Return the hash of a password that was taken before, under whatever rules held then."""
    with _hashing.acquire():
        return hasher.hash(_normalised(password))


def is_right(password: str, password_hash: str | None) -> bool:
    """Say whether a password is that of a hash; takes as long where there is none.

    Raises:
        ConcurrencyLimitError: too many passwords are being hashed.
    """
    password = _normalised(password)[: LONGEST + 1]
    with _hashing.acquire():
        nobodys = _nobodys_hash()  # whoever is asked for: the first time takes longer
        try:
            hasher.verify(password_hash or nobodys, password)
        except (VerificationError, InvalidHashError):
            return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Say whether a hash was made with other parameters than those in use today."""
    return hasher.check_needs_rehash(password_hash)


def _normalised(password: str) -> str:
    # The same letters typed on another keyboard are the same password; ế has three spellings.
    return unicodedata.normalize("NFKC", password)


@cache
def _nobodys_hash() -> str:
    return hasher.hash("nobody has this password")
