"""Words that are too small in large print, in drawings, too."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from bench.sheets.filled import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# A word is as high as its letters are large, in points.
_SMALLEST = 18
_ROUNDED = 0.01


def small_words(file: Path) -> Iterator[str]:
    """Yield the sheets of a PDF that have smaller words, with the smallest one."""
    command = ["pdftotext", "-bbox", str(file), "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for number, sheet in enumerate(said.split("<page ")[1:], 1):
        size, word = min(
            ((float(bottom) - float(top), word) for top, bottom, word in WORD.findall(sheet)),
            default=(_SMALLEST, ""),
        )
        if size < _SMALLEST - _ROUNDED:
            yield f"{file.name}: “{word}” on sheet {number} has {size:.1f} points"
