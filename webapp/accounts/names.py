"""What a user may be called, and when two names are the same."""

from __future__ import annotations

import re
import unicodedata

from webapp.accounts.errors import AccountError
from webapp.accounts.look_alikes import is_of_one_script
from webapp.audit.tables import NAME_LENGTH

_ALLOWED = re.compile(r"\w(?:[\w.@+-]*\w)?")


def normalise_name(given: str) -> str:
    """Bring a name into the one form in which it is stored and looked up.

    Capitals do not count, nor the several ways to write one letter (Đ, ế) in Unicode.

    Raises:
        AccountError: nobody may be called that.
    """
    name = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", given).casefold()).strip()
    if not 1 <= len(name) <= NAME_LENGTH:
        raise AccountError("name_length", longest=NAME_LENGTH)
    if not _ALLOWED.fullmatch(name):
        raise AccountError("name_characters")
    if not is_of_one_script(name):
        raise AccountError("name_scripts")
    return name
