"""The precache manifest: the files that the service worker caches on a reader's device.

Pages for editors and handouts are not included: handouts are large, and pages can be printed from
the device. Of a site above `LARGE`, a device gets the pages that have to be there in an emergency,
the search and what all pages look like; of the other pages, those that its reader opens.
"""

from __future__ import annotations

import posixpath
import re
from base64 import b64encode
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourced_guide.build.built_site.links import BrokenLinkError, linked_file
from sourced_guide.build.built_site.page import built_name, parse_html
from sourced_guide.build.built_site.site import FOR_EDITORS
from sourced_guide.claims.model.third_party import THEME_NAV_PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sourced_guide.build.built_site.page import BuiltPage
    from sourced_guide.build.built_site.site import BuiltSite

_START, _NOT_FOUND = "index.md", "404.html"
_INDEX = re.compile(r"(?:^|(?<=/))index\.html$")
_QUERY_OR_FRAGMENT = re.compile(r"[?#]")
# The theme's search: a script that only runs once somebody searches, and what it searches in.
_SEARCH = re.compile(r'"search": ?"(?P<to>[^"]+\.js)"')
_SEARCHED = ("search/search_index.json", "search.json")


# In bytes on disk. More is too much for pages that may never be opened.
LARGE = 10_000_000


@dataclass(frozen=True)
class PrecacheManifest:
    """The files that a device may keep, and those of them that it keeps unasked.

    `digests` maps the path of every file to its SHA-256 in Base64; `always` are the paths of those
    that are kept unasked, `size` bytes on disk.
    """

    digests: Mapping[str, str]
    always: frozenset[str]
    size: int

    @property
    def is_whole(self) -> bool:
        """Whether everything is kept unasked."""
        return len(self.always) == len(self.digests)

    def __str__(self) -> str:
        """Say what is kept, in a few words."""
        rest = "" if self.is_whole else ", and each page that a reader opens"
        return f"{self.size / 1e6:.1f} MB are precached on readers' devices{rest}"


def precache_manifest(site: BuiltSite) -> PrecacheManifest:
    """Return the precache manifest of a site."""
    pages = [page for page in site.pages() if not page.name.startswith(FOR_EDITORS)]
    needed = {name for page in pages for name in _loaded_files(page)}
    files = site.names & {*needed, *_SEARCHED}
    names = sorted({*(page.name for page in pages), *files})
    sizes = {name: site.path(name).stat().st_size for name in names}
    always = set(names)
    if sum(sizes.values()) > LARGE:
        always = {*files, *(_urgent_pages(site) & always)}
    return PrecacheManifest(
        {_INDEX.sub("", name): _base64(site.digest(name)) for name in names},
        frozenset(_INDEX.sub("", name) for name in always),
        sum(sizes[name] for name in always),
    )


def _urgent_pages(site: BuiltSite) -> set[str]:
    """Return the start page, what is shown where there is no page, and the part for emergencies.

    That is the part of the navigation with the page that the settings call urgent.
    """
    start = site.start.name
    found = {start, _NOT_FOUND}
    urgent = built_name(str(site.claims.get("site", {}).get("urgent-page") or _START))
    for part in parse_html(site.text(start)).xpath(THEME_NAV_PARTS):
        pages = set()
        for link in part.xpath("following-sibling::nav//a/@href"):
            # That a link leads nowhere is for other steps to say.
            with suppress(BrokenLinkError):
                pages.add(linked_file(start, str(link), site.names) or start)
        if urgent in pages:
            found |= pages
    return found | {urgent}


def _loaded_files(page: BuiltPage) -> Iterator[str]:
    """Yield the files of the same site that a page loads, as paths from its root."""
    searches = (match for element in page.code for match in _SEARCH.finditer(element.text))
    for address in (*page.loads, *(match["to"] for match in searches)):
        if not _QUERY_OR_FRAGMENT.search(address):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(page.name), address))
            if not path.startswith(("/", "..")):
                yield path


def _base64(digest: str) -> str:
    return b64encode(bytes.fromhex(digest)).decode()
