"""What a handout and the booklet hold, as the code that the template sets."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from sourced_guide.build.handouts.colophon import Facts, facts_of, told
from sourced_guide.build.handouts.page_model import WARNING_SIGNS, Built, Page, Word, has_warning
from sourced_guide.build.handouts.typst_code.block_writer import Writer
from sourced_guide.build.handouts.typst_code.literal import array, call, content, string
from sourced_guide.build.handouts.typst_code.reference_numbers import Numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.html import HtmlElement

BOOKLET = "guide"


def handout(built: Built, page: Page) -> str:
    """Return the code of one page's handout.

    Raises UnwritableError where the page holds what has no place on paper.
    """
    body, words = page.body, dict(page.words)
    if built.warning is not None and not has_warning(page):
        body = _with_warning(body, built.warning)
        words |= _words_of(built.warning, built.words)
    numbers = Numbers(
        {key: number for number, key in enumerate(page.sources, 1)}, known=_addresses(page.sources)
    )
    writer = Writer(page, numbers)
    parts = [
        *writer.flow(body),
        *_words(writer, {key: word for key, word in words.items() if not _explains(page, key)}),
        *_ends(writer, numbers, built.sources | dict(page.sources), level=2),
    ]
    return call("handout", told(facts_of(built, page)), content(parts))


def booklet(built: Built) -> str:
    """Return the code of the whole guide: a chapter for each page, its sources once at the end.

    Raises UnwritableError where a page holds what has no place on paper.
    """
    start = built.pages[0]
    numbers = Numbers(
        {},
        {page.place: f"chapter-{page.name}" for page in built.pages},
        _addresses(built.sources),
    )
    signs = built.page(WARNING_SIGNS)
    warning = []
    if signs is not None and built.warning is not None:
        warning = Writer(signs, numbers).flow(_around(built.warning))
    chapters = [
        call(
            "chapter",
            string(f"chapter-{page.name}"),
            content(Writer(page, numbers).flow(page.body)),
        )
        for page in built.pages
    ]
    ends = _ends(Writer(start, numbers), numbers, built.sources, level=1)
    reviewers = {page.reviewer for page in built.pages}
    facts = Facts(
        built.title,
        built.title,
        start.language,
        built.edition,
        min(page.reviewed for page in built.pages),
        min(page.next_review for page in built.pages),
        reviewers.pop() if len(reviewers) == 1 else "",
        start.address,
    )
    return call("booklet", told(facts), content(warning), content([*chapters, *ends]))


def _around(element: HtmlElement) -> HtmlElement:
    """Return an element that holds a copy of this one."""
    around = element.makeelement("div")
    around.append(deepcopy(element))
    return around


def _with_warning(body: HtmlElement, warning: HtmlElement) -> HtmlElement:
    """Return a copy of a page's text with the warning-signs block below its title."""
    body = deepcopy(body)
    title = body.find("h1")
    body.insert(0 if title is None else body.index(title) + 1, deepcopy(warning))
    return body


def _words_of(element: HtmlElement, words: Mapping[str, Word]) -> dict[str, Word]:
    """Return the words that an element uses."""
    used = (str(each).removeprefix("word-") for each in element.xpath(".//@aria-describedby"))
    return {key: words[key] for key in used if key in words}


def _explains(page: Page, key: str) -> bool:
    """Say whether a page itself, the glossary, has the term in its text."""
    return bool(page.body.xpath(".//dt[@id=$key]", key=key))


def _addresses(sources: Mapping[str, HtmlElement]) -> dict[str, str]:
    return {str(at): key for key, item in sources.items() for at in item.xpath(".//a/@href")}


def _words(writer: Writer, words: Mapping[str, Word]) -> list[str]:
    if not words:
        return []
    ordered = sorted(words.values(), key=lambda word: word.terms[0].text_content().casefold())
    entries = [writer.definition(word.terms, word.means) for word in ordered]
    return [_title("Words in this handout", 2), call("terms", *entries)]


def _ends(
    writer: Writer, numbers: Numbers, sources: Mapping[str, HtmlElement], level: int
) -> Iterable[str]:
    """Yield the web addresses and the sources that the text before led to, and room for notes."""
    # The sources are written first: what they lead to is told in them.
    cited = [
        call("source", str(number), content(writer.reference(sources[key])))
        for key, number in numbers.sources.items()
    ]
    if numbers.addresses:
        yield _title("Web addresses", level)
        yield call("addresses", array(map(string, numbers.addresses)))
    if cited:
        yield _title("Sources", level)
        yield call("sources", *cited)
    yield call("notes", str(level))


def _title(text: str, level: int) -> str:
    return call("heading", string(text), level=str(level))
