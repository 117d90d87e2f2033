"""The sentences that JavaScript writes on the practice page."""

from __future__ import annotations

from flask_babel import gettext as _

from webapp.pages.inside_messages import place_messages
from webapp.pages.messages import (
    Messages,
    cell_messages,
    confidence_messages,
    network_messages,
    pad_messages,
)


def practice_messages() -> Messages:
    """Return what `static/js/practice-main.js` and its parts say, by key."""
    return {
        **confidence_messages(),
        **network_messages(),
        **cell_messages(),
        **pad_messages(),
        **_task(),
        **_reading(),
        **_advice(),
        **place_messages(),
        **_result(),
        **_gift(),
    }


def _task() -> Messages:
    return {
        "practice.write_digit": _("Write a %(text)s"),
        "practice.write_eight": _("Write an %(text)s"),
        "practice.write_number": _("Write %(text)s"),
        "practice.place": _("%(number)s of %(count)s"),
        "practice.nothing": _("Write something first."),
        "practice.example": _("Example of %(text)s"),
        "practice.example_shown": _("This is how it may be written. You can write over it."),
    }


def _reading() -> Messages:
    return {
        "practice.right": _("Right!"),
        "practice.wrong": _("Not yet."),
        "practice.read": _("I read %(text)s."),
        "practice.read_perhaps": _("I read %(text)s, but I am not sure."),
        "practice.no_digit": _("That does not look like a digit to me. Perhaps %(text)s?"),
        "practice.sure": _("%(words)s: %(confidence)s"),
    }


def _advice() -> Messages:
    return {
        "practice.leave_out": _("Leave out %(part)s: without it I clearly read %(asked)s."),
        "practice.add": _(
            "Something is missing %(place)s: with the marked stroke I clearly read %(asked)s."
        ),
        "practice.change": _("It looks like %(read)s because of %(part)s. Write that another way."),
        "practice.also": _("It looks a little like %(read)s, too, because of %(part)s."),
        "practice.no_advice": _("Look at the example and write it once more."),
        "practice.fewer": _(
            "Of %(wanted)s digits I see only %(seen)s. Leave more room between them."
        ),
        "practice.left_out": _(
            "I do not read the marked part as a digit. Leave it out, or write it larger."
        ),
        "practice.more": _(
            "I see %(seen)s digits instead of %(wanted)s. Let the strokes of a digit touch."
        ),
        "practice.digit_of": _("Digit %(position)s: I read %(read)s instead of %(asked)s."),
        "practice.part": _("the marked part %(place)s"),
        "practice.first_stroke": _("your first stroke, %(place)s"),
        "practice.last_stroke": _("your last stroke, %(place)s"),
        "practice.other_stroke": _("your stroke number %(number)s, %(place)s"),
    }


def _result() -> Messages:
    return {
        "practice.result": _("%(right)s of %(count)s right"),
        "practice.mended": _("And at another try: %(count)s."),
        "practice.was_right": _("right"),
        "practice.was_mended": _("right at another try"),
        "practice.was_wrong": _("not yet right"),
        "practice.was_open": _("passed over"),
    }


def _gift() -> Messages:
    return {
        "gift.kept": _("Thank you. Drawings kept: %(count)s."),
        "gift.not_kept": _("The drawing was not kept. %(reason)s"),
        "gift.taken_back": _("All are taken back. Nothing of them is kept."),
        "gift.not_taken_back": _("They were not taken back. %(reason)s"),
        "correction.lost": _("There is no connection."),
    }
