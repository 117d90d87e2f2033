"""Whether a run is served, fits this code, and recognises a known digit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from recognizer import geometry
from recognizer.errors import NoModelError, RecognizerError, RunError
from recognizer.runs.folder import read_details, run_path
from recognizer.runs.loaded_run import load_run
from recognizer.runs.pointer import read_current
from recognizer.runs.self_test import self_test
from webapp.configuration import Configuration
from webapp.health.check import Check

_OTHER_RUN = "activate another one: python -m trainer list, python -m trainer activate RUN"


def examine_model(configuration: Configuration) -> Iterator[Check]:
    """Look at the run that ``current`` names, as a worker would load it."""
    folder = configuration.models_folder
    try:
        name = read_current(folder)
    except NoModelError as error:
        yield Check("model", "bad", str(error), f"{_OTHER_RUN}; or set NET_MODELS_DIR")
        return
    except RunError as error:
        yield Check("model", "bad", str(error), _OTHER_RUN)
        return
    yield _preprocessing(folder, name)
    yield _answer(folder, name)


def _preprocessing(folder: Path, name: str) -> Check:
    try:
        version = read_details(run_path(folder, name)).get("preprocessing_version")
    except RecognizerError as error:
        return Check("preprocessing", "bad", str(error), _OTHER_RUN)
    if version != geometry.VERSION:
        said = f"{name} was trained with version {version!r}; this code has {geometry.VERSION}"
        return Check("preprocessing", "bad", said, f"{_OTHER_RUN}; or train one with this code")
    return Check("preprocessing", "good", f"version {version}, as the run was trained with")


def _answer(folder: Path, name: str) -> Check:
    try:
        self_test(load_run(folder, name))
    except RecognizerError as error:
        return Check("model", "bad", f"{name} cannot be served: {error}", _OTHER_RUN)
    return Check("model", "good", f"{name} is served, and reads the known drawings")
