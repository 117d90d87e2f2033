"""``python -m recognizer``: see :mod:`recognizer.command_line`."""

import sys

from recognizer.command_line import main

sys.exit(main())
