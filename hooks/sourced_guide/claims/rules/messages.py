"""Quotations in messages."""

from __future__ import annotations


def shortened(text: str, longest: int) -> str:
    """Return `text`, cut to `longest` characters if it is longer."""
    return text if len(text) <= longest else f"{text[:longest].rstrip()}…"
