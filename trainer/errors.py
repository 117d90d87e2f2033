"""The errors that end a command with exit status 2 and one clear sentence."""

from __future__ import annotations


class TrainerError(Exception):
    """Something a person can put right: the message says what."""


class DataError(TrainerError):
    """A data set is missing, cut off or not what it should be."""


class SettingsError(TrainerError):
    """A recipe or a setting that does not exist, or a value it cannot have."""


class DivergedError(TrainerError):
    """A training whose loss or weights are no numbers any more."""
