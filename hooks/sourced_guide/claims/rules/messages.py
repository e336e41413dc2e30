"""How a message quotes what was written."""

from __future__ import annotations


def shortened(text: str, longest: int) -> str:
    """Return `text`, cut to `longest` characters where it has more."""
    return text if len(text) <= longest else f"{text[:longest].rstrip()}…"
