"""How far a command has come, shown to a person at a terminal and to nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from tqdm import tqdm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future

T = TypeVar("T")


def progress(of: str) -> Callable[[Iterable[Future[T]], int], Iterable[Future[T]]]:
    """Return what passes on what is done, of so many, and shows a bar with the name `of`."""

    def watched(done: Iterable[Future[T]], count: int) -> Iterable[Future[T]]:
        # `disable=None`: a bar on a terminal only.
        passed: Iterable[Future[T]] = tqdm(
            done, total=count, desc=of, unit="", leave=False, disable=None
        )
        return passed

    return watched
