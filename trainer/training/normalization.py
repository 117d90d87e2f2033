"""Batch normalisation's statistics, measured anew for the weights that are kept.

Running statistics are gathered while the weights change, so they fit none of them well: averaged
weights need their own (Izmailov et al.: Averaging weights leads to wider optima and better
generalization, 2018, section 3.2), and after a short training those of the start still weigh in.
"""

from __future__ import annotations

import keras
import numpy as np

from trainer.batches.base import Batches


class Statistics:
    """Measures the statistics of a network's batch normalisation on its own training batches.

    Args:
        batches: to measure on; always the first ones of their epoch, so that a resumed training
            comes to the same statistics.
    """

    def __init__(self, batches: Batches) -> None:
        self._batches = batches

    def measure(self, network: keras.Model, samples: int) -> None:
        """Replace the statistics by their mean over some batches; nothing else is changed.

        Args:
            network: with the weights that the statistics shall fit.
            samples: how many to look at, in whole batches, one epoch's at most.
        """
        layers = [one for one in network.layers if isinstance(one, keras.layers.BatchNormalization)]
        if not layers:
            return
        chance = [
            (state, np.array(keras.ops.convert_to_numpy(state))) for state in random_states(network)
        ]
        momenta = [layer.momentum for layer in layers]
        for number in range(min(len(self._batches), -(-samples // self._batches.batch_size))):
            for layer in layers:  # so that the running mean is the mean of all batches so far
                layer.momentum = number / (number + 1)
            network(self._batches[number][0], training=True)
        for layer, momentum in zip(layers, momenta, strict=True):
            layer.momentum = momentum
        for state, before in chance:
            state.assign(before)


def random_states(network: keras.Model) -> list[keras.Variable]:
    """The states of the random layers (dropout), which are no weights."""
    return [state for state in network.variables if state.path.endswith("seed_generator_state")]
