"""Those who look on while a network is trained: a person at a terminal, run.json, a search."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from trainer.runs.training_log import EpochResult
from trainer.training.interruption import Interruption


@dataclass(frozen=True)
class Progress:
    """How far the training of one network is.

    Attributes:
        network: its name.
        epoch: the one that is being trained, from 1.
        epochs: how many there are at most.
        step: batches done of this epoch.
        steps: batches in an epoch.
        loss: mean over this epoch so far.
        seconds_left: for this network, as the steps of this session went; None at first.
    """

    network: str
    epoch: int
    epochs: int
    step: int
    steps: int
    loss: float
    seconds_left: float | None


@dataclass(eq=False)
class Watch:
    """Who is told what happens, and who may end it.

    Attributes:
        interruption: asked after each batch whether to stop.
        on_step: told of each batch.
        on_epoch: told of each whole epoch, by the network's name; an exception ends the training.
        on_phase: told in a word or two what is done between and after the trainings.
        callbacks: Keras's own that look on, as TensorBoard's.
    """

    interruption: Interruption
    on_step: Sequence[Callable[[Progress], None]] = ()
    on_epoch: Sequence[Callable[[str, EpochResult], None]] = ()
    on_phase: Sequence[Callable[[str], None]] = ()
    callbacks: Sequence[Any] = ()
    _network: str = field(default="", init=False)
    _epochs: int = field(default=0, init=False)
    _steps: int = field(default=0, init=False)
    _first: int = field(default=0, init=False)  # epochs done before this session
    _done: int = field(default=0, init=False)
    _started: float = field(default=0.0, init=False)

    def begin(self, network: str, epochs: int, steps: int, done: int) -> None:
        """The training of a network begins, or goes on after ``done`` epochs.

        Args:
            network: its name in the run.
            epochs: of the whole training.
            steps: batches in an epoch.
            done: whole epochs that an earlier session has trained.
        """
        self._network, self._epochs, self._steps = network, epochs, steps
        self._first = self._done = done
        self._started = time.monotonic()

    def step(self, step: int, loss: float) -> None:
        """A batch is done, the ``step``-th of its epoch (from 1)."""
        progress = Progress(
            network=self._network,
            epoch=self._done + 1,
            epochs=self._epochs,
            step=step,
            steps=self._steps,
            loss=loss,
            seconds_left=self._seconds_left(step),
        )
        for tell in self.on_step:
            tell(progress)

    def epoch(self, result: EpochResult) -> None:
        """A whole epoch is done."""
        self._done = result.epoch
        for tell in self.on_epoch:
            tell(self._network, result)

    def phase(self, what: str) -> None:
        """Something else than training begins, as ``measuring``."""
        for tell in self.on_phase:
            tell(what)

    def _seconds_left(self, step: int) -> float | None:
        trained = (self._done - self._first) * self._steps + step
        left = (self._epochs - self._done) * self._steps - step
        return (time.monotonic() - self._started) / trained * left if trained else None
