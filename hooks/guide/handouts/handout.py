"""What a handout and the booklet hold, as the code that the template sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import segno
from lxml.html import HtmlElement

from guide.handouts.built import WARNING_SIGNS, Built, Page, Word, has_warning
from guide.handouts.literal import array, call, content, string
from guide.handouts.numbers import Numbers
from guide.handouts.writer import Writer

BOOKLET = "guide"
_NOBODY = ("", "none yet")


@dataclass(frozen=True)
class Facts:
    """What every sheet says about itself."""

    title: str
    language: str
    edition: str
    reviewed: str
    next_review: str
    reviewer: str
    address: str


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
    facts = Facts(
        # The start page has the title of the guide.
        page.title if page.title == built.title else f"{built.title}: {page.title}",
        page.language,
        built.edition,
        page.reviewed,
        page.next_review,
        page.reviewer,
        page.address,
    )
    return call("handout", _told(facts), content(parts))


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
        start.language,
        built.edition,
        min(page.reviewed for page in built.pages),
        min(page.next_review for page in built.pages),
        reviewers.pop() if len(reviewers) == 1 else "",
        start.address,
    )
    return call("booklet", _told(facts), content(warning), content([*chapters, *ends]))


def _told(facts: Facts) -> str:
    """Return the facts as a Typst dictionary."""
    checked = f"Checked against its sources on {_day(facts.reviewed)}." if facts.reviewed else ""
    due = f"Next check: {_day(facts.next_review)}." if facts.next_review else ""
    nobody = facts.reviewer in _NOBODY
    values = {
        "title": string(facts.title),
        "lang": string(facts.language or "en"),
        "date": _date(facts.reviewed),
        "edition": string(f"Edition {facts.edition}."),
        "checked": string(f"{checked} {due}".strip()),
        "reviewer": string(
            "No clinician has reviewed this." if nobody else f"Reviewed by {facts.reviewer}."
        ),
        "address": string(facts.address) if facts.address else "none",
        "code": string(_code(facts.address)) if facts.address else "none",
    }
    return "(" + ", ".join(f"{name}: {value}" for name, value in values.items()) + ")"


def _code(address: str) -> str:
    """Return the QR code of an address as an SVG file."""
    file = BytesIO()
    segno.make(address, micro=False, error="m").save(file, kind="svg", xmldecl=False, nl=False)
    return file.getvalue().decode()


def _day(day: str) -> str:
    try:
        return f"{date.fromisoformat(day):%B} {date.fromisoformat(day).day}, {day[:4]}"
    except ValueError:
        return day


def _date(day: str) -> str:
    try:
        at = date.fromisoformat(day)
    except ValueError:
        return "none"
    return f"datetime(year: {at.year}, month: {at.month}, day: {at.day})"


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
