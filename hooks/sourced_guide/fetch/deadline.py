"""A deadline for all requests of one source.

A read timeout does not end a response that sends a byte every few seconds. So the
connection is closed at a fixed moment.
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
    """So many seconds from now; time spent waiting between requests is not counted."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """The seconds that are left, or zero."""
        return max(self._end - time.monotonic(), 0)

    def wait(self, seconds: float) -> None:
        """Wait, and extend the deadline by as much."""
        began = time.monotonic()
        time.sleep(seconds)
        self._end += time.monotonic() - began

    @contextlib.contextmanager
    def enforced_on(self, connection: socket.socket) -> Iterator[None]:
        """Shut the connection down at the deadline."""
        timer = Timer(self.left, _shut_down, [connection])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()


def _shut_down(connection: socket.socket) -> None:
    # It may just have ended by itself. An SSLSocket's own `shutdown` would take away the layer
    # that another thread is reading through.
    with contextlib.suppress(OSError):
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
