"""What the articles of a guide's pages have to show: the words that the checker itself renders.

The parse that collects a page's claims renders it. The words of a page are kept by all that they
depend on: its file and what it includes, the settings, the terms, the drawings and the sources that
it cites. A page that is made from all pages, such as the list of sources, is rendered every time.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree
from markdown import Markdown

from sourced_guide.build.built_site.page import INDEX, built_name, parse_html
from sourced_guide.build.built_site.visible_text import visible_text
from sourced_guide.build.handouts.packs.declared import TAKE_AWAY
from sourced_guide.claims.markdown.extension import ClaimsExtension, parsed
from sourced_guide.claims.markdown.page_reader import PageReader
from sourced_guide.claims.project.store.store import Store, digest_of, file_digest
from sourced_guide.claims.render.directives import DEFERRED, deferred_directive
from sourced_guide.claims.render.page import REFERENCES_PAGE, render_page
from sourced_guide.claims.render.reference_lists import FILE, LIST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sourced_guide.build.built_site.site import BuiltSite
    from sourced_guide.claims.project.guide import Guide, Page
    from sourced_guide.claims.project.project import Project

# The words of a page's title, and of the rest or of its sections.
Parts = tuple[tuple[str, ...], ...]
_SECTION = re.compile(r"(?=<h2[ >])")
_DEFERRED = re.compile(rf'<div {DEFERRED}="(?P<marker>[^"]*)"></div>')


class Expected(NamedTuple):
    """A guide, the words of each article by the file of its page, and the titles of new pages."""

    guide: Guide
    articles: Mapping[str, Parts]
    titles: Sequence[str]


def expected_articles(project: Project, site: BuiltSite) -> Expected:
    """Return what the pages of a site have to show, given the project that it was built from.

    Raises UnusableProjectError where a Markdown extension fails on a page.
    """
    rendered: dict[str, str] = {}

    def render(reader: PageReader, paths: Iterable[str]) -> None:
        extension = ClaimsExtension(render_page, reader=reader)
        rendered.update(parsed(reader, paths, extension, Markdown.convert))

    reader = PageReader(project, render)
    guide = reader.guide()
    keys = _keys(reader, guide)
    articles: dict[str, Parts] = {}
    new: list[str] = []
    for path, key in keys.items():
        kept = site.store.read(f"articles/{key}.json") if key and path not in rendered else None
        if kept is None:
            new.append(path)
        else:
            articles[path] = tuple(map(_split, kept))
    render(reader, [path for path in new if path not in rendered])
    titles: list[str] = []
    for path in new:
        html = rendered.pop(path)
        is_whole = not _DEFERRED.search(html)
        pages, own_titles = _in_parts(path, html if is_whole else _filled(html, guide), site)
        titles += own_titles
        for name, text in pages.items():
            articles[name] = _parts(name, text, site.store if own_titles else Store())
        if keys[path] and is_whole and not own_titles:
            words = list(map(" ".join, articles[path]))
            site.store.keep(f"articles/{keys[path]}.json", words)
    return Expected(guide, articles, titles)


def _keys(reader: PageReader, guide: Guide) -> dict[str, str]:
    """Return what the words of each page are kept by, or nothing where that cannot be told."""
    project = guide.project
    settings = reader.kept.settings(project.extensions, project.extension_configs)
    drawings = digest_of(*(f"{path} {file_digest(path)}" for path in sorted(guide.drawings)))
    shared = settings and digest_of(
        *(settings, project.settings_digest, guide.terms_digest, drawings),
        str(project.has_page(REFERENCES_PAGE)),
    )

    def key(page: Page) -> str:
        own = reader.kept.key(shared, page.file, page.file.body)
        citations = {*page.text.citations}
        citations.update(cited for each in page.text.statements for cited in each.citations)
        sources = guide.references.sources
        cited = {each.key for each in citations} & sources.keys()
        return own and digest_of(own, *(f"{name} {sources[name].digest}" for name in sorted(cited)))

    return {page.file.path: key(page) for page in guide.pages}


def _filled(html: str, guide: Guide) -> str:
    """Return a page with the parts that are made from all pages."""

    def part(place: re.Match[str]) -> str:
        return deferred_directive(place["marker"], guide, _no_address)

    return _DEFERRED.sub(part, html)


def _no_address(_path: str, _anchor: str) -> str:
    """Return nothing: the addresses of 20,000 links show no word."""
    return ""


def _in_parts(path: str, html: str, site: BuiltSite) -> tuple[dict[str, str], list[str]]:
    """Return the pages that a page is built into, and the titles of new ones.

    `guide build` cuts long lists. Here they are cut in another way: the trees of a page's parts are
    put into it one by one. So each way proves the other, and the words of 50,000 tags need no exact
    place in the file.
    """
    whole = {path: html}
    if f'{LIST}="' not in html:
        return whole, []
    [article] = parse_html(f"<article>{html}</article>").xpath("./body/article")
    folder = posixpath.dirname(built_name(path))
    found = article.xpath(f".//*[@{LIST}]//*[@{FILE}]")
    parts = {f"{folder}/{part.get(FILE)}": part for part in found}
    if site.names.isdisjoint(parts):
        return whole, []
    [index] = article.xpath(f".//*[@id=../@{LIST}]")
    places = {f"{folder}/{INDEX}": index, **parts}
    gaps = {name: _taken_out(part) for name, part in places.items()}
    pages = {}
    for name, part in places.items():
        gaps[name].addprevious(part)
        pages[name] = etree.tostring(article, encoding="unicode", method="html")
        _remove(part)
    return pages, [str(part[0].text_content()) for part in parts.values()]


def _taken_out(part: etree._Element) -> etree._Element:
    """Take an element out of its tree; return what stands in its place, and has no words."""
    gap = etree.Comment("")
    part.addprevious(gap)
    gap.tail, part.tail = part.tail, None
    _remove(part)
    return gap


def _remove(part: etree._Element) -> None:
    parent = part.getparent()
    if parent is not None:
        parent.remove(part)


def _parts(name: str, html: str, store: Store) -> Parts:
    """Return the words of a page's title, and those of the rest.

    "Take it with you" lists packs after a section of its text, so there each section is a part.
    """
    title, end, rest = html.partition("</h1>")
    if not end:
        return (), _words(html, store)
    below = _SECTION.split(rest) if built_name(name) == TAKE_AWAY else [rest]
    return tuple(_words(part, store) for part in (title + end, *below))


def _words(html: str, store: Store) -> tuple[str, ...]:
    """Return the words of a part of a page; most pages of a list are as they were."""
    kept = f"articles/{digest_of(html)}.json"
    if (words := store.read(kept)) is None:
        words = " ".join(visible_text(f"<article>{html}</article>").article)
        store.keep(kept, words)
    return _split(words)


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split(" ")) if words else ()
