"""Work in a process of its own: what comes back of it, and what is said if it is killed."""

from __future__ import annotations

import os
from concurrent.futures.process import BrokenProcessPool

import pytest

from sourced_guide.build.workers import in_a_process


def test_a_process_returns_a_result() -> None:
    assert in_a_process(abs, -3) == 3


def test_what_a_process_raises_is_raised_here() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        in_a_process(int, "three")


def test_a_process_that_is_killed_is_reported() -> None:
    with pytest.raises(BrokenProcessPool):
        in_a_process(os._exit, 1)
