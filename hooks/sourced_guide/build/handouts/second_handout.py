"""A page that needs two handouts: the sheet to hand over, and the rest.

The blocks of class `paper-more` are in the second one; on a heading, the class stands for all that
is below it.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

from sourced_guide.build.handouts.errors import tag

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from sourced_guide.build.handouts.page_model import Page

_MORE = "paper-more"
_HEADS = ("h2", "h3", "h4", "h5", "h6")


def handouts_of(page: Page) -> list[Page]:
    """Return a page as one or two pages, each of which becomes a handout."""
    first, second = page.body.makeelement("article"), page.body.makeelement("article")
    # The last heading of each level, and the level of the one whose part is in the second handout.
    above: dict[str, HtmlElement] = {}
    within = ""
    for child in map(deepcopy, page.body):
        kind = tag(child)
        if kind in _HEADS:
            if kind <= within:
                within = ""
            within = within or (kind if _is_more(child) else "")
            above = {level: head for level, head in above.items() if level < kind} | {kind: child}
        if not within and not _is_more(child):
            first.append(child)
            continue
        if kind not in _HEADS:
            _give_heads(second, above)
        second.append(child)
    if not len(second):
        return [page]
    title = second.makeelement("h1")
    title.text = f"{page.title}: more"
    second.insert(0, title)
    more = replace(page, body=second, title=title.text, file=f"{page.name}-more")
    return [replace(page, body=first, has_more=True), more]


def _is_more(element: HtmlElement) -> bool:
    # A comment has no attributes, not even none.
    return _MORE in (element.get("class") or "").split()


def _give_heads(body: HtmlElement, heads: dict[str, HtmlElement]) -> None:
    """Put the headings that a block stands below above it, if the body does not have them yet."""
    has = {head.get("id") for head in body.iter(*_HEADS)}
    for _, head in sorted(heads.items()):
        if head.get("id") not in has:
            body.append(deepcopy(head))
