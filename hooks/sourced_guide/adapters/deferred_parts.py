"""Parts of a page that its parse has left out: what needs all pages, and what no search is to see.

The parse leaves a placeholder for each, which is filled when all pages have been read.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from mkdocs.utils import get_relative_url

from sourced_guide.claims.render.directives import DEFERRED, deferred_directive
from sourced_guide.claims.render.page import SOURCE, source_entry
from sourced_guide.claims.render.source_line import SOURCE_LINE, source_line

if TYPE_CHECKING:
    from mkdocs.structure.files import Files

    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.render.references_page import Href
_PLACE = re.compile(rf'<div (?P<name>{DEFERRED}|{SOURCE}|{SOURCE_LINE})="(?P<value>[^"]*)"></div>')


def with_parts(content: str, url: str, guide: Guide, files: Files) -> str:
    """Return the HTML of the page at `url` with its placeholders filled."""

    @cache
    def url_of(path: str) -> str:
        target = files.get_file_from_path(path)
        return get_relative_url(target.url if target else path, url)

    def href(path: str, anchor: str) -> str:
        return f"{url_of(path)}#{anchor}" if anchor else url_of(path)

    def rendered(place: re.Match[str]) -> str:
        if place["name"] == SOURCE:
            return _source_entry(place["value"], guide, href)
        if place["name"] == SOURCE_LINE:
            source = guide.references.sources[place["value"]]
            return source_line(source, guide.project, href)
        return deferred_directive(place["value"], guide, href)

    return _PLACE.sub(rendered, content)


def _source_entry(value: str, guide: Guide, href: Href) -> str:
    """Return a source's entry in a page's list."""
    number, key, *passages = value.split()
    source = guide.references.sources[key]
    return source_entry(int(number), source, passages, guide.project, href)
