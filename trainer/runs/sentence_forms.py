"""Find which marked sentence was said by its form, and say it in another language.

What was measured and why something failed is kept in English, in run.json and in logs.  Whoever
shows it finds the sentence that it was made of, and passes on gettext of the reader's language.
"""

from __future__ import annotations

import re
from functools import cache

from trainer.runs.wording import Say
from trainer.settings.definition import N_

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")

CHANGES = (  # of samples: trainer/evaluation/
    N_("shifted"), N_("turned"), N_("scaled"), N_("sheared"), N_("thinned"), N_("thickened"),
    N_("noisy"), N_("blurred"), N_("faded"), N_("moved"), N_("resized"), N_("more points"),
    N_("fewer points"), N_("whole numbers"), N_("shaken"), N_("in another order"),
    N_("drawn as a picture"), N_("%(pixels)s wide"), N_("%(pixels)s a side"),
    N_("to %(share)s"), N_("%(factor)s times"),
    N_("five for one, as at 500 a second"), N_("every %(step)snd"), N_("every %(step)sth"),
    N_("%(units)s units long"), N_("%(share)s of the size"), N_("strokes backwards"),
    N_("last stroke first"), N_("all backwards"), N_("shuffled, half backwards"),
    N_("far to the upper left"), N_("far to the upper right"), N_("far to the lower left"),
    N_("far to the lower right"),
)  # fmt: skip


def translate(sentence: str, sentences: tuple[str, ...], say: Say) -> str | None:
    """A sentence in another language; None where it is made of none of the known ones.

    Args:
        sentence: as it was said, in English.
        sentences: the known ones, with placeholders as ``%(run)s``.
        say: gettext of the other language.
    """
    for template, form in _forms(sentences).items():
        if found := form.fullmatch(sentence):
            return say(template, **found.groupdict())
    return None


@cache
def _forms(sentences: tuple[str, ...]) -> dict[str, re.Pattern[str]]:
    """What each sentence looks like; those that say the most come first, for others hold them."""
    said_most = sorted(sentences, key=lambda one: -len(_PLACEHOLDER.sub("", one)))
    return {template: re.compile(_pattern(template), re.DOTALL) for template in said_most}


def _pattern(template: str) -> str:
    parts = _PLACEHOLDER.split(template)
    return "".join(
        f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)
    )
