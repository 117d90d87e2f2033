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
        url: its address; ``package:NAME/path`` is a file of an installed Python package.
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
SOURCES = (  # what training reads
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
# What no recipe trains on.  USPS's checksum stands in torchvision's own loader, EMNIST's was told
# alike by every public repository that pins it; scikit-learn's file is that of 1.7.2 and 1.9.1.
TEST_SOURCES = (
    Source(
        name="usps",
        url="https://www.csie.ntu.edu.tw/~cjlin/libsvmtools/datasets/multiclass/usps.t.bz2",
        file="usps.t.bz2",
        sha256="a9c0164e797d60142a50604917f0baa604f326e9a689698763793fa5d12ffc4e",
        record=None,
        gives=("usps-test.npz",),
        credit="USPS: United States Postal Service, J. J. Hull (1994), packed by LIBSVM's authors; "
        "no licence is stated",
    ),
    Source(
        name="emnist-digits",
        url="https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip",
        file="emnist-gzip.zip",
        sha256="fb9bb67e33772a9cc0b895e4ecf36d2cf35be8b709693c3564cea2a019fcda8e",
        record=None,
        gives=("emnist-digits-test.npz",),
        credit="EMNIST: G. Cohen, S. Afshar, J. Tapson, A. van Schaik (2017), from NIST Special "
        "Database 19; no licence is stated",
    ),
    Source(
        name="sklearn-digits",
        url="package:sklearn/datasets/data/digits.csv.gz",
        file="digits.csv.gz",
        sha256="09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22",
        record=None,
        gives=("sklearn-digits.npz",),
        credit="Optical Recognition of Handwritten Digits: E. Alpaydin, C. Kaynak, UCI Machine "
        "Learning Repository, CC BY 4.0; as scikit-learn carries it",
    ),
)
ALL_SOURCES = (*SOURCES, *TEST_SOURCES)
NAMES = tuple(source.name for source in ALL_SOURCES)


def find_source(name: str) -> Source:
    """The source of that name.

    Raises:
        DataError: there is none.
    """
    for source in ALL_SOURCES:
        if source.name == name:
            return source
    guess = did_you_mean(name, NAMES)
    raise DataError(f"there is no data set {name!r}; there are {', '.join(NAMES)}{guess}")
