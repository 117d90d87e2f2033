"""The commands of ``python -m trainer``, one a file.

Each adds its own parser and, since ``--help`` and most commands need no Keras,
imports what it works with only when it is run.
"""

from trainer.commands import activate, evaluate, train

COMMANDS = (train, evaluate, activate)
