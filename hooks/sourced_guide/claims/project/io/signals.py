"""The signals that ask a command to end: Ctrl-C, SIGTERM, and a terminal that was closed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NoReturn, TypeAlias

_Handler: TypeAlias = Callable[[int, FrameType | None], Any]
# Windows has no SIGHUP.
TERMINATION_SIGNALS = tuple(
    number
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if (number := getattr(signal, name, None)) is not None
)


@contextmanager
def stoppable() -> Iterator[None]:
    """Raise KeyboardInterrupt on these signals, so that temporary files are removed."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    with _handled_by(stop):
        yield


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Defer these signals until the end of the body, which must not be left half done."""
    waiting: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        waiting.append(number)

    with _handled_by(note):
        yield
    for number in waiting:
        signal.raise_signal(number)


@contextmanager
def _handled_by(handler: _Handler) -> Iterator[None]:
    """Install a handler for these signals, except for those that are ignored, as with nohup."""
    before: dict[int, Any] = {}
    # Only the main thread can set handlers and receives signals.
    if threading.current_thread() is threading.main_thread():
        before = {
            number: was
            for number in TERMINATION_SIGNALS
            if (was := signal.getsignal(number)) not in (signal.SIG_IGN, None)
        }
    for number in before:
        signal.signal(number, handler)
    try:
        yield
    finally:
        for number, was in before.items():
            signal.signal(number, was)
