"""The booklet: the whole guide in one PDF, as code for the template."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from sourced_guide.build.handouts.colophon import Colophon, colophon_literal
from sourced_guide.build.handouts.document import addresses_of, back_matter
from sourced_guide.build.handouts.page_model import CARD_PART, GLOSSARY
from sourced_guide.build.handouts.typst_code.block_writer import BlockWriter
from sourced_guide.build.handouts.typst_code.literal import array, call, content, string
from sourced_guide.build.handouts.typst_code.reference_numbers import Numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from sourced_guide.build.handouts.page_model import Page, SiteModel

BOOKLET = "guide"
# The pages before the first part.
_FIRST_PART = "Start here"
_FULL = "./div[starts-with(@class, 'admonition danger')]"
_LINE = "./p[@class='cs-warning']"
# Text about the handout of a page, which the booklet is not.
_ABOUT_HANDOUT = ".//*[contains(@class, 'editorial') and contains(@class, 'paper-only')]"
# Where the booklet has the whole block.
_WARNING_LABEL = "warning-block"


def booklet(model: SiteModel) -> str:
    """Return the code of the whole guide: a chapter for each page, its sources once at the end.

    Raises UnprintableElementError where a page has an element that cannot be printed.
    """
    left_out = [page for page in model.pages if _is_sheet(page)]
    pages = [page for page in model.pages if page not in left_out]
    numbers = Numbers({}, dict(_labels(pages)), addresses_of(model.sources))
    # The line leads to the whole block.
    in_line = replace(
        numbers, chapters={**numbers.chapters, f"/{_folder(model.urgent_page)}/": _WARNING_LABEL}
    )
    warning = _warning(model, numbers)
    line = _line(pages, in_line) if warning else []
    text = [
        code
        for part, chapters in groupby(pages, key=lambda page: page.part)
        for code in (
            call("part", string(part or _FIRST_PART)),
            *(_chapter(page, numbers, line, at) for at, page in enumerate(chapters)),
        )
    ]
    return call(
        "booklet",
        colophon_literal(_colophon(model, pages)),
        string(model.description),
        content(warning),
        array(string(page.title) for page in left_out),
        content(text),
        content(back_matter(numbers, model.sources, level=1)),
    )


def _is_sheet(page: Page) -> bool:
    """Say whether a page is a sheet or a card to fill in, a file of its own to take along."""
    return page.name.startswith("sheet-") or bool(page.body.xpath(CARD_PART))


def _labels(pages: list[Page]) -> Iterator[tuple[str, str]]:
    """Yield the labels of chapters and of their headings, by their addresses."""
    for page in pages:
        name = f"chapter-{page.name}"
        yield page.place, name
        for key in page.body.xpath(".//*[self::h2 or self::h3 or self::h4]/@id"):
            yield f"{page.place}#{key}", f"{name}--{key}"


def _folder(path: str) -> str:
    return path.rpartition(".")[0]


def _warning(model: SiteModel, numbers: Numbers) -> list[str]:
    """Return the whole warning block, if the guide has one."""
    page = model.page(model.urgent_page)
    if page is None or model.warning is None:
        return []
    wrapper = model.warning.makeelement("div")
    wrapper.append(deepcopy(model.warning))
    return BlockWriter(page, numbers).blocks(wrapper)


def _line(pages: list[Page], numbers: Numbers) -> list[str]:
    """Return the warning block in one line, as most pages have it."""
    for page in pages:
        for line in page.body.xpath(_LINE):
            return [call("par", BlockWriter(page, numbers).line(line))]
    return []


def _chapter(page: Page, numbers: Numbers, line: list[str], at: int) -> str:
    """Return a chapter: its title, the warning block in one line, and the text.

    `at` is its number in its part, from 0.
    """
    body = deepcopy(page.body)
    left_out = f"{_FULL} | {_LINE} | {_ABOUT_HANDOUT}" if line else f"{_LINE} | {_ABOUT_HANDOUT}"
    for block in body.xpath(left_out):
        block.drop_tree()
    title = body.find("h1")
    writer = BlockWriter(page, numbers)
    heading = []
    if title is not None:
        heading = writer.blocks(_alone(title))
        title.drop_tree()
    text = writer.blocks(body)
    kind = "entries" if page.path == GLOSSARY else "chapter"
    first = str(at == 0).lower()
    return call(kind, content(heading), content(line), content(text), first=first)


def _alone(element: HtmlElement) -> HtmlElement:
    """Return a new element with a copy of this one."""
    wrapper = element.makeelement("div")
    wrapper.append(deepcopy(element))
    return wrapper


def _colophon(model: SiteModel, pages: list[Page]) -> Colophon:
    start = pages[0]
    reviewers = {page.reviewer for page in pages}
    return Colophon(
        model.title,
        model.title,
        start.language,
        model.edition,
        min(page.reviewed for page in pages),
        min(page.next_review for page in pages),
        reviewers.pop() if len(reviewers) == 1 else "",
        start.address,
        model.review,
        model.expert,
    )
