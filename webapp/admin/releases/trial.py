"""Two runs asked about one drawing: their answers, or why one of them cannot answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import structlog
from flask_babel import gettext as _

from recognizer.errors import RunError
from recognizer.recognizer import Recognizer
from recognizer.strokes import Drawing
from webapp.admin.releases.candidates import find_candidate
from webapp.admin.releases.loaded_runs import LoadedRuns

_log = structlog.get_logger()


def ask(runs: LoadedRuns, models: Path, name: str, drawing: Drawing) -> dict[str, Any]:
    """Ask one run about a drawing.

    Args:
        runs: loads the run, or has it loaded.
        models: the folder of the runs, which no sentence names.
        name: of the run, as somebody sent it.
        drawing: within the limits of the contract.

    Returns:
        ``run``, its name, and either ``answer``, as the API's, or ``problem``, a sentence.
    """
    candidate = find_candidate(models, name)
    if candidate is None:
        return {"run": name, "problem": _("There is no run of this name.")}
    if candidate.problem:
        return {"run": name, "problem": candidate.problem}
    try:
        run = runs.get(name)
    except RunError as error:
        _log.warning("a run cannot be tried", run=name, reason=str(error))
        reason = str(error).replace(str(models), "models").removeprefix(f"{name}: ")
        return {"run": name, "problem": _("It cannot be loaded: %(reason)s", reason=reason)}
    return {"run": name, "answer": Recognizer(run).recognize(drawing).to_json()}
