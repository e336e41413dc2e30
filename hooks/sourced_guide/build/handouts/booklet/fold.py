"""The booklet laid out for folding: pages of A5 on both sides of sheets of A4.

Each part of the guide is a section of its own: its sheets, laid on each other as they are printed,
are folded in the middle and stapled. Such sheets cannot be read in the order of their pages, so the
file has no tags: its title says so, and names the booklet that has them.
"""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Dictionary, Name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Two pages are on each of its two sides.
_A_SHEET = 4
# A section of fewer pages is part of the next one. More sheets than these cannot be folded.
_FEWEST = 8
_MOST = 80
_A4 = (841.89, 595.28)

# The numbers of the pages on a side, on its left and on its right; None is a blank page.
Side = tuple[int | None, int | None]


def to_fold(booklet: bytes) -> bytes:
    """Return a booklet of A5 pages on sheets of A4, to be printed on both sides."""
    output = BytesIO()
    with pikepdf.open(BytesIO(booklet)) as pages, pikepdf.new() as sheets:
        title = str(pages.docinfo["/Title"])
        sheets.docinfo["/Title"] = f"{title}, to fold (not tagged: use guide-a4.pdf to listen)"
        for key in ("/Author", "/Subject"):
            if key in pages.docinfo:
                sheets.docinfo[key] = str(pages.docinfo[key])
        sheets.Root.Lang = pages.Root.Lang
        sheets.Root.ViewerPreferences = Dictionary(
            DisplayDocTitle=True, Duplex=Name.DuplexFlipShortEdge
        )
        for first, end in sections(_beginnings(pages), len(pages.pages)):
            for side in sides(first, end):
                _add_side(sheets, pages, side)
        sheets.save(
            output,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return output.getvalue()


def sections(beginnings: Sequence[int], count: int) -> Iterator[tuple[int, int]]:
    """Yield the first page of each section and the page after its last, counted from 0.

    A section begins where a part begins on a right-hand page.
    """
    bounds = [0]
    for page in beginnings:
        if page % 2 == 0 and page - bounds[-1] >= _FEWEST and count - page >= _FEWEST:
            bounds.append(page)
    for first, end in pairwise([*bounds, count]):
        parts = -(-(end - first) // _MOST)
        # Pages of whole sheets, as many in each.
        size = -(-(end - first) // parts // _A_SHEET) * _A_SHEET
        for begin in range(first, end, max(size, _A_SHEET)):
            yield begin, min(begin + size, end)


def sides(first: int, end: int) -> Iterator[Side]:
    """Yield the sides of a section's sheets, the front of each before its back."""
    count = -(-(end - first) // _A_SHEET) * _A_SHEET

    def page(at: int) -> int | None:
        return first + at if first + at < end else None

    for at in range(0, count // 2, 2):
        yield page(count - 1 - at), page(at)
        yield page(at + 1), page(count - 2 - at)


def _beginnings(pages: pikepdf.Pdf) -> list[int]:
    """Return the numbers of the pages on which parts begin, by the bookmarks."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pages.pages)}
    with pages.open_outline() as outline:
        targets = [entry.destination for entry in outline.root]
    found = {numbers[target[0].objgen] for target in targets if isinstance(target, pikepdf.Array)}
    return sorted(found)


def _add_side(sheets: pikepdf.Pdf, pages: pikepdf.Pdf, side: Side) -> None:
    wide, high = _A4
    forms, drawn = Dictionary(), []
    for place, number in enumerate(side):
        if number is not None:
            name = f"/Page{number + 1}"
            page = pages.pages[number]
            forms[name] = sheets.copy_foreign(page.as_form_xobject())
            left = place * wide / 2 + (wide / 2 - float(page.mediabox[2])) / 2
            drawn.append(f"q 1 0 0 1 {left:.2f} 0 cm {name} Do Q")
    sheet = sheets.add_blank_page(page_size=(wide, high))
    sheet.Resources = Dictionary(XObject=forms)
    sheet.Contents = sheets.make_stream(" ".join(drawn).encode())
