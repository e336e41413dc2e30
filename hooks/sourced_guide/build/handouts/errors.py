"""What stands in the way of a handout, in words that name the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SHOWN = 60


class UnwritableError(Exception):
    """A page holds what cannot be put on paper; the message names the element.

    `page` is the page's path in the docs folder, `line` that of the element in the built page.
    """

    def __init__(self, page: str, element: HtmlElement, fault: str) -> None:
        super().__init__(f"{described(element)}: {fault}")
        self.page = page
        self.line = element.sourceline or 1


def tag(element: HtmlElement) -> str:
    """Return the name of an element; its stubs allow for other documents, where it is no text."""
    return str(element.tag)


def described(element: HtmlElement) -> str:
    """Return an element as its tag, its class or id, and how its text begins."""
    name = f".{element.get('class')}".replace(" ", ".") if element.get("class") else ""
    name = f"#{element.get('id')}" if element.get("id") else name
    text = " ".join(element.text_content().split())
    start = f"{text[:_SHOWN]}…" if len(text) > _SHOWN else text
    return f"<{tag(element)}{name}>" + (f" “{start}”" if start else "")
