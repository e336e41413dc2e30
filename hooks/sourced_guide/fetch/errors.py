"""Why there is no snapshot: the source is gone or unreachable."""

from __future__ import annotations


class UnreachableError(Exception):
    """The source could not be fetched; the text says why."""


class GoneError(Exception):
    """The host says that there is no such page; the text is its status line (404 or 410)."""
