"""The names of links to sources: Typst names a link by the page that it leads to.

Assistive technology reads the name, and "Source 14" says more than "page 9".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# A link of Typst leads to so many points above a place.
_ABOVE = 10.0
# How far, in points, a place may be off.
_NEAR = 2.0


def name_links(document: pikepdf.Pdf, told: Iterable[Mapping[str, float]]) -> None:
    """Name the links to sources; `told` has the number of each source, its page and its place."""
    places = [each for each in told if "source" in each]
    if not places:
        return
    numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
    high = float(document.pages[0].mediabox[3])
    for page in document.pages:
        for link in page.get("/Annots", pikepdf.Array()):
            # A booklet's places have names, or are in an action.
            to = link.get("/Dest")
            if not isinstance(to, pikepdf.Array):
                continue
            at, y = to[0], to[3]
            near = [
                (abs(high - max(place["y"] - _ABOVE, 0) - float(y)), place["source"])
                for place in places
                if place["page"] == numbers[at.objgen]
            ]
            if near and min(near)[0] < _NEAR:
                link.Contents = pikepdf.String(f"Source {min(near)[1]}")
