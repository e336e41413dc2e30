"""Copies of this process that hand over what they make, one thing after the other.

They begin with all that this process has in memory. What they make waits in a temporary file until
it is asked for, so a copy never waits for this process, and memory does not grow with what is made.
"""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.reduction import ForkingPickler
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any, Generic, TypeVar

from sourced_guide.build.workers import begun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection

R = TypeVar("R")
# A number, and what was made for it.
Made = tuple[int, R]


class Copies(Generic[R]):
    """What copies have made so far, by number."""

    def __init__(self, copies: Iterable[tuple[Connection, IO[bytes]]] = ()) -> None:
        self._open = dict(copies)
        # Where each thing is: the file, the offset and the number of bytes.
        self._places: dict[int, tuple[IO[bytes], int, int]] = {}

    def take(self, number: int) -> R | None:
        """Return what a copy has made for a number, once; None if there is nothing."""
        self._listen()
        if number not in self._places:
            return None
        file, offset, size = self._places.pop(number)
        made: R = ForkingPickler.loads(os.pread(file.fileno(), size, offset))
        return made

    def wait_for(self, number: int) -> None:
        """Wait until something is made for a number, or all copies have ended."""
        self._listen()
        while self._open and number not in self._places:
            wait(self._open)
            self._listen()

    def _listen(self) -> None:
        for told, file in list(self._open.items()):
            try:
                while told.poll():
                    number, offset, size = told.recv()
                    self._places[number] = file, offset, size
            except (EOFError, OSError):
                # It has ended, or was killed.
                del self._open[told]


@contextmanager
def copies_making(make: Callable[[int], Iterable[Made[R]]], count: int) -> Iterator[Copies[R]]:
    """Start copies of this process, each of which calls `make` with its own number from 0 on.

    One that fails ends, and says nothing. All end when this context or this process does.

    Raises OSError where the system has no room for another process or file.
    """
    with ExitStack() as opened:
        files = [opened.enter_context(TemporaryFile()) for _ in range(count)]
        work = partial(_hand_over, make, files)
        told = opened.enter_context(begun(get_context("fork"), work, range(count)))
        yield Copies(zip(told, files, strict=True))


def _hand_over(
    make: Callable[[int], Iterable[Made[Any]]],
    files: Sequence[IO[bytes]],
    copy: int,
    told: Connection,
) -> None:
    """Write what is made to the file of a copy, and tell where it is."""
    file, offset = files[copy], 0
    with suppress(Exception, SystemExit):
        for number, made in make(copy):
            size = file.write(ForkingPickler.dumps(made))
            file.flush()
            told.send((number, offset, size))
            offset += size
