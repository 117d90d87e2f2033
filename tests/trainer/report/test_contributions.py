from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from recognizer.runs.folder import verify
from trainer.data.collection import Data
from trainer.evaluation.measurement import Measurement
from trainer.report.contributions import contributions, credits_of


def test_every_data_set_tells_what_it_gave_and_how_it_is_read(
    run: Path, data: Data, measurements: Sequence[Measurement]
) -> None:
    mnist, here, there = contributions(verify(run), data, measurements)

    assert [len(part) for part in (mnist.trained, mnist.held_out, mnist.test)] == [350, 50, 100]
    assert [len(part) for part in (here.trained, here.held_out, here.test)] == [60, 30, 0]
    assert [len(part) for part in (there.trained, there.held_out)] == [0, 30]
    measured = [part.measured.key for part in (mnist, here, there) if part.measured]
    assert measured == ["mnist_test", "held_out_writers/here", "held_out_writers/there"]
    assert here.without is not None
    assert here.without.key == "held_out_sites/here"
    assert there.without is None


def test_a_run_on_images_alone_has_one_data_set(
    run: Path, data: Data, measurements: Sequence[Measurement]
) -> None:
    images = dataclasses.replace(data, drawings=[])

    (mnist,) = contributions({"splits": {}}, images, measurements[:1])

    assert len(mnist.trained) == 400


def test_makers_of_the_data_are_credited_once_and_own_data_is_named() -> None:
    datasets = {
        "mnist": {"file": "keras"},
        "unipen-digits-train": {"file": "unipen-digits-train.jsonl.gz"},
        "pendigits-train": {"file": "pendigits-train.jsonl.gz"},
        "added/mine.jsonl": {"file": "/home/ann/mine.jsonl"},
    }

    mnist, unipen, pendigits, own = credits_of({"datasets": datasets})

    assert "CC BY-SA 3.0" in mnist
    assert "International Unipen Foundation" in unipen
    assert "Alimoglu" in pendigits
    assert own == "added/mine.jsonl: own data"
    more = {"unipen-upper-train": {"file": "unipen-upper-train.jsonl.gz"}}
    assert credits_of({"datasets": {**datasets, **more}}).count(unipen) == 1
