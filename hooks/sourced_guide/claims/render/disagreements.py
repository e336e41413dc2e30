"""The list of all "Sources differ" boxes, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourced_guide.claims.model.statement import PageText, Statement
    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.render.references_page import Href

TITLE = "Sources differ"


def differences_directive(guide: Guide, href: Href) -> Element:
    """Return every "Sources differ" box as one list, with links to their places."""
    part = Element("ul", {"class": "cs-differences"})
    for file, page in guide.pages:
        boxes = list(_boxes(page))
        if not boxes or not guide.project.has_page(file.path):
            continue
        # Not headings: the table of contents is made before this list.
        page_item = SubElement(part, "li")
        SubElement(page_item, "strong").text = file.title
        entries = SubElement(page_item, "ul")
        for box in boxes:
            entry = SubElement(entries, "li")
            entry.text = " ".join(statement.text for statement in box) + " "
            anchor = next((statement.anchor for statement in box if statement.anchor), "")
            SubElement(entry, "a", {"href": href(file.path, anchor)}).text = "See it on its page"
    return part


def _boxes(page: PageText) -> Iterator[list[Statement]]:
    box: list[Statement] = []
    for statement in page.statements:
        if statement.kind == "box title" or statement.box != TITLE:
            if box:
                yield box
            box = []
        else:
            box.append(statement)
    if box:
        yield box
