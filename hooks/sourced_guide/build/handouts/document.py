"""The content of handouts, as code for the template."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

from sourced_guide.build.handouts.colophon import colophon_literal, page_colophon
from sourced_guide.build.handouts.typst_code.block_writer import BlockWriter
from sourced_guide.build.handouts.typst_code.literal import array, call, content, string
from sourced_guide.build.handouts.typst_code.reference_numbers import Numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.html import HtmlElement

    from sourced_guide.build.handouts.page_model import GlossaryEntry, Page, SiteModel, Source

# A source has one line of so many letters on A4; its title has at least the smaller number.
_LINE = 86
_TITLE = 32
# What names a work wherever it is looked up.
_IDENTIFIER = re.compile(
    r"(?<=doi\.org/)(?P<doi>10\.\S+)|(?<=pubmed\.ncbi\.nlm\.nih\.gov/)(?P<pmid>\d+)"
)


def handout(model: SiteModel, page: Page) -> str:
    """Return the code of one page's handout.

    Raises UnprintableElementError where a page has an element that cannot be printed.
    """
    body, words = deepcopy(page.body), dict(page.words)
    opening, key_points = _first_sheet(model, body)
    warning = model.warning
    if warning is not None:
        words |= words_of(warning, model.words)
    # Not the page's own numbers: with the warning block, the first one on the sheet would not be 1.
    numbers = Numbers({}, known=addresses_of(page.sources))
    writer = BlockWriter(page, numbers)
    colophon = colophon_literal(page_colophon(model, page))
    text = [
        call(
            "first-sheet",
            colophon,
            content(writer.blocks(opening)),
            content(block for each in _given(warning) for block in writer.blocks(wrapped(each))),
            content(writer.blocks(key_points)),
        ),
        *writer.blocks(body),
    ]
    # The words of a sheet to hand over are in its second handout.
    text += (
        [] if page.has_more else word_list(writer, _unexplained(words, [opening, key_points, body]))
    )
    return call(
        "handout",
        colophon,
        content(text),
        content(
            back_matter(
                numbers,
                dict(page.sources) | model.sources,
                level=2,
                # Without an address, nothing leads to the whole entries.
                with_identifiers=not page.address,
            )
        ),
        **{"is-sheet": str(page.has_more).lower()},
    )


def _given(element: HtmlElement | None) -> list[HtmlElement]:
    return [] if element is None else [element]


def _first_sheet(model: SiteModel, body: HtmlElement) -> tuple[HtmlElement, HtmlElement]:
    """Take what stands above the first part of a page out of it, but for the warning signs.

    Return the title with the sentence below it, and the rest, which is the key points. The handout
    has the warning signs in their short form.
    """
    opening, rest = body.makeelement("div"), body.makeelement("div")
    for child in list(body):
        if child.tag in ("h2", "h3"):
            break
        if child.get("class") == "cs-warning" or model.is_warning(child):
            body.remove(child)
        elif child.tag == "h1" or (child.tag == "p" and not len(rest) and len(opening) < 2):
            opening.append(child)
        else:
            rest.append(child)
    return opening, rest


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


def _unexplained(
    words: Mapping[str, GlossaryEntry], parts: Iterable[HtmlElement]
) -> dict[str, GlossaryEntry]:
    return {
        key: word
        for key, word in words.items()
        if not any(is_explained(part, key, word) for part in parts)
    }


def wrapped(element: HtmlElement) -> HtmlElement:
    """Return a new element with a copy of this one."""
    wrapper = element.makeelement("div")
    wrapper.append(deepcopy(element))
    return wrapper


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


def back_matter(
    numbers: Numbers,
    sources: Mapping[str, Source],
    level: int,
    *,
    with_identifiers: bool = False,
) -> Iterable[str]:
    """Yield the web addresses and sources that the text refers to."""
    if numbers.addresses:
        yield _title("Web addresses", level)
        yield call("addresses", array(map(string, numbers.addresses)))
    if numbers.sources:
        yield _title("Sources", level)
        lines = []
        for key, number in numbers.sources.items():
            source = sources[key]
            line = source_line(source, with_identifier=with_identifiers)
            address = string(source.addresses[0]) if source.addresses else "none"
            lines.append(call("source", str(number), string(line), address))
        yield call("sources", *lines)


def source_line(source: Source, *, with_identifier: bool = False) -> str:
    """Return a source in one line: as much of its title as has room, its kind and its year."""
    kind = source.kind.replace(" (no date given)", "")
    if with_identifier:
        found = filter(None, map(_IDENTIFIER.search, source.addresses))
        kind += "".join(f" {'doi:' if each['doi'] else 'PMID '}{each[0]}" for each in found)
    title = source.title
    room = max(_TITLE, _LINE - len(kind))
    if len(title) > room:
        title = title[: room - 1]
        # At the end of a word, unless it is a long one.
        title = title[: max(title.rfind(" "), room // 2)].rstrip(" .,:;–—(") + "…"
    return f"{title} {kind}"


def _title(text: str, level: int) -> str:
    return call("heading", string(text), level=str(level))
