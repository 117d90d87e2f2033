"""What can be wrong with what a person wants to do to an account, in words for that person."""

from __future__ import annotations

from flask_babel import LazyString, lazy_gettext

REASONS: dict[str, LazyString] = {
    "name_length": lazy_gettext("A name has 1 to %(longest)s characters."),
    "name_characters": lazy_gettext(
        "A name has letters, digits and . - _ @, no spaces, and begins and ends with a letter "
        "or digit: lan.tran"
    ),
    "name_scripts": lazy_gettext(
        "A name has the letters of one alphabet: those of two look alike and are different."
    ),
    "name_alike": lazy_gettext("%(name)s looks like %(other)s, who is here already."),
    "name_taken": lazy_gettext("There is already somebody called %(name)s."),
    "name_unknown": lazy_gettext("There is nobody called %(name)s."),
    "role_unknown": lazy_gettext("A role is viewer or operator."),
    "password_short": lazy_gettext(
        "A password needs at least %(shortest)s characters. Several words are easy to remember."
    ),
    "password_long": lazy_gettext("A password has at most %(longest)s characters."),
    "password_guessed": lazy_gettext(
        "Others would guess this password soon: it is common or follows a pattern. "
        "Several words that do not belong together are hard to guess."
    ),
    "password_is_name": lazy_gettext("A password must not be the name."),
    "password_repeat": lazy_gettext("The two passwords are not the same."),
    "password_wrong": lazy_gettext("The present password is not right."),
    "sign_in": lazy_gettext("The name or the password is not right."),
    "last_operator": lazy_gettext(
        "%(name)s is the last operator with a password. Make somebody else an operator first."
    ),
}

_FIELDS = {"password_repeat": "repeat", "password_wrong": "present", "sign_in": "password"}


class AccountError(Exception):
    """Something about an account cannot be done."""

    def __init__(self, reason: str, **parameters: object) -> None:
        """Say why: ``reason`` is a key of :data:`REASONS`, ``parameters`` fill its sentence."""
        super().__init__(reason)
        self.reason = reason
        self.parameters = parameters

    @property
    def sentence(self) -> str:
        """The reason in the language of whoever asks."""
        return str(REASONS[self.reason]) % self.parameters

    @property
    def field(self) -> str:
        """The form's field that it is about."""
        return _FIELDS.get(self.reason, self.reason.partition("_")[0])

    def __str__(self) -> str:
        return self.sentence
