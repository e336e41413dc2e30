"""The model of a built site for handouts: its pages in the order of the navigation."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag

from sourced_guide.build.built_site.links import place, place_of
from sourced_guide.build.built_site.page import built_name, parse_html
from sourced_guide.build.built_site.site import BuiltSite, UnusableSiteError
from sourced_guide.build.handouts.typst_code.elements import ON_PAPER
from sourced_guide.claims.markdown.segments.media import PAPER_ONLY, WEB_ONLY
from sourced_guide.claims.model.third_party import THEME_NAV_LINKS, THEME_NAV_PARTS
from sourced_guide.claims.render.marks import CITES, RUN, paper_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

START = "index.md"
GLOSSARY = "glossary.md"
CARD_PART = ".//div[@class='cs-card']"
# The start page's routes are links, which are of no use on paper; the booklet has a table of
# contents.
_ROUTES = "div[contains(@class, 'cs-routes')]"
# Elements for screens only.
_ON_SCREEN = (
    "*[contains(@class, 'headerlink') or @class='cs-review'] "
    "| .//aside[@class='cs-take'] | .//template "
    "| .//*[@class='cs-tools' or @class='cs-copied' or @class='cs-report']"
)
_WEB_ONLY = f"*[contains(concat(' ', normalize-space(@class), ' '), ' {WEB_ONLY} ')]"
_WARNING = "./div[starts-with(@class, 'admonition danger')]"
_HEADS = ("h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True)
class GlossaryEntry:
    """A glossary entry: its terms, and their definition."""

    terms: list[HtmlElement]
    definition: list[HtmlElement]


@dataclass(frozen=True)
class Source:
    """An entry in a page's list of sources: its title (or reference), its kind, its addresses."""

    title: str
    kind: str
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """A page: its text, its glossary entries by the id of their term, its sources by their key."""

    path: str
    title: str
    edition: str
    reviewed: str
    next_review: str
    reviewer: str
    language: str
    address: str
    body: HtmlElement
    words: Mapping[str, GlossaryEntry]
    sources: Mapping[str, Source]
    # Who has read it, in whole sentences, if somebody has.
    review: str = ""
    # The part of the guide that it is in.
    part: str = ""
    # The base name of its handouts, if it is not that of the page.
    file: str = ""
    # Whether the rest of it is in a second handout.
    has_more: bool = False

    @property
    def place(self) -> str:
        """Its address within the site."""
        return place_of(self.path)

    @property
    def name(self) -> str:
        """The base name of its handouts."""
        if self.file:
            return self.file
        stem = self.path.rpartition(".")[0]
        return "start" if self.path == START else stem.removesuffix("/index").replace("/", "-")


@dataclass(frozen=True)
class SiteModel:
    """The pages for readers, in the order of the nav, and what they share.

    `edition` is that of the whole guide; `urgent_page` is the path of the page with the block for
    what is urgent, `expert` the noun for those whose review counts.
    """

    title: str
    edition: str
    pages: list[Page]
    review: str = ""
    description: str = ""
    urgent_page: str = ""
    expert: str = "expert"

    def page(self, path: str) -> Page | None:
        """Return the page of that path."""
        return next((page for page in self.pages if page.path == path), None)

    @cached_property
    def words(self) -> dict[str, GlossaryEntry]:
        """All glossary entries of the pages, by the id of their term."""
        return {key: word for page in self.pages for key, word in page.words.items()}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every source that a page cites, by its key, in order of appearance."""
        found: dict[str, Source] = {}
        # An entry of the glossary has no address, so another page's is better.
        for page in sorted(self.pages, key=lambda page: page.path == GLOSSARY):
            for key, source in page.sources.items():
                found.setdefault(key, source)
        return found

    @cached_property
    def warning(self) -> HtmlElement | None:
        """The block for what is urgent, in the form for paper if it has one."""
        page = self.page(self.urgent_page)
        found = page.body.xpath(_WARNING) if page else []
        return max(found, key=_is_for_paper, default=None)

    def is_warning(self, element: HtmlElement) -> bool:
        """Say whether an element is that block, in whatever form."""
        own = self.warning
        title = element.xpath("string(self::div[contains(@class, 'danger')]/p)")
        return own is not None and bool(title) and title == own.xpath("string(p)")


def _is_for_paper(element: HtmlElement) -> bool:
    return PAPER_ONLY in element.get("class", "").split()


def read_site(site: BuiltSite) -> SiteModel:
    """Return the model of the pages for readers of a built site.

    Raises UnusableSiteError where it is none that can be read.
    """
    start = parse_html(site.text(site.start.name))
    order, parts = _order(start), _parts(start)
    try:
        entries = [entry for entry in site.claims["pages"] if not entry["editorial"]]
        entries.sort(
            key=lambda entry: (order.get(place_of(entry["path"]), len(order)), entry["path"])
        )
        pages = [_page(entry, site, parts.get(place_of(entry["path"]), "")) for entry in entries]
        first = next(entry for entry in entries if entry["path"] == START)
        title, description = first["title"], first.get("description") or ""
    except (OSError, KeyError, TypeError, StopIteration) as error:
        raise UnusableSiteError(
            f"{site.folder} is no built site that can be read ({error}): build it with make site"
        ) from error
    settings = site.claims.get("site", {})
    return SiteModel(
        title,
        str(site.edition),
        pages,
        _review(site.claims),
        description,
        settings.get("urgent-page", ""),
        settings.get("expert", "expert"),
    )


def innermost_with(root: HtmlElement, text: str) -> HtmlElement:
    """Return the innermost element that contains a text."""
    for child in root.iterchildren(tag="*"):
        if text in child.text_content():
            return innermost_with(child, text)
    return root


def _order(start: HtmlElement) -> dict[str, int]:
    links = [str(link) for link in start.xpath(THEME_NAV_LINKS) if not str(link).startswith("#")]
    addresses = dict.fromkeys(place(START, link) for link in links)
    return {address: number for number, address in enumerate(addresses)}


def _parts(start: HtmlElement) -> dict[str, str]:
    """Return the title of the part that each page is in, by the page's address."""
    return {
        place(START, str(link)): " ".join(str(part.text_content()).split())
        for part in start.xpath(THEME_NAV_PARTS)
        for link in part.xpath("following-sibling::nav//a/@href")
    }


def _page(entry: Mapping[str, Any], site: BuiltSite, part: str) -> Page:
    name = built_name(entry["path"])
    articles = parse_html(site.text(name)).xpath("//article")
    if len(articles) != 1:
        raise UnusableSiteError(f"{site.path(name)} has {len(articles)} <article>, and needs one")
    article = articles[0]
    add_paper_marks(article)
    for element in article.xpath(f".//{_ON_SCREEN}"):
        element.drop_tree()
    for element in article.xpath(f".//{_ROUTES} | .//{_WEB_ONLY}"):
        _drop_with_its_heading(element)
    return Page(
        path=entry["path"],
        title=entry["title"],
        edition=str(site.page_edition(name) or ""),
        reviewed=entry.get("reviewed", ""),
        next_review=entry.get("next-review", ""),
        reviewer=entry.get("reviewer", ""),
        review=_review(entry),
        part=part,
        language=site.page(name).language,
        address=site.page(name).address,
        words=dict(_words(article)),
        sources=dict(_sources(article)),
        body=article,
    )


def _review(data: Mapping[str, Any]) -> str:
    """Return who has read a page, or the guide, in words; nothing if nobody has."""
    return str(data["review"]["says"]) if data["review"]["readers"] else ""


def _drop_with_its_heading(element: HtmlElement) -> None:
    """Remove an element, and the heading above it if nothing else is below that."""
    before, after = element.getprevious(), element.getnext()
    element.drop_tree()
    ends = after is None or after.tag in _HEADS
    if before is not None and before.tag in _HEADS and ends:
        before.drop_tree()


def add_paper_marks(article: HtmlElement) -> None:
    """Write at the ends of claims which sources paper shows there."""
    ends = article.xpath(f".//*[@{CITES}]")
    runs = {at: int(end[0].get(RUN, 1)) for at, end in enumerate(ends) if len(end)}
    for at, keys in paper_marks([end.get(CITES) for end in ends], runs).items():
        ends[at].set(ON_PAPER, " ".join(keys))


def _words(article: HtmlElement) -> Iterator[tuple[str, GlossaryEntry]]:
    """Remove the glossary entries from an article; yield them by the id of their term."""
    for box in article.xpath("./div[@class='cs-words']"):
        terms: list[HtmlElement] = []
        definition: list[HtmlElement] = []
        for element in box.xpath("./dl/*"):
            if element.tag == "dt" and definition:
                yield _id(definition), GlossaryEntry(terms, definition)
                terms, definition = [], []
            (terms if element.tag == "dt" else definition).append(deepcopy(element))
        if definition:
            yield _id(definition), GlossaryEntry(terms, definition)
        box.drop_tree()


def _id(definition: list[HtmlElement]) -> str:
    return str(definition[0].get("id", "")).removeprefix("word-")


def _sources(article: HtmlElement) -> Iterator[tuple[str, Source]]:
    """Remove the sources from an article; yield them by key, in the order of their numbers."""
    for section in article.xpath("./section[@class='cs-sources']"):
        for item in section.xpath(".//ol/li"):
            yield str(item.get("id", "")).removeprefix("source-"), _source(item)
        section.drop_tree()


def _source(item: HtmlElement) -> Source:
    kinds = item.xpath(".//summary/span | .//*[@class='cs-sources__kind']")
    kind = str(kinds[0].text_content()).strip() if kinds else ""
    links = item.xpath(".//a[not(contains(@href, '#ref-'))]/@href")
    addresses = tuple(dict.fromkeys(urldefrag(link).url for link in links))
    if lines := item.xpath(".//summary"):
        return Source((lines[0].text or "").strip(), kind, addresses)
    # Without its kind and how it was read, the reference is left.
    whole = " ".join(item.text_content().split()).removeprefix(kind)
    return Source(re.sub(r"^ ?We read [^.]+\. ", "", whole).strip(), kind, addresses)
