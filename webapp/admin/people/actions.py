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
    "job.stop": lazy_gettext("asked for the end of a job"),
    "run.activate": lazy_gettext("asked to activate a run"),
    "run.activated": lazy_gettext("activated a run"),
    "run.forced": lazy_gettext("activated a run by force"),
    "run.not_activated": lazy_gettext("did not get a run activated"),
    "run.gates": lazy_gettext("asked about the gates of a run"),
    "run.remove": lazy_gettext("removed a run"),
    "run.report": lazy_gettext("asked for a report of a run"),
    "run.export": lazy_gettext("asked for an export of a run"),
    "run.resume": lazy_gettext("queued a run to be resumed"),
    "correction.accept": lazy_gettext("accepted corrections"),
    "correction.reject": lazy_gettext("rejected corrections"),
    "correction.reopen": lazy_gettext("took back what was said of corrections"),
    "correction.relabel": lazy_gettext("relabelled a correction"),
    "correction.remove": lazy_gettext("removed corrections"),
    "correction.ask": lazy_gettext("asked the current run about corrections"),
    "correction.export": lazy_gettext("exported corrections"),
    "run.roll_back": lazy_gettext("rolled back"),
    "run.stop": lazy_gettext("asked a run to stop"),
    "runs.compare": lazy_gettext("asked for a comparison of runs"),
    "data.fetch": lazy_gettext("asked for the data sets"),
    "data.survey": lazy_gettext("asked for a survey of the data"),
    "study.search": lazy_gettext("queued a search"),
    "study.stop": lazy_gettext("asked a search to stop"),
    "study.train": lazy_gettext("queued a training of the best trial"),
}


def name_of(action: str) -> str:
    """The action in words."""
    return str(ACTIONS.get(action, action))
