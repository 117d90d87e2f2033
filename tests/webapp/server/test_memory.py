"""Blocks of megabytes are the system's again once they are freed."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

KEEP = """
import sys
from pathlib import Path
from webapp.server.memory import give_memory_back

def held():
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) // 1024

if sys.argv[1] == "level":
    give_memory_back()
del [bytearray(8_000_000)][0]  # glibc learns from this that such blocks come again
before = held()
blocks, small = [], []
for _ in range(100):
    blocks.append(bytearray(b"x") * 1_000_000)
    small.append(bytearray(b"x") * 10_000)  # lies behind the block and outlives it
del blocks
print(held() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries know no mallopt")
def test_what_large_blocks_took_is_given_back() -> None:
    usual, level = (_megabytes_kept(how) for how in ("usual", "level"))

    assert usual > 50
    assert level < 20


def _megabytes_kept(how: str) -> int:
    command = [sys.executable, "-c", KEEP, how]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
