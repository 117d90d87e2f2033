"""``python -m benchmarks.figures``: see :mod:`benchmarks.figures.command`."""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from benchmarks.figures.command import main

sys.exit(main())
