"""Work that a process shares with copies of it.

It begins with the first thing, they with the last; where they meet, all is done. So no share has to
be measured out beforehand. Copies begin with all that this process has in memory. What they make
waits in a temporary file until it is asked for, so no copy waits for this process, and memory does
not grow with what is made. What a copy fails to make, this process makes.
"""

from __future__ import annotations

import gc
import os
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from mmap import mmap
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.reduction import ForkingPickler
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Generic, TypeVar

from sourced_guide.build.workers import begun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path

R = TypeVar("R")
# Who has begun with a thing.
_HERE, _IN_COPY = 1, 2


class SharedWork(Generic[R]):
    """Things to make, by number from 0 on.

    `taken` says for each who has begun with it; all processes see it. Of each copy, there is the
    pipe by which it tells where in its file something is.
    """

    def __init__(self, taken: mmap, copies: Iterable[tuple[Connection, IO[bytes]]]) -> None:
        self._taken, self._open = taken, dict(copies)
        # The file, the offset and the number of bytes of what copies have made.
        self._places: dict[int, tuple[IO[bytes], int, int]] = {}

    def take(self, number: int) -> R | None:
        """Return what a copy has made, when it has; None if this process is to make it.

        Numbers are to be asked for in their order, each once.
        """
        # If a copy begins with it at this very moment, it is made twice, and is the same.
        if self._taken[number] != _IN_COPY:
            self._taken[number] = _HERE
            return None
        self._listen()
        while self._open and number not in self._places:
            wait(self._open)
            self._listen()
        file, offset, size = self._places.pop(number, (None, 0, 0))
        made: R | None = None
        if file and size:
            made = ForkingPickler.loads(os.pread(file.fileno(), size, offset))
            # The file ends with it: copies make the last things first.
            os.ftruncate(file.fileno(), offset)
        return made

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
def shared_work(
    make: Callable[[int], R | None], count: int, copies: int, folder: Path | None = None
) -> Iterator[SharedWork[R]]:
    """Start copies of this process that make some of `count` things; None is nothing to keep.

    The temporary files are in a folder, or where the system has them, which may be in memory.
    A copy that fails ends, and says nothing. All end when this context or this process does.

    Raises OSError where the system has no room for another process or file.
    """
    with ExitStack() as opened:
        taken = opened.enter_context(mmap(-1, count))
        files = [opened.enter_context(TemporaryFile(dir=folder)) for _ in range(copies)]
        work = partial(_in_copy, make, taken, files)
        told = opened.enter_context(begun(get_context("fork"), work, range(copies)))
        yield SharedWork(taken, zip(told, files, strict=True))


def _in_copy(
    make: Callable[[int], R | None],
    taken: mmap,
    files: Sequence[IO[bytes]],
    copy: int,
    told: Connection,
) -> None:
    """Make, in one of some copies of a process, what no other has begun with."""
    # What is made stays until the end; to look through it would copy the memory it is in.
    gc.disable()
    file, offset = files[copy], 0
    with suppress(Exception, SystemExit):
        for number in range(len(taken) - 1 - copy, -1, -len(files)):
            if taken[number]:
                return
            taken[number] = _IN_COPY
            made = make(number)
            size = 0 if made is None else file.write(ForkingPickler.dumps(made))
            file.flush()
            told.send((number, offset, size))
            offset += size
