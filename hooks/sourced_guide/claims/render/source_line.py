"""A source in one line, for a page with so many sources that whole entries make it too long.

What its passages say is in the list of all sources, to which the line leads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from sourced_guide.claims.language.markup.written_html import attribute, element_of, text
from sourced_guide.claims.render.page import REFERENCES_PAGE, SOURCE
from sourced_guide.claims.render.references_page import page_anchor, relative_href
from sourced_guide.claims.render.source_labels import READ_LABELS, kind_label
from sourced_guide.claims.report.bibliography import reference_words

if TYPE_CHECKING:
    from sourced_guide.claims.markdown.page_reader import PageReader
    from sourced_guide.claims.model.source import Source
    from sourced_guide.claims.project.project import Project
    from sourced_guide.claims.render.references_page import Href

# The attribute of a placeholder for a line: the key of its source.
SOURCE_LINE = "data-cs-source-line"


def shorten_entries(root: Element, page: str, reader: PageReader) -> None:
    """Replace the entries in a page's list of sources by lines, and their placeholders likewise."""
    for item in root.iterfind(".//section[@class='cs-sources']//ol/li"):
        key = item.get("id", "").removeprefix("source-")
        if item.find(f"div[@{SOURCE}]") is not None:
            item[:] = [Element("div", {SOURCE_LINE: key})]
        else:
            source = reader.references.sources[key]
            line = source_line(source, reader.project, relative_href(page))
            item[:] = element_of(f"<li>{line}</li>")


def source_line(source: Source, project: Project, href: Href) -> str:
    """Return what kind of source it is, a link to what is used of it, and its reference."""
    kind = f"{text(kind_label(source))}."
    if project.has_page(REFERENCES_PAGE):
        address = attribute(href(REFERENCES_PAGE, page_anchor(source.key)))
        line = f'<a class="cs-sources__kind" href="{address}">{kind}</a>'
    else:
        line = f'<span class="cs-sources__kind">{kind}</span>'
    words = text(reference_words(source, project.store))
    return " ".join(filter(None, (line, READ_LABELS.get(source.read), words)))
