"""Quotations in messages."""

from __future__ import annotations

# How much of a claim a message quotes.
LONGEST_CLAIM = 60


def shortened(text: str, longest: int) -> str:
    """Return `text`, cut to `longest` characters if it is longer."""
    return text if len(text) <= longest else f"{text[:longest].rstrip()}…"
