"""What a PDF says: its text, its structure, and what is seen of its first sheet."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import zxingcpp
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIZES = {"a4": (595, 842), "letter": (612, 792), "large": (595, 842), "fold": (842, 595)}
# Where the head and the foot of a sheet stand, in points.
HEAD, FOOT = {"a4": 65, "letter": 65, "large": 68}, {"a4": 68, "letter": 68, "large": 79}
# In the booklet, both are lower.
BOOKLET_HEAD, BOOKLET_FOOT = 48, {"a4": 52, "letter": 52, "large": 90}


@cache
def text_of(path: Path, *, whole: bool = False) -> str:
    """Return the squeezed text of a PDF; heads and feet of sheets only if `whole`."""
    return "".join(sheets_of(path, whole=whole))


@cache
def sheets_of(path: Path, *, whole: bool = False) -> list[str]:
    """Return the squeezed text of each sheet of a PDF."""
    tool = shutil.which("pdftotext")
    assert tool, "this needs pdftotext. On Debian or Ubuntu: apt-get install poppler-utils"
    layout = path.stem.rpartition("-")[2]
    width, height = SIZES[layout]
    head, foot = HEAD[layout], FOOT[layout]
    # As it was written, because a booklet has two columns.
    order = []
    if path.stem.startswith("guide-"):
        head, foot, order = BOOKLET_HEAD, BOOKLET_FOOT[layout], ["-raw"]
    body = height - head - foot
    crop = ["-r", "72", "-x", "0", "-y", str(head), "-W", str(width), "-H", str(body)]
    result = subprocess.run(
        [tool, *order, *([] if whole else crop), str(path), "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    # A form feed ends each sheet.
    return [squeezed(sheet) for sheet in result.stdout.split("\f")[:-1]]


def copied(path: Path) -> str:
    """Return the text of a PDF as it is copied."""
    tool = shutil.which("pdftotext")
    assert tool
    return subprocess.run([tool, str(path), "-"], capture_output=True, text=True, check=True).stdout


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


def scanned(path: Path) -> list[str]:
    """Return what the codes on the first sheet of a PDF say, printed and read as by a phone."""
    with Image.open(BytesIO(printed(path, dots_per_inch=150))) as sheet:
        return [code.text for code in zxingcpp.read_barcodes(sheet)]


def printed(path: Path, dots_per_inch: int) -> bytes:
    """Return the first sheet of a PDF as a PNG in gray."""
    tool = shutil.which("pdftoppm")
    assert tool, "this needs pdftoppm. On Debian or Ubuntu: apt-get install poppler-utils"
    command = [tool, "-r", str(dots_per_inch), "-gray", "-png", "-l", "1", str(path)]
    return subprocess.run(command, capture_output=True, check=True).stdout
