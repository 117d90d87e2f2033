"""Jobs in words: what they are for, how they stand, why they ended."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString, gettext, lazy_gettext

from webapp.admin.run_names import named_text
from webapp.jobs.tables import Job

_TITLES: Mapping[str, LazyString] = {
    "train": lazy_gettext("Train %(recipe)s"),
    "resume": lazy_gettext("Continue %(run)s"),
    "gates": lazy_gettext("Run the release checks of %(run)s"),
    "activate": lazy_gettext("Put %(run)s into service"),
    "readings": lazy_gettext("Ask %(run)s about the corrections"),
    "report": lazy_gettext("Report on %(run)s"),
    "export": lazy_gettext("Export %(run)s as %(format)s"),
    "compare": lazy_gettext("Compare %(runs)s"),
    "fetch": lazy_gettext("Fetch the data sets"),
    "tune": lazy_gettext("Search settings of %(recipe)s"),
}
_STATES: Mapping[str, LazyString] = {
    "queued": lazy_gettext("waiting"),
    "running": lazy_gettext("running"),
    "finished": lazy_gettext("finished"),
    "stopped": lazy_gettext("stopped"),
    "failed": lazy_gettext("failed"),
}
REASONS: Mapping[str, LazyString] = {
    "asked": lazy_gettext("It was stopped from a page."),
    "at_once": lazy_gettext("It was ended at once, from a page."),
    "withdrawn": lazy_gettext("It was cancelled before it began."),
    "worker_ended": lazy_gettext("The worker was stopped, and stopped it first."),
    "elsewhere": lazy_gettext("It was stopped from elsewhere."),
    "refused": lazy_gettext("It could not be done. The trainer says why:"),
    "killed": lazy_gettext(
        "Its process was killed by the system, often because there was no memory left. Signal:"
    ),
    "crashed": lazy_gettext("It ended with an error that was not expected:"),
    "lost": lazy_gettext(
        "The worker that ran it is gone: killed, or cut off from the database. What its log says "
        "below is how far it got."
    ),
}
REFUSALS: Mapping[str, LazyString] = {
    "no_run": lazy_gettext("There is no run %(run)s."),
    "already": lazy_gettext("%(run)s is being trained already, or waits for it."),
    "not_resumable": lazy_gettext(
        "%(run)s cannot be gone on with: it has come to its end, or its files are damaged."
    ),
}


_WITHOUT = "without-"


def job_title(job: Job) -> str:
    """What a job is for, as "Train ink"."""
    if job.kind not in _TITLES:
        return job.kind
    facts = {**job.arguments, "run": named_text(job.run or str(job.arguments.get("run", "")))}
    facts["runs"] = ", ".join(map(named_text, job.arguments.get("runs", [])))
    return str(_TITLES[job.kind]) % facts


def state_name(state: str) -> str:
    """A job's state in words."""
    return str(_STATES[state])


def network_name(name: str) -> str:
    """A network of a run in words: the main one, or one that never saw a site."""
    if name.startswith(_WITHOUT):
        return str(gettext("Network that never sees %(site)s", site=name.removeprefix(_WITHOUT)))
    return str(gettext("Main network"))


def reason_sentence(job: Job) -> str:
    """Why a job ended otherwise than finished; empty where it did not."""
    return str(REASONS.get(job.reason, job.reason)) if job.reason else ""


def refusal_sentence(reason: str, parameters: Mapping[str, object]) -> str:
    """Why a job was not taken on."""
    if reason not in REFUSALS:
        return str(gettext("This cannot be done."))
    run = named_text(str(parameters.get("run", "")))
    return str(REFUSALS[reason]) % {**parameters, "run": run}
