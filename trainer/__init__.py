"""Train, evaluate and release the networks that :mod:`recognizer` serves.

Keras is imported here and nowhere else in the project.  The command line is
``python -m trainer --help``.
"""
