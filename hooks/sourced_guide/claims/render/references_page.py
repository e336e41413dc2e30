"""One source as the references page shows it: what it says, and every claim that rests on it."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from sourced_guide.claims.language.markup.written_html import attribute, link, text
from sourced_guide.claims.model.statement import Statement
from sourced_guide.claims.project.clock import humanize
from sourced_guide.claims.render.source_labels import READ_LABELS, kind_label
from sourced_guide.claims.report.bibliography import reference, work_reference

if TYPE_CHECKING:
    from sourced_guide.claims.model.source import Passage, Source
    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.store.store import Store

# The words of a link to a passage.
READ_THERE = "Read it there"
# Returns the URL that links to an anchor on the page at a path.
Href = Callable[[str, str], str]
# A claim that rests on a source, and the path of its page.
Backlink = tuple[str, Statement]


def relative_href(page: str) -> Href:
    """Return a function that links from a page to others, by the relative paths of their files."""

    def href(path: str, anchor: str) -> str:
        target = posixpath.relpath(path, posixpath.dirname(page) or ".")
        return f"{target}#{anchor}" if anchor else target

    return href


def page_anchor(key: str) -> str:
    """Return the id of a source on the references page."""
    return f"ref-{key}"


def backlinks_by_source(guide: Guide) -> Mapping[str, Sequence[Backlink]]:
    """Return the claims that rest on each source, by its key, in the order of their pages."""
    by_source: dict[str, list[Backlink]] = defaultdict(list)
    for file, page in guide.pages:
        for claim in page.claims:
            for key in dict.fromkeys(citation.key for citation in claim.citations):
                by_source[key].append((file.path, claim))
    return by_source


def source_section(source: Source, claims: Sequence[Backlink], guide: Guide, href: Href) -> str:
    """Return what the guide uses of a source as HTML, given the claims that rest on it."""
    store = guide.project.store
    return (
        f'<section class="cs-reference-entry">'
        f'<h3 id="{page_anchor(source.key)}">{text(source.title)}</h3>'
        f'<p><span class="cs-reference">{reference(source, store)}</span></p>'
        f'<p class="cs-reference-entry__kind">{text(_about(source))}</p>'
        f"<p>What it says, in our words:</p>"
        f"{_passages(source)}{_works_cited(source, store)}{_backlinks(claims, guide, href)}"
        f"</section>"
    )


def _backlinks(claims: Sequence[Backlink], guide: Guide, href: Href) -> str:
    """Return the claims that rest on a source, below their pages, and linked."""
    entries = []
    for path, group in groupby(claims, key=lambda claim: claim[0]):
        entries.append(f"<dt>{link(href(path, ''), guide.page(path).file.title)}</dt>")
        entries += (
            f"<dd>{link(href(path, statement.anchor), statement.text)}</dd>"
            for _, statement in group
        )
    return (
        f'<details class="cs-rests-on">'
        f"<summary>What rests on it in this guide ({len(claims)})</summary>"
        f"<dl>{''.join(entries)}</dl></details>"
    )


def _about(source: Source) -> str:
    """Say in plain words what the source is and how it was read."""
    parts = [f"{kind_label(source)}.", READ_LABELS.get(source.read, "")]
    if source.checked:
        parts.append(f"We last checked it on {humanize(source.checked)}.")
    if source.reviewed_by and source.reviewed_date:
        reviewed = humanize(source.reviewed_date)
        parts.append(f"Reviewed for its publisher by {source.reviewed_by}, {reviewed}.")
    elif source.reviewed_by:
        parts.append(f"Reviewed for its publisher by {source.reviewed_by}; no date given.")
    if source.status == "superseded":
        parts.append("A newer source replaces it.")
    if source.status == "retracted":
        parts.append("It was withdrawn by its publisher.")
    return " ".join(filter(None, parts))


def _passages(source: Source) -> str:
    return f'<ul class="cs-passages">{"".join(_passage_items(source))}</ul>'


def _passage_items(source: Source) -> Iterator[str]:
    """Yield list items: what each passage says in our words, and a link to its place."""
    for passage in source.passages.values():
        address = passage_address(source, passage)
        where = f"<small>Where: {text(passage.section)}.</small> " if passage.section else ""
        there = link(address, READ_THERE) if address else ""
        name = f"{page_anchor(source.key)}--{passage.id}"
        yield f'<li id="{attribute(name)}">{text(passage.says)} {where}{there}</li>'


def passage_address(source: Source, passage: Passage) -> str:
    """Return the address that opens a source at a passage, or nothing if it has none."""
    url = source.csl.get("URL")
    return f"{url}{text_fragment(passage)}" if url else ""


def text_fragment(passage: Passage) -> str:
    """Return the URL fragment that opens a page at a passage.

    URL Fragment Text Directives, W3C (https://wicg.github.io/scroll-to-text-fragment/).
    """
    start, end = _quoted(passage.start), _quoted(passage.end)
    return f"#:~:text={start}" + (f",{end}" if end != start else "")


# A passage is in the list of all sources, and in those of the pages that cite it.
@lru_cache(maxsize=8_192)
def _quoted(words: str) -> str:
    # `-` and `,` are syntax in a text directive, and quote() does not escape `-`.
    return quote(words, safe="").replace("-", "%2D")


def _works_cited(source: Source, store: Store) -> str:
    if not source.cites:
        return ""
    works = (
        f'<li><span class="cs-reference">{work_reference(work, store)}</span></li>'
        for work in source.cites
    )
    return (
        f'<details class="cs-works-cited"><summary>Works that it lists ({len(source.cites)})'
        f"</summary><ul>{''.join(works)}</ul></details>"
    )
