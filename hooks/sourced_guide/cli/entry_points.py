"""The entry points of the commands.

A short command spends most of its time loading modules. Ctrl-C during that prints no traceback.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType


def guide() -> int:
    """Start the `guide` command."""
    return _start("guide", "main", "main")


def claims() -> int:
    """Start the `claims` command."""
    return _start("claims", "main", "claims")


def handouts() -> int:
    """Start the `handouts` command, which is a step of `guide build` now."""
    return _start("handouts", "deprecated", "handouts")


def hosting() -> int:
    """Start the `hosting` command, which is a step of `guide build` now."""
    return _start("hosting", "deprecated", "hosting")


def offline() -> int:
    """Start the `offline` command, which is a step of `guide build` now."""
    return _start("offline", "deprecated", "offline")


def publish() -> int:
    """Start the `publish` command, which is a step of `guide build` now."""
    return _start("publish", "deprecated", "publish")


def _start(name: str, module: str, function: str) -> int:
    is_stopped = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal is_stopped
        is_stopped = True

    # Extension modules may crash if an exception interrupts their import.
    before = signal.getsignal(signal.SIGINT)
    if callable(before):
        signal.signal(signal.SIGINT, note)
    # Nothing that is loaded can be freed, now or later: not to look through it saves some time.
    gc.disable()
    main = getattr(import_module(f"sourced_guide.cli.{module}"), function)
    gc.freeze()
    gc.enable()
    signal.signal(signal.SIGINT, before)
    if is_stopped:
        sys.stderr.write(f"{name}: interrupted while starting; run it again\n")
        return 2
    code: int = main()
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(OSError, ValueError):
            stream.flush()
    # Python would first free each object of a whole guide, a tenth of the time of a check.
    os._exit(code)
