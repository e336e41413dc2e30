"""Work in other processes: what comes back of it, and what is said if one is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool

import pytest

from sourced_guide.build.workers import beside, in_a_process


def test_a_process_returns_a_result() -> None:
    assert in_a_process(abs, -3) == 3


def test_what_a_process_raises_is_raised_here() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        in_a_process(int, "three")


def test_a_process_that_is_killed_is_reported() -> None:
    with pytest.raises(BrokenProcessPool):
        in_a_process(os._exit, 1)


def test_what_fails_or_is_killed_beside_this_process_returns_nothing() -> None:
    with beside(int, ["1", "one", "2"]) as results:
        assert list(results) == [1, None, 2]
    with beside(os._exit, [1, 0]) as results:
        assert list(results) == [None, None]


_ENDLESS = """
import multiprocessing, time
from sourced_guide.build.workers import beside
with beside(time.sleep, [600]) as results:
    print(multiprocessing.active_children()[0].pid, flush=True)
    next(results)
"""


@pytest.mark.parametrize("by", ["SIGKILL", "SIGTERM"])
def test_a_process_ends_with_the_one_that_started_it(by: str) -> None:
    with subprocess.Popen([sys.executable, "-c", _ENDLESS], stdout=subprocess.PIPE) as process:
        assert process.stdout
        started = int(process.stdout.readline())
        process.send_signal(getattr(signal, by))
    assert ends(started)


def ends(pid: int) -> bool:
    """Wait until a process has ended; say whether it has within 20 seconds."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False
