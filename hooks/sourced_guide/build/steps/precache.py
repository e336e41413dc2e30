"""The precache manifest: what a reader's device keeps of the site, to be shown and searched there.

Not what editors read, nor the handouts: those are large, and a page can be printed from the device.
"""

from __future__ import annotations

import posixpath
import re
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourced_guide.build.built_site.site import FOR_EDITORS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sourced_guide.build.built_site.page import BuiltPage
    from sourced_guide.build.built_site.site import BuiltSite

_INDEX = re.compile(r"(?:^|(?<=/))index\.html$")
_QUERY_OR_FRAGMENT = re.compile(r"[?#]")
# The theme's search: a script that only runs once somebody searches, and what it searches in.
_SEARCH = re.compile(r'"search": ?"(?P<to>[^"]+\.js)"')
_SEARCHED = ("search/search_index.json", "search.json")


@dataclass(frozen=True)
class PrecacheManifest:
    """What is kept: `size` bytes, as they lie on the disk.

    `digests` leads from each address, relative to the site's root, to the SHA-256 of its file in
    Base64.
    """

    digests: Mapping[str, str]
    size: int


def precache_manifest(site: BuiltSite) -> PrecacheManifest:
    """Return what is kept of a site."""
    pages = [page for page in site.pages() if not page.name.startswith(FOR_EDITORS)]
    needed = {name for page in pages for name in _needed(page)}
    names = sorted({*(page.name for page in pages), *(site.names & {*needed, *_SEARCHED})})
    return PrecacheManifest(
        {_INDEX.sub("", name): _base64(site.digest(name)) for name in names},
        sum(site.path(name).stat().st_size for name in names),
    )


def _needed(page: BuiltPage) -> Iterator[str]:
    """Yield the files of the same site that a page's elements ask for, as paths from its root."""
    searches = (match for element in page.code for match in _SEARCH.finditer(element.text))
    for address in (*page.loads, *(match["to"] for match in searches)):
        if not _QUERY_OR_FRAGMENT.search(address):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(page.name), address))
            if not path.startswith(("/", "..")):
                yield path


def _base64(digest: str) -> str:
    return b64encode(bytes.fromhex(digest)).decode()
