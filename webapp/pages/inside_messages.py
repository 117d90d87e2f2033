"""The sentences that JavaScript writes in the panel that shows how an answer came about."""

from __future__ import annotations

from flask_babel import gettext as _

from webapp.pages.messages import Messages


def inside_messages() -> Messages:
    """Return what `static/js/inside.js` and its parts say, by key."""
    return {
        "inside.waiting": _("Looking inside…"),
        "inside.nothing": _("Draw something, and see here what the network makes of it."),
        "inside.which": _(
            "This is about digit %(position)s of %(count)s. Choose another one on the sheet or "
            "under the answer."
        ),
        **place_messages(),
        **_sight(),
        **_layers(),
        **_evidence(),
        **_sums(),
        **_reasons(),
    }


def place_messages() -> Messages:
    """Return where in a square something lies."""
    return {
        "place.upper_left": _("at the upper left"),
        "place.upper_centre": _("at the top"),
        "place.upper_right": _("at the upper right"),
        "place.middle_left": _("on the left"),
        "place.middle_centre": _("in the middle"),
        "place.middle_right": _("on the right"),
        "place.lower_left": _("at the lower left"),
        "place.lower_centre": _("at the bottom"),
        "place.lower_right": _("at the lower right"),
    }


def _sight() -> Messages:
    return {
        "strokes.all": _("Your drawing; strokes: %(count)s. %(strokes)s"),
        "strokes.one": _("Stroke %(number)s begins %(from)s and ends %(to)s."),
        "sight.picture": _("The digit as the network sees it, 28 by 28 pixels"),
        "sight.direction": _("Where the pen moved %(direction)s: most %(place)s"),
        "sight.no_direction": _("Where the pen moved %(direction)s: nowhere"),
        "direction.0": _("to the right"),
        "direction.1": _("down to the right"),
        "direction.2": _("down"),
        "direction.3": _("down to the left"),
        "direction.4": _("to the left"),
        "direction.5": _("up to the left"),
        "direction.6": _("up"),
        "direction.7": _("up to the right"),
    }


def _layers() -> Messages:
    return {
        "layer.heading": _("Layer %(number)s: %(count)s maps of %(width)s by %(height)s"),
        "layer.first": _(
            "The first layer sees a few pixels at a time. It finds the simplest things: edges, "
            "pieces of line in one direction, empty paper."
        ),
        "layer.middle": _(
            "A layer in between puts together what the one before has found: corners, bends, ends "
            "and crossings."
        ),
        "layer.last": _(
            "The last layer sees most of the digit from every place. It finds whole parts of "
            "digits: a loop, a hook, a long bar. From these maps the answer is made."
        ),
        "layer.map": _("Map %(number)s, strongest %(place)s"),
        "layer.silent": _("Map %(number)s finds nothing"),
        "layer.large": _("Map %(number)s over the digit, strongest %(place)s"),
        "layer.all": _("Show all %(count)s maps"),
        "layer.fewer": _("Show the most active maps only"),
    }


def _evidence() -> Messages:
    return {
        "evidence.why": _("Why %(digit)s and not %(other)s?"),
        "evidence.sum": _(
            "What speaks for %(digit)s: %(plus)s. What speaks against it: %(minus)s. What it "
            "begins with, whatever is drawn (its bias): %(bias)s. Together: %(sum)s."
        ),
        "evidence.difference": _(
            "%(digit)s comes to %(sum)s and %(other)s to %(other_sum)s. The difference: "
            "%(difference)s."
        ),
        "evidence.for": _("speaks for %(digit)s"),
        "evidence.against": _("speaks against %(digit)s"),
        "evidence.most_for": _("Most speaks for %(digit)s %(place)s."),
        "evidence.most_against": _("Most speaks against %(digit)s %(place)s."),
        "evidence.none_for": _("Nothing speaks for %(digit)s."),
        "evidence.none_against": _("Nothing speaks against %(digit)s."),
    }


def _sums() -> Messages:
    return {
        "sums.softmax": _(
            "Each sum is divided by %(temperature)s, the temperature, and becomes a power of "
            "e = 2.718…: so nothing is below 0, and a little more sum gives much more power. All "
            "ten powers together are %(total)s, and each digit gets its share of them. This is "
            "called softmax. The temperature was chosen so that shares can be trusted: of answers "
            "with a share of nine tenths, nine in ten are right."
        ),
        "sums.score": _(
            "Another part of the network says how much this looks like one whole digit: "
            "%(score)s. Below %(refused)s it is no digit, below %(needed)s the answer is only a "
            "“perhaps”."
        ),
    }


def _reasons() -> Messages:
    return {
        "why.plain": _(
            "Here the score is high enough, and one digit has a share of at least %(confidence)s: "
            "so the answer is given plainly."
        ),
        "why.refused": _(
            "Here the score is below %(refused)s, so this was refused. The network has also "
            "learnt from letters, symbols and scribbles. The shares only say which digit it "
            "would be if it were one."
        ),
        "why.asked": _(
            "Here the score is below %(refused)s, which is usually refused. But the question was "
            "which one digit this is: so the answer is a “perhaps”."
        ),
        "why.score": _(
            "Here the score is below %(needed)s, so the answer is only a “perhaps”. Of a hundred "
            "real digits about one gets so low a score."
        ),
        "why.close": _(
            "It looks like a digit, but even the best one has a share of %(share)s only, and "
            "%(confidence)s is needed: so the answer is only a “perhaps”."
        ),
        "why.both": _(
            "Here the score is below %(needed)s, and even the best digit has a share of less than "
            "%(confidence)s: so the answer is only a “perhaps”."
        ),
        "why.another": _(
            "This digit is plain, but another one beside it is in doubt. A number is only as "
            "good as its worst digit."
        ),
        "why.left_out": _(
            "This digit is plain, but beside it is something that is not read as a digit, such as "
            "a minus or a comma: so the answer is only a “perhaps”."
        ),
        "why.sign": _(
            "The score and the share are high enough, but by its place and form this may also be "
            "no digit: a slash, a bracket, or a part of something else. So the answer is only a "
            "“perhaps”."
        ),
    }
