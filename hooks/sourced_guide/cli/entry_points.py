"""What the name of each command starts.

A short command spends most of its time loading modules. Ctrl-C is said in a sentence then, too.
"""

from __future__ import annotations

import signal
import sys
from importlib import import_module
from types import FrameType

_MODULES = {"claims": "main"}


def claims() -> int:
    """Start the `claims` command."""
    return _start("claims")


def handouts() -> int:
    """Start the `handouts` command."""
    return _start("handouts")


def hosting() -> int:
    """Start the `hosting` command."""
    return _start("hosting")


def offline() -> int:
    """Start the `offline` command."""
    return _start("offline")


def publish() -> int:
    """Start the `publish` command."""
    return _start("publish")


def _start(name: str) -> int:
    is_stopped = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal is_stopped
        is_stopped = True

    # Libraries in other languages crash where an exception comes in between.
    before = signal.getsignal(signal.SIGINT)
    if callable(before):
        signal.signal(signal.SIGINT, note)
    main = import_module(f"sourced_guide.cli.{_MODULES.get(name, name)}").main
    signal.signal(signal.SIGINT, before)
    if is_stopped:
        sys.stderr.write(f"{name}: stopped before it began; run it again\n")
        return 2
    code: int = main()
    return code
