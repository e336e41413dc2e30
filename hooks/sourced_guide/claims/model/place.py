"""Positions in files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Place:
    """A position in a file.

    `file` is relative to the project; `line` and `column` count from 1, columns in characters.
    """

    file: str
    line: int = 1
    column: int = 1
