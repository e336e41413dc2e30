"""A pack as code for the template: one cover, one warning block, one list of sources."""

from __future__ import annotations

from copy import deepcopy
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from sourced_guide.build.handouts.colophon import Colophon, colophon_literal
from sourced_guide.build.handouts.document import (
    addresses_of,
    back_matter,
    is_explained,
    word_list,
    words_of,
)
from sourced_guide.build.handouts.packs.declared import TOP, pack_edition
from sourced_guide.build.handouts.typst_code.block_writer import BlockWriter
from sourced_guide.build.handouts.typst_code.literal import call, content, string
from sourced_guide.build.handouts.typst_code.reference_numbers import Numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

    from sourced_guide.build.handouts.packs.declared import Pack
    from sourced_guide.build.handouts.page_model import Page, SiteModel

_LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")
# The cover has the whole block.
_WARNING_LINE = "./p[@class='cs-warning']"


def pack_code(model: SiteModel, pack: Pack) -> str:
    """Return the code of a pack, all of whose parts are in the site.

    Raises UnprintableElementError where a page has an element that cannot be printed.
    """
    chapters = list(_chapters(model, pack))
    places = {page.place: f"chapter-{page.name}" for page, _ in chapters}
    sources = {key: source for page, _ in chapters for key, source in page.sources.items()}
    numbers = Numbers({}, places, addresses_of(sources))
    warning_page, warning = model.page(model.urgent_page), model.warning
    words, cover = {}, []
    if warning_page is not None and warning is not None:
        cover = BlockWriter(warning_page, numbers).blocks(_within(warning, [warning]))
        words = words_of(warning, model.words)
    written = []
    for page, body in chapters:
        written += BlockWriter(page, numbers).blocks(body)
        words |= words_of(body, model.words)
    whole = _within(chapters[0][1], [body for _, body in chapters])
    unexplained = {key: word for key, word in words.items() if not is_explained(whole, key, word)}
    writer = BlockWriter(chapters[0][0], numbers)
    return call(
        "pack",
        colophon_literal(_colophon(model, pack, [page for page, _ in chapters])),
        string(pack.purpose),
        content(cover),
        content(written),
        content(word_list(writer, unexplained, "Words in this pack")),
        content(
            back_matter(
                numbers,
                sources | model.sources,
                level=2,
                # Without an address, nothing leads to the whole entries.
                with_identifiers=not pack.address,
            )
        ),
    )


def _chapters(model: SiteModel, pack: Pack) -> Iterator[tuple[Page, HtmlElement]]:
    """Yield the pages of a pack with what it holds of them, below the page's title."""
    for path, parts in groupby(pack.parts, key=lambda part: part.path):
        page = model.page(path)
        if page is None:
            continue
        names = [part.part for part in parts]
        # Two parts below one heading have it once.
        found = dict.fromkeys(element for name in names for element in _part(page, name))
        body = _within(page.body, found)
        for line in body.xpath(_WARNING_LINE):
            line.drop_tree()
        for box in filter(model.is_warning, list(body)):
            box.drop_tree()
        if body.find("h1") is None:
            title = page.body.find("h1")
            if title is not None:
                body.insert(0, deepcopy(title))
        yield page, body


def _part(page: Page, name: str) -> Iterable[HtmlElement]:
    """Return a part of a page: a heading, and all up to the next one of its level; or the page."""
    if not name:
        return list(page.body)
    if name == TOP:
        return takewhile(lambda element: element.tag != "h2", page.body)
    [heading] = page.body.xpath("./*[@id=$name]", name=name)
    ends = _LEVELS[: _LEVELS.index(heading.tag) + 1]
    part = [heading]
    if heading.tag != "h2":
        part = [*heading.xpath("./preceding-sibling::h2[1]"), heading]
    for element in heading.itersiblings():
        if element.tag in ends:
            break
        part.append(element)
    return part


def _within(like: HtmlElement, elements: Iterable[HtmlElement]) -> HtmlElement:
    """Return a new element with copies of these."""
    wrapper = like.makeelement("div")
    for element in elements:
        wrapper.append(deepcopy(element))
    return wrapper


def _colophon(model: SiteModel, pack: Pack, pages: Sequence[Page]) -> Colophon:
    reviewers = {page.reviewer for page in pages}
    reviewed = min(page.reviewed for page in pages)
    return Colophon(
        f"{model.title}: {pack.title}",
        pack.title,
        pages[0].language,
        pack_edition(pack, {page.path: page.edition for page in pages}, reviewed),
        reviewed,
        min(page.next_review for page in pages),
        reviewers.pop() if len(reviewers) == 1 else "",
        pack.address,
        model.review,
        model.expert,
    )
