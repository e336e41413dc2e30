"""How full the sheets of handouts are: a handout is rendered, and its text looked at.

A sheet is as full as far down as it shows anything, its head and foot aside. Of a last sheet only
its text counts, not the lines for notes.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LAYOUTS = ("a4", "letter", "large")
# More of a sheet than this is too much to be blank, less of a last sheet than this too little text.
MOST_BLANK = 0.4
LEAST_TEXT = 1 / 3
# Set apart from the rest: booklets, packs, posters and the card are no handouts of a page.
_OTHER = re.compile(r"(?:guide|card|pack|poster)-")
# The head and the foot of a sheet, in points.
_HEAD = {"a4": 65, "letter": 65, "large": 68}
_FOOT = {"a4": 68, "letter": 68, "large": 79}
_DOTS_PER_INCH = 18
_POINTS = 72
WORD = re.compile(r'yMin="([\d.]+)".*?yMax="([\d.]+)">(.*?)</word>')


@dataclass(frozen=True)
class Filled:
    """How full the sheets of a handout are, in parts of 1, and its last one with text alone."""

    name: str
    sheets: list[float]
    last: float

    @property
    def layout(self) -> str:
        """The layout of a handout."""
        return self.name.rpartition("-")[2]

    @property
    def faults(self) -> Iterator[str]:
        """Yield what is wrong with its sheets."""
        for number, full in enumerate(self.sheets[:-1], 1):
            if 1 - full > MOST_BLANK:
                yield f"{self.name}.pdf: {1 - full:.0%} of sheet {number} is blank"
        if len(self.sheets) > 1 and self.last < LEAST_TEXT:
            yield f"{self.name}.pdf: the last sheet is filled to {self.last:.0%}"


def filled(file: Path) -> Filled:
    """Measure a handout."""
    layout = file.stem.rpartition("-")[2]
    command = ["pdftoppm", "-r", str(_DOTS_PER_INCH), "-gray", str(file)]
    rendered = subprocess.run(command, capture_output=True, check=True).stdout
    sheets = [_shown(sheet, layout) for sheet in _images(rendered)]
    return Filled(file.stem, sheets, _text_of_last(file, len(sheets), layout))


def handouts(folder: Path) -> list[Path]:
    """Return the handouts of pages in a folder."""
    files = (file for layout in LAYOUTS for file in sorted(folder.glob(f"*-{layout}.pdf")))
    return [file for file in files if not _OTHER.match(file.name)]


def _images(rendered: bytes) -> Iterator[Image.Image]:
    """Yield the images in the output of pdftoppm, which stand one after the other."""
    at = 0
    while at < len(rendered):
        image = Image.open(BytesIO(rendered[at:]))
        wide, high = image.size
        yield image
        at += len(f"P5\n{wide} {high}\n255\n") + wide * high


def _shown(sheet: Image.Image, layout: str) -> float:
    wide, high = sheet.size
    top, bottom = (each[layout] * _DOTS_PER_INCH // _POINTS for each in (_HEAD, _FOOT))
    body = sheet.crop((0, top, wide, high - bottom))
    box = body.point(partial(_ink)).getbbox()
    return box[3] / body.height if box else 0


def _ink(gray: int) -> int:
    return 255 if gray < 225 else 0


def _text_of_last(file: Path, number: int, layout: str) -> float:
    command = ["pdftotext", "-bbox", "-f", str(number), str(file), "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    [high] = re.findall(r'<page width="[\d.]+" height="([\d.]+)"', said)
    head, foot = _HEAD[layout], float(high) - _FOOT[layout]
    end = float(head)
    words = [(float(top), float(bottom), word) for top, bottom, word in WORD.findall(said)]
    for (top, bottom, word), following in zip(words, [*words[1:], (0, 0, "")], strict=True):
        if (word, following[2]) == ("My", "notes"):
            break
        if top > head - 4 and bottom < foot + 4:
            end = max(end, bottom)
    return (end - head) / (foot - head)
