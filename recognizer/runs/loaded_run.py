"""A run that is ready to answer: verified, its networks loaded and warmed up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from recognizer.calibration import calibrate
from recognizer.cascade import Cascade
from recognizer.directions import map_all_directions
from recognizer.engine import INPUT_SHAPE, Digitness, Engine, Probabilities
from recognizer.errors import RunError
from recognizer.explanations.explainer import Explainer
from recognizer.geometry import Ink, Points, draw_paths, place, to_model_input
from recognizer.numbers.weights import GroupingWeights
from recognizer.outputs import NetworkOutputs
from recognizer.runs.calibration import (
    Calibration,
    Refusal,
    Thresholds,
    check_directions,
    read_recipe,
)
from recognizer.runs.folder import MODEL_FILE, run_path, verify
from recognizer.runs.grouping import expect_grouping, read_grouping

DRAWING_FILE = "drawing.onnx"  # the network for strokes, where a run has one beside the main one
QUANTIZED_FILE = "drawing.int8.onnx"  # that network in 8-bit integers, where a run has it


def explanation_file(network: str) -> str:
    """The name of the outputs that explain a network, by its file: ``model.explanation.pb``."""
    return network.removesuffix(".onnx") + ".explanation.pb"


@dataclass(frozen=True)
class Files:
    """The names of a main network, of the network for strokes beside it, and of its quick form.

    Attributes:
        are_explained: whether what explains the two networks may be loaded, too.
    """

    main: str = MODEL_FILE
    drawing: str = DRAWING_FILE
    quantized: str | None = QUANTIZED_FILE
    are_explained: bool = True


@dataclass(frozen=True, eq=False)
class LoadedRun:
    """A run that answers.

    Attributes:
        folder: of the run.
        recipe: the name of the recipe it was trained by.
        details: what its run.json holds; not to be changed.
        engine: its main network, which reads pictures.
        drawing_engine: its network for strokes; the main one, where the run has only that.
        calibration: of both.
        refusal: of both.
        grouping: what decides which strokes make a digit; None reads all as one digit.
        explainer: of the main network; None where the run cannot explain its answers.
        drawing_explainer: of the network for strokes.
    """

    folder: Path
    recipe: str
    details: Mapping[str, Any]
    engine: Engine
    drawing_engine: Engine | Cascade
    calibration: Calibration
    refusal: Refusal
    grouping: GroupingWeights | None
    explainer: Explainer | None = None
    drawing_explainer: Explainer | None = None

    @property
    def exact(self) -> LoadedRun:
        """The same run without its quick network: what it says is what its float network says."""
        if not isinstance(self.drawing_engine, Cascade):
            return self
        return replace(self, drawing_engine=self.drawing_engine.exact)

    @property
    def name(self) -> str:
        """The name of the run, as in ``models/current``."""
        return self.folder.name

    @property
    def temperature(self) -> float:
        """The temperature of the main network."""
        return self.calibration.temperature

    @property
    def thresholds(self) -> Thresholds:
        """The thresholds for drawings."""
        return self.refusal.drawings

    @property
    def picture_thresholds(self) -> Thresholds:
        """The thresholds for pictures."""
        return self.refusal.pictures

    def ask_drawings(
        self, drawings: Sequence[Sequence[Points]]
    ) -> tuple[list[Ink], NetworkOutputs]:
        """Draw strokes, and ask the network for strokes about all of them at once.

        Args:
            drawings: of each its strokes, arrays (n, 2) as :func:`recognizer.geometry.draw` takes
                them; at least one point in each drawing.

        Returns:
            the ink of each, (28, 28) uint8, and the outputs for them.
        """
        if not drawings:
            return [], _NONE
        paths = [place(strokes) for strokes in drawings]
        inks = [draw_paths(drawing) for drawing in paths]
        maps = map_all_directions(paths) if self.drawing_engine.reads_directions else None
        answers = self.drawing_engine.ask(_as_model_inputs(inks), maps)
        return inks, _outputs(answers, self.calibration.drawing_temperature)

    def ask_pictures(self, inks: Sequence[Ink]) -> NetworkOutputs:
        """Ask the main network about pictures.

        Args:
            inks: (28, 28) uint8 in MNIST's form, 0 = paper and 255 = ink.
        """
        if not inks:
            return _NONE
        return _outputs(self.engine.ask(_as_model_inputs(inks)), self.calibration.temperature)

    def current(self) -> LoadedRun:
        """The run itself: a recognizer may be given one run instead of a registry."""
        return self


def load_run(models_folder: Path, run_name: str) -> LoadedRun:
    """Verify a run and load its networks.

    Raises:
        RunError: the run may not be served or a network cannot be loaded, and why.
    """
    path = run_path(models_folder, run_name)
    details = verify(path)
    expect_grouping(run_name, details)
    # Nothing that has no checksum is loaded, whatever lies in the folder.
    sealed = details["files"]
    drawing = DRAWING_FILE if DRAWING_FILE in sealed else MODEL_FILE
    quantized = QUANTIZED_FILE if QUANTIZED_FILE in sealed else None
    are_explained = {explanation_file(MODEL_FILE), explanation_file(drawing)} <= set(sealed)
    return open_run(path, details, Files(MODEL_FILE, drawing, quantized, are_explained))


def open_run(run: Path, details: Mapping[str, Any], files: Files = Files()) -> LoadedRun:
    """Load a run's networks without verifying it first, as its trainer must.

    Args:
        run: its folder.
        details: what its run.json holds, or will hold.
        files: other networks of it than those that are served.

    Raises:
        RunError: a network cannot be loaded, or the details do not say how to take its answers.
    """
    engine = _load(run, files.main)
    if engine.reads_directions:
        raise RunError(f"{run.name}: {files.main} reads direction maps, which pictures have not")
    drawing_engine: Engine | Cascade = engine
    if files.drawing != files.main and (run / files.drawing).exists():
        drawing_engine = _load_for_strokes(run, files)
    if drawing_engine.reads_directions:
        check_directions(run.name, details)
    recipe = read_recipe(run.name, details)
    calibration, refusal = Calibration.read(run.name, details), Refusal.read(run.name, details)
    grouping = read_grouping(run.name, details)
    explainer = _load_explainer(run, files.main) if files.are_explained else None
    drawing_explainer = explainer
    if files.are_explained and drawing_engine is not engine:
        drawing_explainer = _load_explainer(run, files.drawing)
    return LoadedRun(
        run, recipe, details, engine, drawing_engine, calibration, refusal, grouping,
        explainer, drawing_explainer,
    )  # fmt: skip


def _load_for_strokes(run: Path, files: Files) -> Engine | Cascade:
    exact = _load(run, files.drawing)
    if files.drawing != DRAWING_FILE or not files.quantized:
        return exact
    if not (run / files.quantized).exists():
        return exact
    return Cascade(_load(run, files.quantized), exact)


def _load(run: Path, file: str) -> Engine:
    try:
        return Engine(run / file)
    except RunError as error:
        raise RunError(f"{run.name}: {file}: {error}") from error


def _load_explainer(run: Path, network: str) -> Explainer | None:
    outputs = run / explanation_file(network)
    if not outputs.exists():
        return None
    try:
        return Explainer((run / network).read_bytes(), outputs.read_bytes())
    except RunError as error:
        raise RunError(f"{run.name}: {outputs.name}: {error}") from error


_NONE = NetworkOutputs(np.empty((0, 10)), np.empty(0))


def _as_model_inputs(inks: Sequence[Ink]) -> Any:
    return to_model_input(inks[0] if len(inks) == 1 else np.stack(inks)).reshape(-1, *INPUT_SHAPE)


def _outputs(answers: tuple[Probabilities, Digitness | None], temperature: float) -> NetworkOutputs:
    """Calibrate answers; who cannot refuse is taken at its probability (Hendrycks, Gimpel 2017)."""
    probabilities = calibrate(answers[0], temperature)
    digitness = probabilities.max(axis=1) if answers[1] is None else answers[1].astype(np.float64)
    return NetworkOutputs(probabilities, digitness, can_refuse=answers[1] is not None)
