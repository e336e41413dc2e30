"""What reading a text costs, in time of the processor."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def assert_cost_grows_with_length(read: Callable[[str], object], piece: str) -> None:
    """Read `piece` repeated: four times the text may take four times as long, not sixteen times."""

    def cost(length: int) -> float:
        text = piece * (length // len(piece))
        start = time.process_time()
        read(text)
        return time.process_time() - start

    short, long = cost(50_000), cost(200_000)
    # What takes next to no time has no ratio.
    assert long <= 10 * max(short, 0.02)
