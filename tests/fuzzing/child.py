"""``python -m tests.fuzzing.child``: one engine at one target, in a process of its own.

It writes into a file, as JSON: how many inputs, what became of them, the slowest, and the memory it
took.  It does so every second, for libFuzzer ends the process without a word.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

MOST_MEGABYTES = 512  # taken at once
MOST_SECONDS = 20  # that one input may take
LONGEST = 20_000  # bytes of an input


class Counted:
    """A target that counts."""

    def __init__(self, target: Callable[[bytes], str], file: Path) -> None:
        self._target = target
        self.file = file
        self._next_line = time.monotonic() + 1
        self.words: Counter[str] = Counter()
        self.slowest = 0.0

    def __call__(self, content: bytes) -> None:
        """Give it to the target."""
        begun = time.perf_counter()
        word = self._target(content)
        self.slowest = max(self.slowest, time.perf_counter() - begun)
        self.words[word] += 1
        if time.monotonic() >= self._next_line:
            self._next_line += 1
            self.tell()

    def tell(self) -> None:
        """Write the counts down."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        told = {
            "inputs": self.words.total(),
            "words": self.words.most_common(),
            "slowest_milliseconds": round(self.slowest * 1000, 1),
            "peak_megabytes": round(peak),
        }
        self.file.write_text(json.dumps(told), "utf-8")


def main() -> None:
    """Run the engine until its end."""
    options = _options()
    if options.engine == "atheris":
        import atheris  # only here: a package of this benchmark alone

        with atheris.instrument_imports(include=["recognizer", "webapp", "gunicorn"]):
            from tests.fuzzing.targets import TARGETS
    else:
        from tests.fuzzing.targets import TARGETS
    target, make_seeds = TARGETS[options.target]
    counted = Counted(target, options.file)
    target(make_seeds()[0])  # the model is loaded once; that is not to be counted
    if options.engine == "hypothesis":
        with_hypothesis(counted, make_seeds(), options.examples, options.seed)
        counted.tell()
    else:
        with_atheris(counted, make_seeds(), options.seconds, options.seed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("target")
    parser.add_argument("engine", choices=("hypothesis", "atheris"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--examples", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def with_hypothesis(target: Counted, seeds: list[bytes], examples: int, number: int) -> None:
    """Give a target bytes, and seeds with a few places changed, cut or doubled."""
    share = st.floats(0, 1, exclude_max=True)
    changes = st.lists(st.tuples(share, st.binary(max_size=8), st.integers(0, 8)), max_size=6)

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.binary() | st.builds(_changed, st.sampled_from(seeds), changes, share))
    def give(content: bytes) -> None:
        target(content)

    give()


def with_atheris(target: Counted, seeds: list[bytes], seconds: int, number: int) -> None:
    """Let libFuzzer look for inputs that reach further; ends the process."""
    import atheris

    # No limit of all memory: what atheris instruments grows by itself, by 0.6 MB a picture here,
    # where the same 1,641 inputs in a process without it stayed at 218 MB.
    corpus = target.file.with_name("corpus")
    corpus.mkdir()
    for at, content in enumerate(seeds):
        (corpus / str(at)).write_bytes(content)
    words = [
        sys.argv[0], str(corpus), f"-max_total_time={seconds}", f"-seed={number}",
        f"-max_len={LONGEST}", f"-timeout={MOST_SECONDS}", f"-malloc_limit_mb={MOST_MEGABYTES}",
        "-rss_limit_mb=0", "-print_final_stats=1", "-verbosity=0",
    ]  # fmt: skip
    atheris.Setup(words, target)
    atheris.Fuzz()


def _changed(content: bytes, changes: list[tuple[float, bytes, int]], end: float) -> bytes:
    for place, put, taken in changes:
        at = int(place * len(content))
        content = content[:at] + put + content[at + taken :]
    return content if end < 0.7 else content[: int((end - 0.7) / 0.3 * len(content))]


if __name__ == "__main__":
    main()
