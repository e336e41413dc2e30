"""Makes pages of a long list, of all sources or of all changes: its index, and one for each part.

Generators build it as one page (see `reference_lists.py`). The new pages are in the folder of that
page, so all addresses in what surrounds the list stay right.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from sourced_guide.build.built_site.html_edit import (
    Edit,
    Tag,
    end_of,
    read_tags,
    with_attributes,
    with_edits,
)
from sourced_guide.build.built_site.links import link_to, site_path
from sourced_guide.build.built_site.page import INDEX as INDEX_FILE
from sourced_guide.claims.project.store.store import digest_of
from sourced_guide.claims.render.reference_lists import FILE, LIST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sourced_guide.build.built_site.site import BuiltSite
    from sourced_guide.claims.project.store.store import Store

# What names a page, and its address.
_IN_HEAD = ("title", "link", "meta")
_LINK = re.compile(r'href="(?P<to>[^"#:]+)#(?P<id>[^"]+)"')
_PART = re.compile(rf'(?=<section [^>]*{FILE}=")')


@dataclass(frozen=True)
class ListPages:
    """The pages that a list becomes.

    `pages` maps the names of their files, empty for the index, to their HTML. `homes` maps the ids
    in the list to those files.
    """

    pages: Mapping[str, str]
    homes: Mapping[str, str] = field(default_factory=dict)


def list_pages(site: BuiltSite) -> dict[str, str]:
    """Return the pages of a built site that have changed, and the new ones, by their files."""
    lists = {
        name: found
        for name in site.page_names
        if posixpath.basename(name) == INDEX_FILE
        and (found := cut_list(site.text(name), site.store))
    }
    pages: dict[str, str] = {}
    for name in site.page_names if lists else ():
        if found := lists.get(name):
            folder = posixpath.dirname(name)
            new = {
                posixpath.join(folder, file or INDEX_FILE): found.pages[file]
                for file in found.pages
            }
        else:
            new = {name: site.text(name)}
        others = {home: other.homes for home, other in lists.items() if home != name}
        for file, html in new.items():
            linked = _with_direct_links(file, html, others)
            if found or linked != html:
                pages[file] = linked
    return pages


def _with_direct_links(name: str, html: str, lists: Mapping[str, Mapping[str, str]]) -> str:
    """Return a page whose links to an id in a list lead to the part that has it.

    `lists` maps the pages of lists to the files of their ids.
    """

    @cache
    def home_of(to: str) -> str | None:
        path = site_path(name, to)
        return next((home for home in lists if path in (home, posixpath.dirname(home))), None)

    def direct(link: re.Match[str]) -> str:
        home = home_of(link["to"])
        file = lists[home].get(link["id"]) if home else None
        if not home or not file:
            return link.group()
        return f'href="{link_to(posixpath.join(posixpath.dirname(home), file), name)}#{link["id"]}"'

    return _LINK.sub(direct, html)


def cut_list(html: str, store: Store) -> ListPages | None:
    """Return the pages that a page with a list in parts becomes, or None.

    `store` has what was read of parts before: most of them are as they were.
    """
    if f'{LIST}="' not in html:
        return None
    before, *parts = _PART.split(html)
    if not parts:
        return None
    page = _ListPage(html, read_tags(before), _placed(parts, len(before), store))
    return ListPages(dict(page.pages()), page.homes)


class _Part(NamedTuple):
    """A part of a list: its title, where it is, and its tags that have an id or lead to one."""

    title: str
    start: int
    end: int
    tags: list[Tag]


def _placed(parts: Iterable[str], start: int, store: Store) -> Iterator[_Part]:
    """Yield the parts of a page, the first of which begins at `start`."""
    for html in parts:
        kept = f"parts/{digest_of(html)}.json"
        if (data := store.read(kept)) is None:
            data = _read_part(html)
            store.keep(kept, data)
        title, end, tags = data
        placed = [Tag(name, start + at, start + to, values) for name, at, to, values in tags]
        yield _Part(title, start, start + end, placed)
        start += len(html)


def _read_part(html: str) -> tuple[str, int, list[tuple[str, int, int, Mapping[str, str | None]]]]:
    """Return a part's title, its end and its tags, as far as a `_Part` has them."""
    tags = read_tags(html)
    end = end_of(tags, 0).end
    title, after = tags[1:3]
    named = (tag for tag in tags if tag.get("id") or tag.get("href").startswith("#"))
    found = [(tag.name, tag.start, tag.end, tag.attributes) for tag in named if tag.start < end]
    return html[title.end : after.start], end, found


class _ListPage:
    """A page with a list, and where in its HTML the parts are.

    `tags` are those before the first part, which are the head, the list and its index.
    """

    def __init__(self, html: str, tags: list[Tag], parts: Iterable[_Part]) -> None:
        self._html = html
        listed = next(at for at, tag in enumerate(tags) if tag.get(LIST))
        self._index_id = tags[listed].get(LIST)
        self._in_head = [tag for tag in tags[:listed] if tag.name in _IN_HEAD and not tag.closes]
        index = next(at for at, tag in enumerate(tags) if tag.get("id") == self._index_id)
        self._index = tags[index].start, end_of(tags, index).end
        named = {part.tags[0].get(FILE): part for part in parts}
        self._places = {file: (part.start, part.end) for file, part in named.items()}
        self._titles = {file: part.title for file, part in named.items()}
        self._part_ids = {part.tags[0].get("id") for part in named.values()}
        # The tags of the list, by the file that they are in.
        self._tags = {"": tags[listed:], **{file: part.tags for file, part in named.items()}}
        self.homes = {
            name: file for file, own in self._tags.items() for tag in own if (name := tag.get("id"))
        }

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield the file and the HTML of the index and of each part."""
        links = self._links()
        places = {"": self._index, **self._places}
        for file in places:
            cuts = [Edit(*place, "") for other, place in places.items() if other != file]
            head = self._head(file) if file else ()
            yield file, with_edits(self._html, [*cuts, *head, *links[file]])

    def _links(self) -> Mapping[str, list[Edit]]:
        """Return the links in the list that change, by the file that they are in."""
        edits: dict[str, list[Edit]] = defaultdict(list)
        for file, tags in self._tags.items():
            for tag in tags:
                target = tag.get("href").removeprefix("#")
                home = self.homes.get(target)
                if home is not None and home != file:
                    edits[file].append(self._link(tag, target, home))
        return edits

    def _link(self, tag: Tag, target: str, home: str) -> Edit:
        """Return the change of a link to an id in the file `home`."""
        if target == self._index_id or target in self._part_ids:
            return with_attributes(tag, {"href": home or "./"})
        # What led to a source in the list now stands for it there.
        return with_attributes(tag, {"id": target, "href": f"{home}#{target}"})

    def _head(self, file: str) -> Iterator[Edit]:
        """Yield the changes by which the head of a page names the part, and its address."""
        for tag in self._in_head:
            if tag.name == "title":
                yield Edit(tag.end, tag.end, f"{self._titles[file]} - ")
            elif tag.get("rel") == "canonical":
                yield with_attributes(tag, {"href": tag.get("href") + file})
            elif "description" in (tag.get("name"), tag.get("property").removeprefix("og:")):
                yield with_attributes(
                    tag, {"content": f"{self._titles[file]}: {tag.get('content')}"}
                )
            elif tag.get("property") == "og:url":
                yield with_attributes(tag, {"content": tag.get("content") + file})
