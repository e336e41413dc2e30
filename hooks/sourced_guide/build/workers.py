"""Parallel work in processes or threads, none of which outlives the command."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from typing import TYPE_CHECKING, TypeVar

from sourced_guide.claims.project.io.signals import TERMINATION_SIGNALS, uninterrupted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")


def processors() -> int:
    """Return how many processors this process may use.

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
    context = get_context("spawn")
    ended, alive = context.Pipe(duplex=False)
    outcome, told = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(do, item, ended, told))
    with ended, alive, outcome, told:
        with uninterrupted(), _masked():
            process.start()
        told.close()
        try:
            result, error = outcome.recv()
        except EOFError:
            raise BrokenProcessPool("a process was killed") from None
        finally:
            alive.close()
            process.join()
    if error:
        raise error
    returned: R = result
    return returned


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


def _tell(do: Callable[[T], R], item: T, parent: Connection, told: Connection) -> None:
    """Do one thing, and tell what it returns or what it raises."""
    _end_with(parent)
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
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    threading.Thread(target=wait, daemon=True).start()
