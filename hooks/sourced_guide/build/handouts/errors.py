"""Errors of handouts, which name the page and the element."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SHOWN = 60


class UnprintableElementError(Exception):
    """A page has an element that cannot be printed; the message names it.

    `page` is the page's path in the docs folder, `line` that of the element in the built page.
    """

    def __init__(self, page: str, element: HtmlElement, fault: str) -> None:
        super().__init__(f"{described(element)}: {fault}")
        self.page = page
        self.line = element.sourceline or 1


def tag(element: HtmlElement) -> str:
    """Return the tag of an element as text, which lxml's stubs do not guarantee."""
    return str(element.tag)


def described(element: HtmlElement) -> str:
    """Return a description of an element: its tag, its class or id, and the start of its text."""
    name = f".{element.get('class')}".replace(" ", ".") if element.get("class") else ""
    name = f"#{element.get('id')}" if element.get("id") else name
    text = " ".join(element.text_content().split())
    start = f"{text[:_SHOWN]}…" if len(text) > _SHOWN else text
    return f"<{tag(element)}{name}>" + (f" “{start}”" if start else "")
