"""Send everything that anybody could send, and print what came back.

``python -m tests.fuzzing`` runs schemathesis over the OpenAPI document, against a server of
its own; then Hypothesis and, where the package ``atheris`` is there, libFuzzer at the reader of
strokes, the decoder of pictures and the arrival of requests.  The exit status is 0 where nothing
was wrong.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.fuzzing.openapi import ask

TARGETS = ("strokes", "pictures", "requests")


def main() -> int:
    """Run all of it; returns the exit status."""
    options = _options()
    engines = ["hypothesis"]
    if importlib.util.find_spec("atheris"):
        engines.append("atheris")
    else:
        print("libFuzzer is left out: pip install atheris (wheels for Python 3.11 to 3.13)")
    is_well = options.api == 0 or ask(options.api, options.seed)
    print(f"\n{'target':9} {'engine':11} {'inputs':>9} {'slowest':>9} {'memory':>7}  what became")
    for target in TARGETS:
        for engine in engines:
            is_well &= _fuzz(target, engine, options)
    print("nothing was wrong" if is_well else "SOMETHING WAS WRONG")
    return 0 if is_well else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--api", type=int, default=100, help="examples a phase; 0 leaves it out")
    parser.add_argument("--examples", type=int, default=20_000, help="of Hypothesis, each target")
    parser.add_argument("--seconds", type=int, default=60, help="of libFuzzer, each target")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _fuzz(target: str, engine: str, options: argparse.Namespace) -> bool:
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "counts.json"
        sizes = [f"--{key}={getattr(options, key)}" for key in ("examples", "seconds", "seed")]
        command = [sys.executable, "-m", "tests.fuzzing.child", target, engine, str(file)]
        child = subprocess.run(
            [*command, *sizes], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
        )
        if child.returncode or not file.exists():
            print(f"{target:9} {engine:11} FAILED\n{child.stderr.decode(errors='replace')}")
            return False
        told = json.loads(file.read_text("utf-8"))
    words = ", ".join(f"{word} {count:,}" for word, count in told["words"])
    memory = f"{told['peak_megabytes']} MB" if engine == "hypothesis" else ""  # else atheris's own
    print(
        f"{target:9} {engine:11} {told['inputs']:>9,} {told['slowest_milliseconds']:>6.0f} ms "
        f"{memory:>7}  {words}",
        flush=True,
    )
    return True


if __name__ == "__main__":
    sys.exit(main())
