"""Reviews for readers: who has read the guide, and the head of each of their logs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from sourced_guide.claims.review.levels import levels_of, log_heads

if TYPE_CHECKING:
    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.render.references_page import Href

_NOBODY = "So far no review by a person is on record."
_HEADS = (
    "Each review is kept as a chain of answers. These are the last digests of the chains. By them, "
    "a later change of an answer shows."
)


def reviews_directive(guide: Guide, _href: Href) -> Element:
    """Return who has read the guide as it is now, and the heads of all review logs."""
    part = Element("div", {"class": "cs-reviews"})
    heads = log_heads(guide)
    if not heads:
        SubElement(part, "p").text = _NOBODY
        return part
    SubElement(part, "p").text = levels_of(guide)[1].says
    box = SubElement(part, "details")
    SubElement(box, "summary").text = "Digests of the reviews"
    SubElement(box, "p").text = _HEADS
    entries = SubElement(box, "ul")
    for head in heads:
        entry = SubElement(entries, "li")
        entry.text = f"{head['name']}, {head['entries']} answers: "
        SubElement(entry, "code").text = head["head"]
    return part
