"""Figures of a page: drawings with what leads to them, people icons, and the rest of their part."""

from __future__ import annotations

from copy import deepcopy
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING, Protocol, TypeGuard

from lxml.html import HtmlElement

from sourced_guide.build.handouts.typst_code.literal import call, content
from sourced_guide.build.handouts.typst_code.svg import picture

if TYPE_CHECKING:
    from collections.abc import Sequence

# A block, or the inline content between two blocks.
Part = list[str] | HtmlElement
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Writer(Protocol):
    """What writes the elements in a figure."""

    def blocks(self, element: HtmlElement) -> list[str]:
        """Return the content of an element."""
        ...

    def line(self, element: HtmlElement) -> str:
        """Return the content of an element without blocks."""
        ...


def is_picture(element: Part | None) -> TypeGuard[HtmlElement]:
    """Say whether an element is a figure with a drawing."""
    if not isinstance(element, HtmlElement) or element.tag != "figure":
        return False
    return bool(element.xpath(".//svg")) and "cs-people" not in element.get("class", "")


def is_picture_next(parts: Sequence[Part]) -> bool:
    """Say whether a picture comes first, or directly below headings."""
    following = dropwhile(lambda part: is_heading(part) or is_lead(part), parts)
    return is_picture(next(following, None))


def split_at_part(parts: Sequence[Part]) -> tuple[Sequence[Part], Sequence[Part]]:
    """Return what follows a picture up to the next picture or heading, and what comes then."""
    rest = list(takewhile(lambda part: not is_picture(part) and not is_heading(part), parts))
    return rest, parts[len(rest) :]


def ended(blocks: Sequence[str]) -> list[str]:
    """Return what stands before a picture, with its end marked."""
    if not blocks:
        return []
    return [*blocks[:-1], call("before-picture", content(blocks[-1:]))]


def is_lead(part: Part) -> bool:
    """Say whether a part is a paragraph that leads to a picture, which is written with it."""
    return isinstance(part, HtmlElement) and part.tag == "p" and is_picture(part.getnext())


def drawing(writer: Writer, element: HtmlElement, heads: Sequence[str], rest: Sequence[str]) -> str:
    """Return a figure with a drawing, with what stands on a sheet with it.

    These are the headings and the paragraph before it, and the rest of its part.
    """
    before = element.getprevious()
    lead = []
    if before is not None and before.tag == "p":
        lead = [call("lead", writer.line(before))]
    element = deepcopy(element)
    captions = element.xpath("./figcaption")
    for caption in captions:
        caption.drop_tree()
    told = [block for caption in captions for block in writer.blocks(caption)]
    around = {"head": heads, "lead": lead, "rest": rest}
    given = {name: content(blocks) for name, blocks in around.items() if blocks}
    return call("figure-of", content(writer.blocks(element)), content(told), **given)


def figure(writer: Writer, page: str, element: HtmlElement) -> list[str]:
    """Return a figure without a drawing: people icons, or other content."""
    if not element.xpath("./svg"):
        return [call("block", content(writer.blocks(element)))]
    [caption] = element.xpath("./figcaption") or [None]
    body = content(writer.blocks(caption)) if caption is not None else "[]"
    return [call("people", picture(page, element.xpath("./svg")[0]), body)]


def is_heading(part: Part) -> bool:
    """Say whether a part is a heading."""
    return isinstance(part, HtmlElement) and part.tag in _HEADS
