"""The small data sets, for what asks about real drawings."""

from tests.trainer.conftest import data_folder

__all__ = ["data_folder"]
