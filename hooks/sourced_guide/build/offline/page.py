"""A page of the copy, made from the page of the site."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sourced_guide.build.html_head import named_in_head
from sourced_guide.build.offline.banner import NETWORK_ID, NETWORK_SIGN, Note
from sourced_guide.build.offline.html_edit import (
    Edit,
    Tag,
    end_of,
    read_tags,
    with_attributes,
    with_edits,
)
from sourced_guide.build.offline.links import DeadLinkError, as_file, file_of, leads_out, place_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# Where copies are in the site. They are not in themselves.
FOLDER = "offline"
# The copy's own files; the last one is loaded before the theme's scripts, which need it.
STYLE, LATE, SEARCH = "copy/copy.css", "copy/late.js", "copy/search.js"
_LINKS = ("href", "src")
_FACTS = "application/ld+json"
# How a visited site looks on a device's first screen.
_FIRST_SCREEN = ("manifest", "apple-touch-icon")
# What tells of pages that the browser has kept from a visit, and of newer ones at the host.
_VISITED = {"cs-kept", "cs-newer"}


@dataclass
class CopiedPage:
    """A page of the copy, the files of the site that it needs, and what is wrong with it."""

    html: str
    needs: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


def copied_page(page: str, html: str, files: Collection[str], note: Note) -> CopiedPage:
    """Return the copy of a page, given its path in the site and the site's files."""
    tags = read_tags(html)
    made = CopiedPage(html)
    newest = named_in_head(html, "canonical")
    edits: list[Edit] = list(_put_in(page, tags, note, made))
    for number, tag in enumerate(tags):
        if _is_left_out(tag):
            edits.append(Edit(tag.start, end_of(tags, number).end, ""))
        elif not tag.closes:
            changed = _changed(page, tag, files, newest, made)
            href = changed.get("href") or tag.get("href")
            if tag.name == "a" and leads_out(href):
                described = f"{tag.get('aria-describedby')} {NETWORK_ID}".strip()
                changed["aria-describedby"] = described
                end = end_of(tags, number).start
                sign = f'<span class="cs-copy-sign" aria-hidden="true">\u00a0{NETWORK_SIGN}</span>'
                edits.append(Edit(end, end, sign))
            if changed:
                edits.append(with_attributes(tag, changed))
    made.html = with_edits(html, edits)
    return made


def links_to_copies(page: str, html: str) -> Iterator[Tag]:
    """Yield the links of a page that lead to the folder of copies, or to a copy in it."""
    for tag in read_tags(html):
        if tag.name == "a" and _leads_to_copies(page, tag.get("href")):
            yield tag


def _leads_to_copies(page: str, href: str) -> bool:
    return (place_of(page, href) or "").partition("/")[0] == FOLDER


def _is_left_out(tag: Tag) -> bool:
    """Say whether an element is for hosts, search engines or messengers, which see no copy."""
    if tag.closes:
        return False
    if tag.name == "script":
        return tag.get("type") == _FACTS
    if tag.name == "meta":
        return tag.get("property").startswith("og:")
    if tag.name == "link":
        return tag.get("rel") in _FIRST_SCREEN
    return not _VISITED.isdisjoint(tag.get("class").split())


def _changed(
    page: str, tag: Tag, files: Collection[str], newest: str, made: CopiedPage
) -> dict[str, str | None]:
    """Return the attributes of a tag that lead elsewhere in a copy; None takes one away."""
    changed: dict[str, str | None] = {}
    for name in _LINKS:
        href = tag.get(name)
        if tag.name == "a" and _leads_to_copies(page, href):
            # The page that offers the newest copy, where it has an address.
            changed[name] = newest or None
            continue
        try:
            file = file_of(page, href, files)
        except DeadLinkError as dead:
            made.faults.append(str(dead))
            continue
        if file:
            made.needs.add(file)
            link = as_file(page, href, file)
            if link != href:
                changed[name] = link
    return changed


def _put_in(page: str, tags: list[Tag], note: Note, made: CopiedPage) -> Iterator[Edit]:
    """Put the note around the page's text, and the copy's own files into its head."""
    to_root = posixpath.relpath(".", posixpath.dirname(page) or ".")
    files = (
        f'<link rel="stylesheet" href="{to_root}/{STYLE}">\n'
        f'<script src="{to_root}/{LATE}" defer></script>\n'
        f'<script src="{to_root}/{SEARCH}"></script>\n'
    )
    opened = [tag for tag in tags if not tag.closes]
    places = {
        "head": (files, [tag for tag in tags if tag.name == "head" and tag.closes]),
        "header": (note.above, [tag for tag in opened if tag.name == "header"]),
        "footer": (note.below, [tag for tag in opened if tag.name == "footer"][-1:]),
    }
    for name, (text, found) in places.items():
        if found:
            yield Edit(found[0].start, found[0].start, text)
        else:
            made.faults.append(f"{page}: has no {name}, where the copy says what it is")
