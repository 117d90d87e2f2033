"""What the trainer, the recogniser and the checks of health say, in the language of the page.

They are English, so that logs and command lines need no translation; a page finds the sentence
that was said by its form, and leaves one that has no translation as it is, marked as English.
"""

from __future__ import annotations

import re

from flask import Flask, flash
from flask_babel import gettext
from markupsafe import Markup, escape

from trainer.errors import TrainerError
from trainer.runs.sentence_forms import CHANGES, translate
from trainer.settings.definition import N_

SENTENCES = (
    # A machine that lacks something: recognizer/command_line/machine_errors.py
    N_("%(place)s: the disk is full; make room and try again"),
    N_("the disk is full; make room and try again"),
    N_("%(place)s: the disk is read-only; name a place that can be written to"),
    N_("%(place)s: you have no permission; name another place, or ask who owns it"),
    N_("there is not enough memory; end other programs, or ask for less at a time"),
    N_(
        "the package %(package)s is not installed; this installs what is needed: pip install -r "
        "%(file)s"
    ),
    # Data
    N_("the data folder %(folder)s does not exist"),
    N_(
        "there is no %(path)s; python -m trainer data fetch brings it (Keras, which could fetch it "
        "too, is not installed: pip install -r requirements.txt)"
    ),
    N_(
        "there is no %(path)s, no idx files beside it, and Keras cannot fetch MNIST: %(reason)s; "
        "python -m trainer data fetch brings it"
    ),
    N_("there is no %(path)s; --data-dir or NET_DATA_DIR says where data lies"),
    N_(
        "%(path)s holds no data set: no %(file)s or idx files, no drawings (.jsonl, .jsonl.gz), no "
        "folders 0 to 9 of pictures; python -m trainer data fetch brings the public ones"
    ),
    N_("%(path)s is cut off or damaged: %(reason)s"),
    N_("%(path)s cannot be read as MNIST: %(reason)s"),
    N_("%(url)s cannot be fetched: the server answers %(status)s"),
    N_(
        "%(url)s cannot be fetched: %(reason)s; %(bytes)s bytes are kept in %(path)s, and the same "
        "command goes on from there"
    ),
    N_("%(place)s cannot be written to: %(reason)s"),
    N_("%(place)s cannot be written: %(reason)s"),
    # Trainings and searches
    N_(
        "%(what)s in epoch %(epoch)s: begin again with a smaller learning_rate, or with "
        "precision=float32"
    ),
    N_(
        "%(what)s in epoch %(epoch)s; the epochs before are kept: begin again with a smaller "
        "learning_rate, or with precision=float32"
    ),
    N_(
        "%(path)s is empty, cut off or no checkpoint: remove it, and --resume begins with the "
        "first epoch again"
    ),
    N_(
        "%(path)s holds weights that are no numbers: remove it, and --resume begins with the first "
        "epoch again"
    ),
    N_("another process is training %(run)s"),
    N_("%(run)s is finished; there is nothing to resume"),
    N_("interrupted at once; --resume goes on with it"),
    N_("%(setting)s leaves none of the %(number)s images to train on"),
    N_("the first %(number)s trials failed, the last: %(reason)s"),
    N_("its accuracy is not a number"),
    # Runs that cannot be removed, served or used
    N_("%(run)s is the run that is served; activate another first"),
    N_("%(run)s is %(status)s; stop it first"),
    N_(
        "%(run)s is not activated: %(other)s was put into service while it was checked; run the "
        "checks again"
    ),
    N_("there is no run %(run)s in %(folder)s"),
    N_("%(path)s does not exist: no run is served"),
    N_("%(run)s: run.json is not the file that %(checksum)s is of"),
    N_("%(run)s: %(file)s is not the file that run.json has the checksum of"),
    N_(
        "%(run)s: there is no %(checksum)s; make a new run of the same networks that has one: "
        "%(command)s"
    ),
    N_("%(run)s: %(file)s cannot be read: %(reason)s"),
    N_("%(run)s: run.json is not JSON: %(reason)s"),
    N_("%(run)s: run.json has status %(found)s, not %(wanted)s"),
    N_("%(run)s: run.json has %(key)s %(found)s, not %(wanted)s"),
    N_("%(run)s: a known %(kind)s was answered with %(answer)s, not with %(known)s"),
    N_("%(run)s: known %(kind)s of the digits 0 to 9 are read as %(read)s"),
    N_(
        "the %(format)s export differs from the original by %(difference)s, over %(limit)s; "
        "nothing was exported"
    ),
    # Checks of health: webapp/health/
    N_("The counters of limits do not answer: each worker counts for itself."),
    N_("The disk of the %(name)s folder does not answer."),
    N_("The disk of the %(name)s folder is read-only."),
    N_("The disk of the %(name)s folder is nearly full: %(megabytes)s MB are left."),
    N_(
        "The store of runs is not followed: what is served goes on, and nothing new comes."
    ),
    N_("start it, and see NET_LIMITS_URL"),
    N_("see its file system"),
    N_("mount it writable, or free file numbers"),
    N_("remove old runs or reports, or move it to a larger disk"),
    N_("see NET_MODELS_STORE"),
)  # fmt: skip

_KIND_OF_ERROR = re.compile(r"\w+Error: ")  # before the reason why a run failed
_WORD = re.compile(r"[a-z]{3}")  # "45°" and "1 px" are in every language


def init_app(app: Flask) -> None:
    """Let templates write ``{{ job.detail | trainer_says }}``."""
    app.jinja_env.filters["trainer_says"] = trainer_says
    app.jinja_env.filters["change_name"] = change_name


def trainer_says(sentence: str, longest: int = 0) -> Markup:
    """Say a sentence in the language of the page, or as it is and marked as English.

    Args:
        sentence: as it was said.
        longest: characters to show at most; 0 for all.
    """
    said = translated(sentence)
    text = sentence if said is None else said
    if longest and len(text) > longest:
        text = text[: longest - 1] + "…"
    is_english = said is None and _WORD.search(text)
    return Markup('<span lang="en">{}</span>').format(text) if is_english else escape(text)


def say_refusal(error: TrainerError) -> None:
    """Have the next page say, in its language, why the trainer did not do what was asked for."""
    reason = str(error)
    flash(gettext("This cannot be done: %(reason)s", reason=translated(reason) or reason))


def change_name(words: str) -> str:
    """Say in the language of the page how samples were changed, or how strongly."""
    return translate(words, CHANGES, gettext) or words


def translated(sentence: str) -> str | None:
    """Translate a sentence for the page; None where it is none of :data:`SENTENCES`."""
    bare = _KIND_OF_ERROR.sub("", sentence, count=1) if _KIND_OF_ERROR.match(sentence) else sentence
    said = translate(bare, SENTENCES, gettext)
    return None if said is None else str(said)
