"""Every figure that the docs state, each with its 95 % interval: ``python -m trainer figures``.

A section is a module with ``measure(run, data_folder) -> list[Figure]``, whose docstring says on
the page what is measured and how; :mod:`trainer.figures.sections` lists them.
"""
