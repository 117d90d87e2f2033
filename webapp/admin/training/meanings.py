"""What the trainer says about its recipes and settings, marked for translation word for word.

The trainer knows no languages; a test holds these sentences to its own.
"""

from __future__ import annotations

from flask_babel import gettext, lazy_gettext

MARKED = (
    lazy_gettext("One hidden layer of 512 units: the simplest network, as a yardstick."),
    lazy_gettext(
        "Dense layers only: about the best without convolutions, which know which pixels are "
        "neighbours."
    ),
    lazy_gettext(
        "Convolution, pooling, dense, a hundred epochs: what most tutorials build, trained to "
        "its end."
    ),
    lazy_gettext(
        "Three blocks of convolutions with normalisation and dropout, on images changed at random."
    ),
    lazy_gettext("A small convolutional network with the best settings that a search found."),
    lazy_gettext("One CNN for pictures and drawings alike, trained on MNIST and on strokes."),
    lazy_gettext(
        "The flagship: one CNN that reads a picture, with the pen's directions where there are "
        "strokes."
    ),
    lazy_gettext("Start of all random numbers: the same seed and settings repeat the training."),
    lazy_gettext("How many training images (the last ones) are kept aside to check each epoch."),
    lazy_gettext(
        "The stored weights are a running average; this is the part of it that each step keeps. "
        "0: no averaging."
    ),
    lazy_gettext(
        "Number format for the calculations. auto: the fastest this processor or GPU supports."
    ),
    lazy_gettext("Number of epochs: in each, the network sees every training image once."),
    lazy_gettext("Images in a batch: the weights change once after each batch."),
    lazy_gettext("Units of the hidden layer."),
    lazy_gettext("Step size of the RMSprop optimizer: how much each step changes the weights."),
    lazy_gettext("Units of the first hidden layer."),
    lazy_gettext("Hidden layers; each has half as many units as the one before."),
    lazy_gettext(
        "Dropout: part of the units left out at random behind each hidden layer, against "
        "overfitting."
    ),
    lazy_gettext("Adam's starting step size; it then falls smoothly to 0."),
    lazy_gettext("Filters of the first convolution; the second has twice as many."),
    lazy_gettext("Side of the filters of the first convolution, in pixels."),
    lazy_gettext("Step size of the Adam optimizer: how much each step changes the weights."),
    lazy_gettext("Number of epochs at most; the training ends earlier when nothing improves."),
    lazy_gettext("Filters of the first block; each further block has twice as many."),
    lazy_gettext(
        "Dropout: part of the values left out at random behind each block; twice as much behind "
        "the hidden layer."
    ),
    lazy_gettext("Adam's starting step size; it is divided by 4 when nothing improves."),
    lazy_gettext("Epochs without a lower validation loss before the step size is divided by 4."),
    lazy_gettext("Epochs without a lower validation loss before the training ends."),
    lazy_gettext("Blocks, each a convolution and a pooling layer."),
    lazy_gettext("Side of the filters, in pixels."),
    lazy_gettext(
        "Dropout: part of the values left out at random before and behind the hidden layer."
    ),
    lazy_gettext(
        "How many MNIST training images (the last ones) are kept aside to check each epoch."
    ),
    lazy_gettext("Number of epochs; samples_per_epoch says how long one is."),
    lazy_gettext("Samples in an epoch: half of them pictures, half of them drawings."),
    lazy_gettext("Samples in a batch, an even number: the weights change once after each batch."),
    lazy_gettext(
        "AdamW's largest step size, reached after the warm-up; then it falls smoothly to 0."
    ),
    lazy_gettext("How strongly large weights are pulled towards 0, against overfitting."),
    lazy_gettext("Epochs in which the learning rate rises to its largest value."),
    lazy_gettext(
        "Part of each label spread over all ten digits, so that a wrong label does less harm."
    ),
    lazy_gettext(
        "Dropout: part of the features left out at random before the last layer, against "
        "overfitting."
    ),
    lazy_gettext(
        "Epochs of extra networks, each trained without one place of collection, to see how well "
        "unknown ones are read. 0: none."
    ),
    lazy_gettext("Samples in an epoch: pictures, drawings and non-digits together."),
    lazy_gettext("Part of each batch that is pictures of digits."),
    lazy_gettext(
        "Part of each batch that is two pictures pasted into one, as an example of a non-digit."
    ),
    lazy_gettext("Part of each batch that is letters and symbols, as examples of non-digits."),
    lazy_gettext(
        "Part of each batch that is scribbles, crossed-out digits and two digits in one, as "
        "examples of non-digits."
    ),
    lazy_gettext("Part of the drawings given without pen directions, as photos are."),
    lazy_gettext(
        "Of the drawings without pen directions, the part made blurred, noisy, thick or thin."
    ),
    lazy_gettext("Part of the drawings of 0, 1 and 7 that get a slash, a bar or a foot."),
    lazy_gettext("Part of the nearly straight drawings of 1 that are made quite straight."),
    lazy_gettext("How much drawings are turned at random: the standard deviation, in degrees."),
    lazy_gettext("Part of the drawings of which some strokes are drawn backwards."),
    lazy_gettext("Part of the drawings that get a flick at the end of a stroke."),
    lazy_gettext(
        "How many MNIST training images (the first ones) are trained on; 0: all that are not kept "
        "aside."
    ),
    lazy_gettext("Residual blocks with batch normalisation, on images changed at random."),
    lazy_gettext(
        "Stacked 3x3 convolutions, pooling, dense layers with dropout, on images changed at random."
    ),
    lazy_gettext("Residual blocks of each width."),
    lazy_gettext("Filters of the first block; the number doubles where the picture is halved."),
    lazy_gettext(
        "Convolutions of each of the last two blocks; the first two blocks have one each."
    ),
    lazy_gettext(
        "Filters of the first block; the second has twice, the others four times as many."
    ),
    lazy_gettext("Units of each hidden layer."),
    lazy_gettext(
        "Dropout: part of the values left out at random before each dense layer, against "
        "overfitting."
    ),
)


def in_their_language(sentence: str) -> str:
    """One of the trainer's sentences, in the language of the page."""
    return str(gettext(sentence))
