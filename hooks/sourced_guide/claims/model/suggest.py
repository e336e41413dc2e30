"""The "did you mean" of every message: only ever something that exists."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """Return `did you mean 'x'?` for the known word closest to `written`, or an empty string."""
    by_lower = {word.lower(): word for word in known}
    close = get_close_matches(written.lower(), by_lower, n=1, cutoff=0.6)
    return f"did you mean '{by_lower[close[0]]}'?" if close else ""
