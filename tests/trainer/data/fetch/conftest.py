from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.trainer.data.fetch.file_server import FileServer, serving


@pytest.fixture
def server() -> Iterator[FileServer]:
    with serving() as served:
        yield served
