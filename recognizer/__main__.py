"""``python -m recognizer``: see :mod:`recognizer.command_line.main`."""

import sys

from recognizer.command_line.main import main

sys.exit(main())
