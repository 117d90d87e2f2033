"""``python -m trainer``."""

import sys

from trainer.command_line import main

sys.exit(main())
