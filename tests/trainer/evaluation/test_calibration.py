from __future__ import annotations

import numpy as np
import pytest

from trainer.evaluation.calibration import fit_temperature


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.5])
def test_the_temperature_that_spoilt_the_probabilities_is_found(temperature: float) -> None:
    random = np.random.default_rng(1)
    logits = random.normal(0, 2, (20_000, 10))
    honest = _softmax(logits)
    labels = np.array([random.choice(10, p=row) for row in honest])

    # Logits times T make a network that is sure by T too much.
    fitted = fit_temperature(_softmax(logits * temperature).astype(np.float32), labels)

    assert fitted == pytest.approx(temperature, rel=0.05)


def _softmax(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
