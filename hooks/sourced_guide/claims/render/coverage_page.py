"""Coverage for readers: how much of each page has a source, and how much of it was read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from sourced_guide.claims.model.statement import PageText, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.render.references_page import Href
    from sourced_guide.claims.report.coverage import PageCoverage

_PAGE_SUMMARY = (
    "{} statements, {} with a source, {} only from sources read in part; no good source found: {}"
)
# How a page begins the statement that its authors found no good source.
_FOUND_NONE = re.compile(r"We found no\b")


def coverage_directive(guide: Guide, coverage: Sequence[PageCoverage], href: Href) -> Element:
    """Return a summary of the guide's coverage, and a list of its pages with theirs."""
    pages = [page for page in coverage if page.statements and guide.project.has_page(page.path)]
    rows = [(page, _figures(page, guide)) for page in pages]
    totals = [sum(column) for column in zip(*(figures for _, figures in rows), strict=True)]
    part = Element("div", {"class": "cs-coverage"})
    SubElement(part, "p").text = _summary(pages, totals or [0] * 4)
    if ignored := ", ".join(guide.project.options.ignored):
        SubElement(part, "p").text = f"These rules of the check are switched off: {ignored}."
    box = SubElement(part, "details")
    SubElement(box, "summary").text = "Page by page"
    entries = SubElement(box, "ul")
    for page, figures in rows:
        link = SubElement(SubElement(entries, "li"), "a", {"href": href(page.path, "")})
        link.text = guide.page(page.path).file.title
        link.tail = f": {_PAGE_SUMMARY.format(*figures)}"
    return part


def _summary(pages: list[PageCoverage], totals: list[int]) -> str:
    statements, sourced, in_part, found_none = totals
    links = sum(page.confirmed + page.stale + page.never_confirmed for page in pages)
    confirmed = sum(page.confirmed for page in pages)
    return (
        f"When this guide was last built, its {len(pages)} pages made {statements} statements, "
        f"{sourced} of them with a source. Of these, {in_part} rest only on sources that we read "
        f"in part or as a summary. In {found_none} places the guide says that we found no good "
        f"source. So far people have read {confirmed} of {links} pairs of sentence and source "
        "together and signed for them."
    )


def _figures(page: PageCoverage, guide: Guide) -> tuple[int, int, int, int]:
    text = guide.page(page.path).text
    return page.statements, page.sourced, _read_in_part(text, guide), _found_none(text)


def _read_in_part(page: PageText, guide: Guide) -> int:
    """Count the claims none of whose sources was read whole."""
    sources = guide.references.sources
    return sum(
        all(sources[cited.key].read != "full" for cited in claim.citations if cited.key in sources)
        for claim in page.claims
        if claim.citations
    )


def _found_none(page: PageText) -> int:
    return sum(
        statement.role is Role.EDITORIAL and bool(_FOUND_NONE.match(statement.text))
        for statement in page.statements
    )
