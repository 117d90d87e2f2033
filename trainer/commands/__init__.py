"""The commands of ``python -m trainer``, one a file.

Each adds its own parser and, since ``--help`` and most commands need no Keras,
imports what it works with only when it is run.
"""

from trainer.commands import (
    activate,
    compare,
    data,
    evaluate,
    export,
    figures,
    recipes,
    remove,
    report,
    rollback,
    run_list,
    show,
    stop,
    train,
    tune,
    upgrade,
)

COMMANDS = (
    data, recipes, train, stop, tune, evaluate, figures, report, compare, run_list, show, remove,
    export, activate, rollback, upgrade,
)  # fmt: skip
