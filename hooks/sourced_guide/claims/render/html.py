"""Pages as HTML, as the generator renders them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown import Markdown

from sourced_guide.claims.markdown.extension import ClaimsExtension, page_reader, parsed
from sourced_guide.claims.render.directives import fill_directives
from sourced_guide.claims.render.page import render_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourced_guide.claims.project.guide import Guide


def render_pages(guide: Guide) -> Iterator[tuple[str, str]]:
    """Yield every page's path and its text as HTML.

    Raises UnusableProjectError where a Markdown extension fails on a page.
    """
    reader = page_reader(guide.project, guide)
    extension = ClaimsExtension(render_page, fill=fill_directives, reader=reader)
    yield from parsed(reader, guide.project.page_paths, extension, Markdown.convert)
