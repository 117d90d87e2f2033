"""Blocks of megabytes are the system's again once they are freed, and NumPy starts no threads."""

from __future__ import annotations

import os
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

BLAS = """
import os, runpy
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.pop(name, None)
runpy.run_path("gunicorn.conf.py")
import numpy
numpy.ones((600, 600)) @ numpy.ones((600, 600))
print(len(os.listdir("/proc/self/task")))
"""


def test_a_server_s_numpy_computes_on_the_thread_that_answers() -> None:
    assert _printed(BLAS) == 1


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries know no mallopt")
def test_what_large_blocks_took_is_given_back() -> None:
    usual, level = (_printed(KEEP, how) for how in ("usual", "level"))

    assert usual > 50
    assert level < 20


def _printed(program: str, *arguments: str) -> int:
    command = [sys.executable, "-c", program, *arguments]
    environment = {**os.environ, "PORT": "0"}
    ended = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return int(ended.stdout)
