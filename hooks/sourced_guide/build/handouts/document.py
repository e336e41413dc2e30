"""The content of handouts, as code for the template."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

from sourced_guide.build.handouts.colophon import colophon_literal, page_colophon
from sourced_guide.build.handouts.page_model import (
    GlossaryEntry,
    Page,
    SiteModel,
    Source,
    has_warning,
)
from sourced_guide.build.handouts.typst_code.block_writer import BlockWriter
from sourced_guide.build.handouts.typst_code.literal import array, call, content, string
from sourced_guide.build.handouts.typst_code.reference_numbers import Numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.html import HtmlElement

# A source has one line of so many letters on A4; its title has at least the smaller number.
_LINE = 86
_TITLE = 32


def handout(model: SiteModel, page: Page) -> str:
    """Return the code of one page's handout.

    Raises UnprintableElementError where a page has an element that cannot be printed.
    """
    body, words = page.body, dict(page.words)
    if model.warning is not None and not has_warning(page):
        body = _with_warning(body, model.warning)
        words |= words_of(model.warning, model.words)
    # Not the page's own numbers: with the warning block, the first one on the sheet would not be 1.
    numbers = Numbers({}, known=addresses_of(page.sources))
    writer = BlockWriter(page, numbers)
    unexplained = {key: word for key, word in words.items() if not is_explained(body, key, word)}
    text = [*writer.blocks(body), *word_list(writer, unexplained)]
    return call(
        "handout",
        colophon_literal(page_colophon(model, page)),
        content(text),
        content(back_matter(numbers, dict(page.sources) | model.sources, level=2)),
    )


def _with_warning(body: HtmlElement, warning: HtmlElement) -> HtmlElement:
    """Return a copy of a page's text with the warning-signs block below its title, not its line."""
    body = deepcopy(body)
    for line in body.xpath("./p[@class='cs-warning']"):
        line.drop_tree()
    title = body.find("h1")
    body.insert(0 if title is None else body.index(title) + 1, deepcopy(warning))
    return body


def words_of(element: HtmlElement, words: Mapping[str, GlossaryEntry]) -> dict[str, GlossaryEntry]:
    """Return the words that an element uses."""
    used = (
        str(element_id).removeprefix("word-")
        for element_id in element.xpath(".//@aria-describedby")
    )
    return {key: words[key] for key in used if key in words}


def is_explained(body: HtmlElement, key: str, word: GlossaryEntry) -> bool:
    """Say whether a text explains a term, or is the glossary.

    The plain words come first and the term follows in brackets: "the cover of the cord (dura)".
    """
    if body.xpath(".//dt[@id=$key]", key=key):
        return True
    text = body.text_content()
    terms = "|".join(re.escape(term.text_content().strip()) for term in word.terms)
    return bool(re.search(rf"\((?:an? |the )?(?:{terms})s?[),]", text, re.IGNORECASE))


def addresses_of(sources: Mapping[str, Source]) -> dict[str, str]:
    """Return the sources that addresses belong to, by the address."""
    return {address: key for key, source in sources.items() for address in source.addresses}


def word_list(
    writer: BlockWriter,
    words: Mapping[str, GlossaryEntry],
    title: str = "Words in this handout",
) -> list[str]:
    """Return words with their definitions, in the order of the alphabet."""
    if not words:
        return []
    ordered = sorted(words.values(), key=lambda word: word.terms[0].text_content().casefold())
    entries = [writer.definition(word.terms, word.definition) for word in ordered]
    return [_title(title, 2), call("terms", *entries)]


def back_matter(numbers: Numbers, sources: Mapping[str, Source], level: int) -> Iterable[str]:
    """Yield the web addresses and sources that the text refers to."""
    if numbers.addresses:
        yield _title("Web addresses", level)
        yield call("addresses", array(map(string, numbers.addresses)))
    if numbers.sources:
        yield _title("Sources", level)
        cited = ((number, sources[key]) for key, number in numbers.sources.items())
        yield call("sources", *(_source(number, source) for number, source in cited))


def _source(number: int, source: Source) -> str:
    address = string(source.addresses[0]) if source.addresses else "none"
    return call("source", str(number), string(source_line(source)), address)


def source_line(source: Source) -> str:
    """Return a source in one line: as much of its title as has room, its kind and its year."""
    kind = source.kind.replace(" (no date given)", "")
    title = source.title
    room = max(_TITLE, _LINE - len(kind))
    if len(title) > room:
        title = title[: room - 1]
        # At the end of a word, unless it is a long one.
        title = title[: max(title.rfind(" "), room // 2)].rstrip(" .,:;–—(") + "…"
    return f"{title} {kind}"


def _title(text: str, level: int) -> str:
    return call("heading", string(text), level=str(level))
