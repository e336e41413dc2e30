"""Where the links of a page lead when it is opened as a file, without a server.

A server answers `tests/` with `tests/index.html`; a browser that opens files shows a folder.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from sourced_guide.build.built_site.page import INDEX

if TYPE_CHECKING:
    from collections.abc import Collection


class DeadLinkError(Exception):
    """A link of a page or style sheet leads to nothing in the site; the message is the link."""


def leads_out(href: str) -> bool:
    """Say whether a link leads to a host on the network."""
    parts = urlsplit(href)
    return parts.scheme in ("http", "https") or bool(parts.netloc)


def place_of(page: str, href: str) -> str | None:
    """Return the path in the site that a page's link names; None where it names none.

    A link within the page, to another host or to data names none.
    """
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))


def file_of(page: str, href: str, files: Collection[str]) -> str | None:
    """Return the file of the site that a page's link leads to; None where it names no path.

    Raises DeadLinkError where it names one, and `files` has nothing there.
    """
    place = place_of(page, href)
    if place is None:
        return None
    for path in (place, posixpath.normpath(posixpath.join(place, INDEX))):
        if path in files:
            return path
    raise DeadLinkError(href)


def names_file_in(folder: str, page: str, href: str) -> bool:
    """Say whether a page's link names a folder at the site's root, or something in it."""
    return (place_of(page, href) or "").partition("/")[0] == folder


def link_to(file: str, page: str, href: str = "") -> str:
    """Return the link of a page that leads to `file`, with the query and fragment of `href`."""
    path = quote(posixpath.relpath(file, posixpath.dirname(page) or "."))
    return urlsplit(href)._replace(path=path).geturl()
