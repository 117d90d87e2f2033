"""Every error becomes an answer here, and nowhere else: whatever is below raises.

What the sentences say stands in :mod:`webapp.sentences`.
"""

from flask import Flask

from webapp.problems import accounts, corrections, http, recognition


def init_app(app: Flask) -> None:
    """Answer every error that the app's views, its parts or the app itself raise."""
    for part in (recognition, corrections, accounts, http):
        part.init_app(app)
