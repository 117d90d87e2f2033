"""The sentences that JavaScript writes, translated here and handed to it as JSON.

A page puts them in a data block that no browser executes; `static/js/messages.js` reads them and
fills the `%(name)s` placeholders.
"""

from __future__ import annotations

from flask_babel import gettext as _

from recognizer.limits import MAX_PICTURE_BYTES, MAX_PICTURE_MEGAPIXELS, in_mebibytes

Messages = dict[str, str]


def drawing_messages() -> Messages:
    """Return what the drawing page's JavaScript says, by key."""
    return {
        **_answer_messages(),
        **confidence_messages(),
        **network_messages(),
        **_picture_messages(),
        **pad_messages(),
        **_drawing_messages(),
        **cell_messages(),
        **_correction_messages(),
    }


def about_messages() -> Messages:
    """Return what the About page's JavaScript says, by key."""
    return {
        "model.absent": _("No model is being served at the moment."),
        "model.unreachable": _("The figures cannot be shown: the server does not answer."),
        "model.name": _("Model"),
        "model.mnist_test": _("MNIST test images read right"),
        "model.held_out_writers": _("Drawings by writers it had not seen, read right"),
        "model.held_out_sites": _("Drawings from places it had not seen, read right"),
        "model.interval": _(
            "%(accuracy)s (%(low)s to %(high)s with %(level)s certainty; %(total)s samples)"
        ),
        "model.parameters": _("Numbers the network learnt"),
    }


def _answer_messages() -> Messages:
    return {
        "answer.blank": _("Nothing is drawn yet."),
        "answer.press_predict": _("Press Predict when the drawing is ready."),
        "answer.too_much": _(
            "This is more than can be read: at most %(strokes)s strokes and %(points)s points. "
            "Undo some, erase some, or clear the sheet."
        ),
        "answer.not_a_digit": _("That does not look like a digit."),
        "answer.blank_picture": _("No digits were found in this picture."),
        "answer.guess": _("If it is one, perhaps %(guess)s."),
        "answer.unsure": _("Perhaps %(text)s, perhaps %(other)s."),
        "answer.unsure_number": _("Perhaps %(text)s. Digit %(position)s may also be %(other)s."),
        "answer.unsure_kind": _("Perhaps %(text)s; not all of this looks like a digit."),
        "answer.left_out": _("%(text)s, without a sign that is not read."),
        "answer.left_out_several": _("%(text)s, without %(count)s signs that are not read."),
        "answer.spoken": _("%(text)s. %(words)s, %(confidence)s."),
        "answer.picture": _("What the network saw: digit %(digit)s, 28 by 28 pixels"),
        "answer.bar": _("Digit %(digit)s: %(probability)s"),
        "answer.box": _("%(digit)s, digit %(position)s of %(count)s"),
        "answer.choose": _("Show digit %(position)s of %(count)s: %(digit)s"),
        "answer.model": _("Answered by %(run)s"),
    }


def confidence_messages() -> Messages:
    """Return how sure an answer is, in words."""
    return {
        "words.certain": _("Almost certain"),
        "words.sure": _("Quite sure"),
        "words.fairly_sure": _("Fairly sure"),
        "words.unsure": _("Not sure"),
        "words.guess": _("Only a guess"),
    }


def network_messages() -> Messages:
    """Return what is said of a network in trouble."""
    return {
        "network.slow": _("The network is slow. Still waiting for the answer."),
        "network.lost": _(
            "No connection. Your drawing is kept and answered when there is one; you can draw on."
        ),
        "network.retry": _("Trying again in %(seconds)s s."),
        "network.retrying": _("Trying again…"),
        "network.back": _("Connected again."),
        "network.refused": _("The server answered with an error (%(status)s)."),
        "network.unreadable": _("The server's answer could not be read."),
    }


def _picture_messages() -> Messages:
    return {
        "picture.sending": _("Sending the picture…"),
        "picture.reading": _("Reading the picture…"),
        "picture.lost": _("No connection: the picture was not sent."),
        "picture.too_large": _(
            "This picture is too large: "
            "at most %(size)s and %(megapixels)s megapixels can be read, "
            "and about half as many pixels of a progressive JPEG. Save it smaller.",
            size=in_mebibytes(MAX_PICTURE_BYTES),
            megapixels=MAX_PICTURE_MEGAPIXELS,
        ),
        "picture.unknown_type": _(
            "This is not a picture that can be read here: PNG, JPEG, WebP, BMP and GIF can."
        ),
        "picture.unreadable": _(
            "This file could not be opened. It may have been moved or changed; choose it again."
        ),
        "picture.folder": _("This is a folder. Open it and choose one picture."),
        "picture.first_of_several": _("Of %(count)s files only the first was read."),
        "picture.damaged": _(
            "This file cannot be read: it is damaged, incomplete, empty or animated."
        ),
    }


def pad_messages() -> Messages:
    """Return what the pad is called."""
    return {
        "pad.empty": _("Drawing area, empty"),
        "pad.drawn": _("Drawing area, strokes drawn: %(count)s"),
    }


def _drawing_messages() -> Messages:
    return {
        "pad.undone": _("Undone."),
        "pad.redone": _("Redone."),
        "pad.cleared": _("Cleared. Undo brings the drawing back."),
        "pad.pen_is_near": _("A pen is near, so fingers rest. Lift the pen away to draw with one."),
        "pad.erasing": _("The eraser takes ink away. Press it again to draw."),
        "pad.drawing": _("The pen draws again."),
        "pad.width": _("Pen width: %(width)s"),
        "pad.live": _("Answers come while you draw."),
        "pad.not_live": _("Answers come when you press Predict."),
        "share.copied": _("Copied as JSON."),
        "share.copied_with_answer": _("Copied as JSON, with the answer."),
        "share.no_answer": _("There is no answer to copy yet."),
        "share.not_copied": _("The browser does not allow copying here."),
        "share.saved": _("Saved as a picture."),
        "share.not_saved": _("The browser could not make the picture."),
    }


def _correction_messages() -> Messages:
    return {
        "correction.sending": _("Sending the correction…"),
        "correction.kept": _("Thank you. The drawing is kept as %(label)s."),
        "correction.kept_as_none": _("Thank you. The drawing is kept as no digit."),
        "correction.taking_back": _("Taking it back…"),
        "correction.taken_back": _("Taken back. Nothing of it is kept."),
        "correction.not_sent": _("The correction was not sent. %(reason)s"),
        "correction.not_taken_back": _("It was not taken back. %(reason)s"),
        "correction.lost": _("There is no connection."),
        "correction.no_number": _("A number is 1 to 32 digits."),
    }


def cell_messages() -> Messages:
    """Return what the keyboard's cells are called."""
    return {
        "cells.name": _("Row %(row)s, column %(column)s"),
        "cells.inked": _("Row %(row)s, column %(column)s, ink"),
    }
