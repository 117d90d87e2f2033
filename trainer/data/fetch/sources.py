"""Where the public data sets lie, what they must be, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass

from recognizer.suggestions import did_you_mean
from trainer.errors import DataError


@dataclass(frozen=True)
class Source:
    """A public data set, as one file at one address.

    Attributes:
        name: what ``data fetch`` calls it.
        url: its address.
        file: the name it is kept under.
        sha256: the checksum it must have; None where none is published.
        record: an address whose JSON tells the checksum that the host itself has (Zenodo); None
            where there is none.
        gives: the files that training and evaluation read, made from it.
        credit: who made it, and its licence.
    """

    name: str
    url: str
    file: str
    sha256: str | None
    record: str | None
    gives: tuple[str, ...]
    credit: str


# The checksum of mnist.npz stands in Keras's own loader; that of the UCI archive was told alike by
# every public repository that pins it (1,668,118 bytes).
SOURCES = (
    Source(
        name="mnist",
        url="https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz",
        file="mnist.npz",
        sha256="731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1",
        record=None,
        gives=("mnist.npz",),
        credit="MNIST: Yann LeCun, Corinna Cortes, Christopher J. C. Burges; CC BY-SA 3.0",
    ),
    Source(
        name="pendigits",
        url="https://archive.ics.uci.edu/static/public/81/"
        "pen+based+recognition+of+handwritten+digits.zip",
        file="pendigits.zip",
        sha256="1e02bea023613c2b11c9492f6f34caf975420455934f3527d270cee9a1f03b64",
        record=None,
        gives=("pendigits-train.jsonl.gz", "pendigits-test.jsonl.gz"),
        credit="Pen-Based Recognition of Handwritten Digits: E. Alpaydin, F. Alimoglu, UCI Machine "
        "Learning Repository; CC BY 4.0",
    ),
    Source(
        name="unipen",
        url="https://zenodo.org/api/records/1195803/files/unipen-CDROM-train_r01_v07.tgz/content",
        file="unipen-CDROM-train_r01_v07.tgz",
        sha256=None,
        record="https://zenodo.org/api/records/1195803",
        gives=tuple(
            f"unipen-{kind}-{part}.jsonl.gz"
            for kind in ("digits", "upper", "lower", "symbols")
            for part in ("train", "test")
        ),
        credit="UNIPEN train_r01_v07: International Unipen Foundation, Zenodo record 1195803; "
        "CC BY 4.0",
    ),
)
NAMES = tuple(source.name for source in SOURCES)


def find_source(name: str) -> Source:
    """The source of that name.

    Raises:
        DataError: there is none.
    """
    for source in SOURCES:
        if source.name == name:
            return source
    guess = did_you_mean(name, NAMES)
    raise DataError(f"there is no data set {name!r}; there are {', '.join(NAMES)}{guess}")
