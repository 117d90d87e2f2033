"""What the trainer says about its recipes and settings, marked for translation word for word.

The trainer knows no languages; a test holds these sentences to its own.
"""

from __future__ import annotations

from flask_babel import gettext, lazy_gettext

MARKED = (
    lazy_gettext(
        "One hidden layer of 512 units: the network of the first chapter, for comparison."
    ),
    lazy_gettext(
        "Four dense layers: as far as a network comes that does not know what a neighbour is."
    ),
    lazy_gettext(
        "Convolution, pooling, dense, a hundred epochs: what most tutorials build, trained to"
        " its end."
    ),
    lazy_gettext(
        "Three blocks of convolutions with normalisation and dropout, on images changed at random."
    ),
    lazy_gettext("Convolution, pooling, dense, as a search found them best."),
    lazy_gettext("Residual blocks with batch normalisation, on images changed at random."),
    lazy_gettext(
        "Stacked 3x3 convolutions, pooling, dense layers with dropout, on images changed at random."
    ),
    lazy_gettext("One CNN for pictures and drawings alike, trained on MNIST and on strokes."),
    lazy_gettext(
        "The flagship: one CNN that reads a picture, with the pen's directions where there "
        "are strokes."
    ),
    lazy_gettext("of the first weights and of every batch"),
    lazy_gettext("held out of the training images, the last ones"),
    lazy_gettext("of MNIST's training images, the first ones; 0: all that are not held out"),
    lazy_gettext("share that a step keeps of the history of the weights that are stored; 0: none"),
    lazy_gettext("of the arithmetic"),
    lazy_gettext("passes over the training images"),
    lazy_gettext("images a step"),
    lazy_gettext("of the hidden layer"),
    lazy_gettext("RMSprop's"),
    lazy_gettext("of the arithmetic; auto: the fastest that the processor or GPU is made for"),
    lazy_gettext("of the first hidden layer"),
    lazy_gettext("hidden layers, each half as wide as the one before"),
    lazy_gettext("share of units left out behind each"),
    lazy_gettext("Adam's at the start; goes down along a cosine"),
    lazy_gettext("of the first convolution; the second has twice as many"),
    lazy_gettext("side of a first filter, pixels"),
    lazy_gettext("Adam's"),
    lazy_gettext("at most; ends earlier when nothing improves"),
    lazy_gettext("of the first block; each block has twice as many"),
    lazy_gettext("share left out behind each block; twice as much behind the hidden layer"),
    lazy_gettext("Adam's at the start"),
    lazy_gettext("epochs without a lower held-out loss before the rate is cut by 4"),
    lazy_gettext("epochs without a lower held-out loss before the training ends"),
    lazy_gettext("blocks of a convolution and a pooling"),
    lazy_gettext("side of a filter, pixels"),
    lazy_gettext("share left out before and behind the hidden layer"),
    lazy_gettext("residual blocks of each width"),
    lazy_gettext("of the first block; the width doubles where the picture is halved"),
    lazy_gettext("convolutions of each block"),
    lazy_gettext("of each hidden layer"),
    lazy_gettext("share left out before each hidden layer and the last"),
    lazy_gettext("held out of MNIST's training images, the last ones"),
    lazy_gettext("of the weights that are kept, the share that one step keeps of their history"),
    lazy_gettext("passes over samples_per_epoch"),
    lazy_gettext("pictures and drawings together, half of them each"),
    lazy_gettext("an even number"),
    lazy_gettext("AdamW's highest, reached after the warm-up, then down along a cosine"),
    lazy_gettext("of the kernels"),
    lazy_gettext("until the learning rate is at its highest"),
    lazy_gettext("share of the target spread over all digits, since some labels are wrong"),
    lazy_gettext("share of features left out before the last layer"),
    lazy_gettext(
        "of the networks that never see one site, which tell how good the recipe is at sites "
        "it does not know; 0: none"
    ),
    lazy_gettext("pictures, drawings and what is no digit, together"),
    lazy_gettext("share of a batch that is pictures of digits"),
    lazy_gettext("share that is two pictures made one"),
    lazy_gettext("share that is letters and symbols"),
    lazy_gettext("share that is scribbles, digits struck out and drawings of two"),
    lazy_gettext("share of the drawings that come without their directions, as photos do"),
    lazy_gettext("share of what comes without directions that is blurred, noisy, thick or thin"),
    lazy_gettext("share of the drawings of 0, 1 and 7 that get a slash, a bar or a foot"),
    lazy_gettext("share of the drawings of 1 that become straight lines, where they nearly are"),
    lazy_gettext("standard deviation of a drawing's tilt, degrees"),
    lazy_gettext("share of the drawings with strokes drawn backwards"),
    lazy_gettext("share of the drawings with a flick at a stroke's end"),
)


def in_their_language(sentence: str) -> str:
    """One of the trainer's sentences, in the language of the page."""
    return str(gettext(sentence))
