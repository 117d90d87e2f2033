"""``python -m benchmarks.serving``: see :mod:`benchmarks.serving.command`."""

import sys

from benchmarks.serving.command import main

if __name__ == "__main__":
    sys.exit(main())
