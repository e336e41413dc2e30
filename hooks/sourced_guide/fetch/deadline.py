"""An end to everything that one source takes.

A time-out between two pieces of an answer does not end one that drips: a byte every few seconds
lasts for days. So what is under way is cut off at a fixed moment.
"""

from __future__ import annotations

import contextlib
import socket
import time
from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Deadline:
    """So many seconds from now, and as many more as were spent waiting out of politeness."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds until then, zero afterwards."""
        return max(self._end - time.monotonic(), 0)

    def wait(self, seconds: float) -> None:
        """Wait, and let the end wait as long."""
        began = time.monotonic()
        time.sleep(seconds)
        self._end += time.monotonic() - began

    @contextlib.contextmanager
    def cuts(self, connection: socket.socket) -> Iterator[None]:
        """Cut the connection off at the end, whatever it does then."""
        timer = Timer(self.left, _cut, [connection])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()


def _cut(connection: socket.socket) -> None:
    # It may have ended by itself just now. An SSLSocket's own `shutdown` would take away the
    # layer that another thread is reading through.
    with contextlib.suppress(OSError):
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
