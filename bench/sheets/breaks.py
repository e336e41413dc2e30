"""What a break between sheets puts apart: a question and its list, a picture and its part.

The tags of a PDF have its lists, pictures and headings in reading order; its bookmarks have the
places of the headings.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import pikepdf

from sourced_guide.build.handouts.typst_code.elements import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


class Spot(NamedTuple):
    """A place in a PDF: the number of a sheet, and how far down on it, in points."""

    sheet: int
    down: float


class Part(NamedTuple):
    """A heading, or the beginning of a PDF, with what is below it up to the next heading."""

    title: str
    lists: list[pikepdf.Dictionary]
    pictures: list[pikepdf.Dictionary]


def breaks(file: Path) -> Iterator[str]:
    """Yield what is apart from what it belongs to."""
    with pikepdf.open(file) as document:
        sheets = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
        parts = list(_parts(document))
        for questions in (each for part in parts if part.title == QUESTIONS for each in part.lists):
            counts = list(Counter(_sheets_of_items(questions, sheets)).values())
            if len(counts) > 1 and 1 in (counts[0], counts[-1]):
                said = " and ".join(map(str, counts))
                yield f"{file.name}: a question stands alone: {said} on sheets in a row"
        # A booklet has columns, and its pictures stand where they are told of.
        if file.stem.startswith("guide-"):
            return
        places = _places((part.title for part in parts), _bookmarks(document, sheets))
        for part, following in zip(parts, [*places[1:], None], strict=True):
            for spot in (_spot(picture, document, sheets) for picture in part.pictures):
                if following and spot and following < spot:
                    said = f"the picture of “{part.title}” is below the next heading"
                    yield f"{file.name}: {said}, on sheet {spot.sheet}"


def _parts(document: pikepdf.Pdf) -> Iterator[Part]:
    part = Part("", [], [])
    for element in _elements(document.Root.StructTreeRoot):
        kind = str(element.S)
        if re.fullmatch("/H[1-6]", kind):
            yield part
            part = Part(str(element.get("/T", "")), [], [])
        elif kind == "/L":
            part.lists.append(element)
        elif kind == "/Figure":
            part.pictures.append(element)
    yield part


def _elements(node: Any) -> Iterator[pikepdf.Dictionary]:
    for kid in _kids(node):
        if isinstance(kid, pikepdf.Dictionary):
            if "/S" in kid:
                yield kid
            yield from _elements(kid)


def _kids(node: Any) -> list[Any]:
    kids = node.get("/K", pikepdf.Array())
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _sheets_of_items(found: pikepdf.Dictionary, sheets: dict[tuple[int, int], int]) -> list[int]:
    """Return the sheet that each item of a list begins on."""
    return [
        min(sheets[each.Pg.objgen] for each in _elements(item) if "/Pg" in each)
        for item in _kids(found)
        if item.S == "/LI"
    ]


def _bookmarks(document: pikepdf.Pdf, sheets: dict[tuple[int, int], int]) -> list[tuple[str, Spot]]:
    high = float(document.pages[0].mediabox[3])

    def below(entries: Iterable[pikepdf.OutlineItem]) -> Iterator[tuple[str, Spot]]:
        for entry in entries:
            to: Any = entry.destination
            yield str(entry.title), Spot(sheets[to[0].objgen], high - float(to[3]))
            yield from below(entry.children)

    with document.open_outline() as outline:
        return list(below(outline.root))


def _places(titles: Iterable[str], bookmarks: list[tuple[str, Spot]]) -> list[Spot | None]:
    """Return the place of each heading; not every heading has a bookmark."""
    places: list[Spot | None] = []
    for title in titles:
        names = [name for name, _ in bookmarks]
        at = names.index(title) if title in names else None
        places.append(None if at is None else bookmarks[at][1])
        bookmarks = bookmarks if at is None else bookmarks[at + 1 :]
    return places


def _spot(
    picture: pikepdf.Dictionary, document: pikepdf.Pdf, sheets: dict[tuple[int, int], int]
) -> Spot | None:
    attributes: Any = picture.get("/A", pikepdf.Array())
    for each in attributes:
        if "/BBox" in each and "/Pg" in picture:
            high = float(document.pages[0].mediabox[3])
            return Spot(sheets[picture.Pg.objgen], high - float(each.BBox[3]))
    return None
