"""Makes pages of a long list, of all sources or of all changes: its index, and one for each part.

Generators build it as one page (see `reference_lists.py`). The new pages are in the folder of that
page, so all addresses in what surrounds the list stay right.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

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
from sourced_guide.claims.render.reference_lists import FILE, LIST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sourced_guide.build.built_site.site import BuiltSite

# What names a page, and its address.
_IN_HEAD = ("title", "link", "meta")
_LINK = re.compile(r'href="(?P<to>[^"#:]+)#(?P<id>[^"]+)"')


@dataclass(frozen=True)
class ListPages:
    """The pages that a list becomes.

    `pages` maps the names of their files, empty for the index, to their HTML. `homes` maps the ids
    in the list to those files, and `titles` the files of parts to the titles of these.
    """

    pages: Mapping[str, str]
    homes: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


def list_pages(site: BuiltSite) -> dict[str, str]:
    """Return the pages of a built site that have changed, and the new ones, by their files."""
    pages: dict[str, str] = {}
    for name in site.page_names:
        if posixpath.basename(name) != INDEX_FILE:
            continue
        if found := cut_list(pages.get(name) or site.text(name)):
            folder = posixpath.dirname(name)
            everything = {each: site.text(each) for each in site.page_names} | pages
            pages |= _with_direct_links(everything, name, found.homes)
            pages |= {
                posixpath.join(folder, file or INDEX_FILE): html
                for file, html in found.pages.items()
            }
    return pages


def _with_direct_links(
    pages: Mapping[str, str], home: str, homes: Mapping[str, str]
) -> dict[str, str]:
    """Return the pages that link to an id in the list, with links to the part that has it."""
    folder = posixpath.dirname(home)
    changed = {}
    for name, html in pages.items():

        @cache
        def leads_home(to: str, page: str = name) -> bool:
            return site_path(page, to) in (folder, home)

        def direct(
            link: re.Match[str], page: str = name, leads_home: Callable[[str], bool] = leads_home
        ) -> str:
            file = homes.get(link["id"])
            if not file or not leads_home(link["to"]):
                return link.group()
            return f'href="{link_to(posixpath.join(folder, file), page)}#{link["id"]}"'

        if (linked := _LINK.sub(direct, html)) != html:
            changed[name] = linked
    return changed


def cut_list(html: str) -> ListPages | None:
    """Return the pages that a page with a list in parts becomes, or None."""
    if f'{LIST}="' not in html:
        return None
    page = _ListPage(html)
    return ListPages(dict(page.pages()), page.homes, page.titles) if page.parts else None


class _ListPage:
    """A page with a list, and where in its HTML the parts are."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._tags = read_tags(html)
        # Most tags of a long list have no attribute.
        self._named = [(at, tag) for at, tag in enumerate(self._tags) if tag.attributes]
        number = self._first(lambda tag: bool(tag.get(LIST)))
        self._index_id = self._tags[number].get(LIST)
        self._list = self._place(number)
        self._in_head = [
            tag
            for tag in self._tags
            if tag.name in _IN_HEAD and not tag.closes and tag.start < self._list[0]
        ]
        self._index = self._place(self._first(lambda tag: tag.get("id") == self._index_id))
        self.parts: dict[str, tuple[int, int]] = {}
        self.titles: dict[str, str] = {}
        self._part_ids: set[str] = set()
        for number, tag in self._named:
            if file := tag.get(FILE):
                title, after = self._tags[number + 1 : number + 3]
                self.parts[file] = self._place(number)
                self.titles[file] = html[title.end : after.start]
                self._part_ids.add(tag.get("id"))
        self._files = list(self.parts)
        self._starts = [start for start, _ in self.parts.values()]
        named = ((name, tag) for _, tag in self._named if (name := tag.get("id")))
        homes = ((name, self._file(tag)) for name, tag in named)
        self.homes = {name: file for name, file in homes if file is not None}

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield the file and the HTML of the index and of each part."""
        links = self._links()
        places = {"": self._index, **self.parts}
        for file in places:
            cuts = [Edit(*place, "") for other, place in places.items() if other != file]
            head = self._head(file) if file else ()
            yield file, with_edits(self._html, [*cuts, *head, *links[file]])

    def _first(self, matches: Callable[[Tag], bool]) -> int:
        """Return the number of the first tag that matches."""
        return next(number for number, tag in self._named if matches(tag))

    def _place(self, number: int) -> tuple[int, int]:
        """Return where an element begins and ends, given the number of its tag."""
        return self._tags[number].start, end_of(self._tags, number).end

    def _file(self, tag: Tag) -> str | None:
        """Return the file of the part that a tag is in; None is around the list."""
        if not self._list[0] <= tag.start < self._list[1]:
            return None
        number = bisect_right(self._starts, tag.start) - 1
        file = self._files[number] if number >= 0 else ""
        return file if file and tag.start < self.parts[file][1] else ""

    def _links(self) -> Mapping[str, list[Edit]]:
        """Return the links in the list that change, by the file that they are in."""
        edits: dict[str, list[Edit]] = defaultdict(list)
        for _, tag in self._named:
            target = tag.get("href").removeprefix("#")
            home = self.homes.get(target)
            if home is not None and (own := self._file(tag)) is not None and own != home:
                edits[own].append(self._link(tag, target, home))
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
                yield Edit(tag.end, tag.end, f"{self.titles[file]} - ")
            elif tag.get("rel") == "canonical":
                yield with_attributes(tag, {"href": tag.get("href") + file})
            elif "description" in (tag.get("name"), tag.get("property").removeprefix("og:")):
                yield with_attributes(
                    tag, {"content": f"{self.titles[file]}: {tag.get('content')}"}
                )
            elif tag.get("property") == "og:url":
                yield with_attributes(tag, {"content": tag.get("content") + file})
