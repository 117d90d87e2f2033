"""Every figure that the docs state, measured by one command: ``python -m benchmarks.figures``.

A section is a module with ``measure(run, data_folder) -> list[Figure]``, whose docstring says on
the page what is measured and how; :mod:`benchmarks.figures.sections` lists them.
"""
