"""The precache manifest: the files that the service worker caches on a reader's device.

Pages for editors and handouts are not included: handouts are large, and pages can be printed from
the device.
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
    """The files to cache, `size` bytes on disk.

    `digests` maps the path of every file to its SHA-256 in Base64.
    """

    digests: Mapping[str, str]
    size: int


def precache_manifest(site: BuiltSite) -> PrecacheManifest:
    """Return the precache manifest of a site."""
    pages = [page for page in site.pages() if not page.name.startswith(FOR_EDITORS)]
    needed = {name for page in pages for name in _loaded_files(page)}
    names = sorted({*(page.name for page in pages), *(site.names & {*needed, *_SEARCHED})})
    return PrecacheManifest(
        {_INDEX.sub("", name): _base64(site.digest(name)) for name in names},
        sum(site.path(name).stat().st_size for name in names),
    )


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
