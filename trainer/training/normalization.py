"""Batch normalisation's statistics, measured anew for the weights that are kept.

Running statistics are gathered while the weights change, so they fit none of them well: averaged
weights need their own (Izmailov et al.: Averaging weights leads to wider optima and better
generalization, 2018, section 3.2), and after a short training those of the start still weigh in.
"""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np
from keras import tree

from trainer.batches.base import Batches
from trainer.data.model_inputs import NetworkInputs

_LEAST = 256  # samples that the network is asked about together


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
        seen = 0
        for inputs in self._inputs(samples):
            size = len(tree.flatten(inputs)[0])
            for layer in layers:  # so that the running mean is the mean of all samples so far
                layer.momentum = seen / (seen + size)
            network(inputs, training=True)
            seen += size
        for layer, momentum in zip(layers, momenta, strict=True):
            layer.momentum = momentum
        for state, before in chance:
            state.assign(before)

    def _inputs(self, samples: int) -> Iterator[NetworkInputs]:
        """The first batches, small ones together: asking costs as much for few samples."""
        number = min(len(self._batches), -(-samples // self._batches.batch_size))
        together = max(1, _LEAST // self._batches.batch_size)
        for first in range(0, number, together):
            group = [self._batches[at][0] for at in range(first, min(first + together, number))]
            yield tree.map_structure(lambda *parts: np.concatenate(parts), *group)


def random_states(network: keras.Model) -> list[keras.Variable]:
    """The states of the random layers (dropout), which are no weights."""
    return [state for state in network.variables if state.path.endswith("seed_generator_state")]
