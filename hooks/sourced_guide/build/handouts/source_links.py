"""Links to the sources of a handout.

They go through Typst as links to the web, `source:14`. Of a link to a place in the document, Typst
has to know where that place is, so it would lay out each paragraph with such a link once more: that
took half of the time and of the memory of a booklet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# What an address of such a link begins with: see `template/text.typ`.
_SOURCE = "source:"
# A link shows so many points above the place that it leads to.
_ABOVE = 10.0


def lead_to_sources(document: pikepdf.Pdf, told: Iterable[Mapping[str, Any]]) -> None:
    """Let the links to sources lead to them, and name these links.

    `told` has the sources with the number, the page and the place of each. Assistive technology
    reads the name of a link, and "Source 14" says more than an address.
    """
    places = {str(each["number"]): each for part in told for each in part.get("sources", ())}
    if not places:
        return
    pages = [page.obj for page in document.pages]
    high = float(document.pages[0].mediabox[3])
    for page in document.pages:
        for link in page.get("/Annots", pikepdf.Array()):
            address = str(link.get("/A", pikepdf.Dictionary()).get("/URI", ""))
            if not address.startswith(_SOURCE):
                continue
            number = address.removeprefix(_SOURCE)
            place = places[number]
            top = high - max(place["y"] - _ABOVE, 0)
            del link.A
            link.Dest = pikepdf.Array(
                [
                    pages[int(place["page"]) - 1],
                    pikepdf.Name.XYZ,
                    round(place["x"], 2),
                    round(top, 2),
                    0,
                ]
            )
            link.Contents = pikepdf.String(f"Source {number}")
