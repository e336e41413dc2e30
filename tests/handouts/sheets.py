"""What a PDF says: its text, its structure, and the code printed on its first sheet."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import segno

SIZES = {"a4": (595, 842), "letter": (612, 792), "large": (595, 842)}
# Where the head and the foot of a sheet stand, in points.
RIGHT, CODE = {"a4": 90.7, "letter": 96.4, "large": 51}, {"a4": 57, "letter": 57, "large": 82}
HEAD, FOOT = {"a4": 62, "letter": 62, "large": 80}, {"a4": 102, "letter": 102, "large": 153}


@cache
def text_of(path: Path, *, whole: bool = False) -> str:
    """Return the squeezed text of a PDF; heads and feet of sheets only if `whole`."""
    tool = shutil.which("pdftotext")
    assert tool, "this needs pdftotext. On Debian or Ubuntu: apt-get install poppler-utils"
    layout = path.stem.rpartition("-")[2]
    width, height = SIZES[layout]
    body = height - HEAD[layout] - FOOT[layout]
    crop = ["-r", "72", "-x", "0", "-y", str(HEAD[layout]), "-W", str(width), "-H", str(body)]
    told = subprocess.run(
        [tool, *([] if whole else crop), str(path), "-"], capture_output=True, text=True, check=True
    )
    return squeezed(told.stdout)


def squeezed(text: str) -> str:
    """Return a text without space, and without hyphens: pdftotext drops those that end a line."""
    return re.sub(r"[\s\u200b\u00ad-]", "", text)


def structure(document: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Yield every element of the structure tree, in reading order."""

    def below(node: Any) -> Iterator[pikepdf.Dictionary]:
        if isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield node
            kids = node.get("/K", pikepdf.Array())
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                yield from below(kid)

    yield from below(document.Root.StructTreeRoot)


def tags(document: pikepdf.Pdf) -> list[str]:
    return [str(each.S).removeprefix("/") for each in structure(document)]


def alternatives(document: pikepdf.Pdf) -> list[str]:
    return [str(each.get("/Alt", "")) for each in structure(document) if each.S == "/Figure"]


def modules(address: str) -> list[list[bool]]:
    return [[bool(each) for each in row] for row in segno.make(address, error="m").matrix]


def code_on_first_sheet(path: Path, layout: str) -> list[list[bool]]:
    """Return the dark and light squares of the code in the corner of a sheet, as it is printed."""
    width, height = (4 * each for each in SIZES[layout])
    right, foot = 4 * RIGHT[layout], 4 * FOOT[layout]
    size = 4 * CODE[layout]
    tool = shutil.which("pdftoppm")
    assert tool, "this needs pdftoppm. On Debian or Ubuntu: apt-get install poppler-utils"
    # Below the rule over the foot, which runs over the code as well.
    box = {
        "-x": width - right - size,
        "-y": height - foot + 68,
        "-W": size,
        "-H": foot - 68,
    }
    corner = [str(each) for key, value in box.items() for each in (key, round(value))]
    shot = subprocess.run(
        [tool, "-r", "288", "-gray", "-l", "1", *corner, str(path)],
        capture_output=True,
        check=True,
    ).stdout
    _, wide, _, _, pixels = shot.split(maxsplit=4)
    rows = [pixels[at : at + int(wide)] for at in range(0, len(pixels), int(wide))]
    dark = [(x, y) for y, row in enumerate(rows) for x, pixel in enumerate(row) if pixel < 128]
    left, top = min(x for x, _ in dark), min(y for _, y in dark)
    # Each of the three marks in the corners is 7 squares wide.
    across = max(x for x, _ in dark) + 1 - left
    mark = next(x for x in range(left, left + across) if rows[top + 1][x] >= 128) - left
    count = round((across * 7 / mark - 17) / 4) * 4 + 17
    step = across / count
    return [
        [
            rows[int(top + (y + 0.5) * step)][int(left + (x + 0.5) * step)] < 128
            for x in range(count)
        ]
        for y in range(count)
    ]
