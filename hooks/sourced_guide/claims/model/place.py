"""Positions in files."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A position in a file.

    `file` is relative to the project; `line` and `column` count from 1, columns in characters.
    """

    file: str
    line: int = 1
    column: int = 1
