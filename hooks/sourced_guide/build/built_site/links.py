"""Resolves the links of a page that is opened as a file, without a server.

A server answers `tests/` with `tests/index.html`; a browser that opens files shows a folder.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

from sourced_guide.build.built_site.page import INDEX, built_name

if TYPE_CHECKING:
    from collections.abc import Collection


class BrokenLinkError(Exception):
    """A link of a page or style sheet has no target in the site; the message is the link."""


def is_external(href: str) -> bool:
    """Say whether a link leads to a host on the network."""
    parts = urlsplit(href)
    return parts.scheme in ("http", "https") or bool(parts.netloc)


def site_path(page: str, href: str) -> str | None:
    """Return the path in the site that a page's link refers to, or None.

    A link within the page, to another host or to data has none.
    """
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))


def linked_file(page: str, href: str, files: Collection[str]) -> str | None:
    """Return the file of the site that a page's link refers to, or None if it has no path.

    Raises BrokenLinkError where `files` has no file at the path.
    """
    place = site_path(page, href)
    if place is None:
        return None
    if file := next((path for path in file_names(place) if path in files), None):
        return file
    raise BrokenLinkError(href)


def file_names(place: str) -> tuple[str, str]:
    """Return the two files that a server may answer a path in the site with."""
    return place, posixpath.normpath(posixpath.join(place, INDEX))


def links_into(folder: str, page: str, href: str) -> bool:
    """Say whether a page's link refers to a folder at the site's root, or to something in it."""
    return (site_path(page, href) or "").partition("/")[0] == folder


def link_to(file: str, page: str, href: str = "") -> str:
    """Return the link from a page to `file`, with the query and fragment of `href`."""
    path = quote(_relative(file.split("/"), page.split("/")[:-1]))
    return urlsplit(href)._replace(path=path).geturl() if href else path


def _relative(path: list[str], folder: list[str]) -> str:
    """Return the way from a folder to a path, as `posixpath.relpath`, which asks the system."""
    common = 0
    for one, other in zip(path, folder, strict=False):
        if one != other:
            break
        common += 1
    return "/".join([*[".."] * (len(folder) - common), *path[common:]]) or "."


def place_of(page: str) -> str:
    """Return the address of a page of the project within the site, from its root: `/tests/`."""
    folder = posixpath.dirname(built_name(page))
    return f"/{folder}/" if folder else "/"


def place(page: str, href: str) -> str:
    """Return the target of a link of a page of the project: a path in the site, or a full URL."""
    return urldefrag(urljoin(place_of(page), href)).url
