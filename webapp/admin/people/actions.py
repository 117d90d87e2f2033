"""What the actions in the log are called by people; the code itself where nobody has named it."""

from __future__ import annotations

from flask_babel import LazyString, lazy_gettext

ACTIONS: dict[str, LazyString] = {
    "sign_in": lazy_gettext("signed in"),
    "sign_in.failed": lazy_gettext("failed to sign in"),
    "sign_out": lazy_gettext("signed out"),
    "session.end": lazy_gettext("ended a session"),
    "password.change": lazy_gettext("changed the password"),
    "password.choose": lazy_gettext("chose a password"),
    "user.add": lazy_gettext("added a user"),
    "user.remove": lazy_gettext("removed a user"),
    "user.role": lazy_gettext("changed a role"),
    "user.link": lazy_gettext("made a link for a new password"),
    "user.password": lazy_gettext("set a password"),
    "user.sign_out": lazy_gettext("signed a user out everywhere"),
    "job.submit": lazy_gettext("queued a job"),
    "job.stop": lazy_gettext("stopped a job"),
    "run.activation_asked": lazy_gettext("asked to put a run into service"),
    "run.activate": lazy_gettext("put a run into service"),
    "run.force": lazy_gettext("put a run into service against its checks"),
    "run.activation_refused": lazy_gettext("was refused by a run's checks"),
    "run.activation_failed": lazy_gettext("could not put a run into service"),
    "run.gates": lazy_gettext("had a run checked for release"),
    "run.describe": lazy_gettext("named a run"),
    "run.remove": lazy_gettext("removed a run"),
    "run.report": lazy_gettext("asked for a report"),
    "run.export": lazy_gettext("asked for an export"),
    "run.resume": lazy_gettext("continued a training"),
    "correction.accept": lazy_gettext("accepted corrections"),
    "correction.reject": lazy_gettext("rejected corrections"),
    "correction.reopen": lazy_gettext("put corrections back to waiting"),
    "correction.relabel": lazy_gettext("relabelled a correction"),
    "correction.remove": lazy_gettext("removed corrections"),
    "correction.ask": lazy_gettext("asked the current run about corrections"),
    "correction.export": lazy_gettext("exported corrections"),
    "run.roll_back": lazy_gettext("rolled back"),
    "run.stop": lazy_gettext("stopped a run"),
    "runs.compare": lazy_gettext("compared runs"),
    "data.fetch": lazy_gettext("fetched data sets"),
    "data.survey": lazy_gettext("had the data checked"),
    "study.search": lazy_gettext("started a search"),
    "study.stop": lazy_gettext("stopped a search"),
    "study.train": lazy_gettext("trained the best trial"),
}


def name_of(action: str) -> str:
    """Say what an action in the log is called."""
    return str(ACTIONS.get(action, action))
