"""``python -m benchmarks.capacity``."""

import sys

from benchmarks.capacity.command import main

sys.exit(main())
