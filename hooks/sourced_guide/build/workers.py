"""Parallel work in processes or threads, none of which outlives the command."""

from __future__ import annotations

import os
import signal
import sys
import threading
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from math import ceil
from multiprocessing import get_context
from multiprocessing.context import ForkContext
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sourced_guide.claims.project.io.signals import TERMINATION_SIGNALS, uninterrupted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnContext
    from multiprocessing.process import BaseProcess

# What Linux tells a process in a container.
CONTAINER_LIMIT = Path("/sys/fs/cgroup/cpu.max")

T = TypeVar("T")
R = TypeVar("R")


def processors() -> int:
    """Return how many processors this process may use, of which a container may have a share."""
    count = _allowed_processors()
    with suppress(OSError, ValueError):
        # How much time of processors in what time, or `max`:
        # https://docs.kernel.org/admin-guide/cgroup-v2.html#cpu-interface-files
        time, period = map(int, CONTAINER_LIMIT.read_text("ascii").split())
        count = min(count, ceil(time / period))
    return count


def _allowed_processors() -> int:
    """Return how many processors the system lets this process run on.

    `process_cpu_count` is new in Python 3.13, `sched_getaffinity` is on Linux only.
    """
    if hasattr(os, "process_cpu_count"):
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def in_threads(do: Callable[[T], R], work: Sequence[T]) -> Iterator[dict[Future[R], T]]:
    """Start all work in threads and yield the futures. After an error, no more is started."""
    with ThreadPoolExecutor(processors()) as pool, _abandoned_on_failure(pool):
        yield {pool.submit(do, item): item for item in work}


@contextmanager
def in_processes(do: Callable[[T], R], work: Sequence[T]) -> Iterator[dict[Future[R], T]]:
    """Start all work in processes and yield the futures. After an error, they end at once.

    They also end when this process is killed, which closes the other end of their pipe.
    """
    context = get_context("spawn")
    ended, alive = context.Pipe(duplex=False)
    count = min(processors(), len(work))
    with _masked():
        pool = ProcessPoolExecutor(count, context, initializer=_end_with, initargs=(ended,))
    with ended, alive, pool, _abandoned_on_failure(pool, alive):
        # A process that is still starting cannot be stopped cleanly.
        with uninterrupted(), _masked():
            begun = {pool.submit(do, item): item for item in work}
        yield begun


def in_a_process(do: Callable[[T], R], item: T) -> R:
    """Do one thing in a process that does nothing else, and return what it returns.

    It also ends when this process is killed. What it raises is raised here.

    Raises BrokenProcessPool where it is killed.
    """
    with begun(get_context("spawn"), partial(_tell, do), [item]) as outcomes:
        try:
            result, error = outcomes[0].recv()
        except EOFError:
            raise BrokenProcessPool("a process was killed") from None
    if error:
        raise error
    returned: R = result
    return returned


def can_fork() -> bool:
    """Say whether a copy of this process can go on with all that it has in memory.

    On macOS, libraries of the system may crash in it, and no copy has the threads of this process,
    which may hold locks.
    """
    return sys.platform == "linux" and threading.active_count() == 1


@contextmanager
def beside(do: Callable[[T], R], work: Sequence[T]) -> Iterator[Iterator[R | None]]:
    """Start a process for each thing to do.

    Yield what they return, in this order: None for one that fails or is killed. They also end when
    this process does.
    """
    with begun(get_context("spawn"), partial(_tell, do), work) as outcomes:
        yield map(_outcome, outcomes)


def _outcome(told: Connection) -> Any:
    with suppress(EOFError):
        return told.recv()[0]
    return None


@contextmanager
def begun(
    context: SpawnContext | ForkContext, do: Callable[[T, Connection], None], work: Sequence[T]
) -> Iterator[Sequence[Connection]]:
    """Start a process for each thing to do; yield the other ends of the pipes that `do` is given.

    They end when this context or this process does.
    """
    ended, alive = context.Pipe(duplex=False)
    # A copy of this process has this end, too.
    others = alive if isinstance(context, ForkContext) else None
    started: list[BaseProcess] = []
    outcomes: list[Connection] = []
    with ExitStack() as opened:
        opened.enter_context(ended)
        opened.enter_context(alive)
        try:
            with uninterrupted(), _masked():
                for item in work:
                    outcome, told = context.Pipe(duplex=False)
                    outcomes.append(opened.enter_context(outcome))
                    process: BaseProcess = context.Process(
                        target=_in_process, args=(do, item, ended, others, told)
                    )
                    with told:
                        process.start()
                    started.append(process)
            yield outcomes
        finally:
            alive.close()
            for process in started:
                process.join()


@contextmanager
def _abandoned_on_failure(pool: Executor, alive: Connection | None = None) -> Iterator[None]:
    try:
        yield
    except BaseException:
        if alive:
            alive.close()
        pool.shutdown(cancel_futures=True)
        raise


@contextmanager
def _masked() -> Iterator[None]:
    """Start processes with signals blocked that go to the whole group: we end them ourselves."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, TERMINATION_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _in_process(
    do: Callable[[T, Connection], None],
    item: T,
    parent: Connection,
    others: Connection | None,
    told: Connection,
) -> None:
    if others:
        others.close()
    _end_with(parent)
    do(item, told)


def _tell(do: Callable[[T], R], item: T, told: Connection) -> None:
    """Do one thing, and tell what it returns or what it raises."""
    try:
        told.send((do(item), None))
    except Exception as error:  # noqa: BLE001 (who asked raises it again)
        told.send((None, error))


def _end_with(parent: Connection) -> None:
    """End this process as soon as the other end of the pipe is closed."""

    def wait() -> None:
        with suppress(EOFError, OSError):
            parent.recv_bytes()
        os._exit(1)

    if hasattr(signal, "pthread_sigmask"):
        # A broken pool ends its processes with this signal.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    threading.Thread(target=wait, daemon=True).start()
