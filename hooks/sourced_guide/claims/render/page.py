"""How a page shows its citations: numbers at the sentence, and the sources at its end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from sourced_guide.claims.language.markup.written_html import attribute, element_of, link, text
from sourced_guide.claims.model.statement import Role
from sourced_guide.claims.project.source_library import REFERENCES
from sourced_guide.claims.render.directives import mark_directives
from sourced_guide.claims.render.marks import Cited, add_marks
from sourced_guide.claims.render.references_page import (
    READ_THERE,
    Href,
    page_anchor,
    passage_address,
    relative_href,
)
from sourced_guide.claims.render.source_labels import READ_LABELS, kind_label
from sourced_guide.claims.report.bibliography import reference

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sourced_guide.claims.markdown.page_reader import PageReader
    from sourced_guide.claims.markdown.segments.inline_text import SourceSpan
    from sourced_guide.claims.markdown.segments.segment import Segment
    from sourced_guide.claims.model.source import Passage, Source
    from sourced_guide.claims.project.project import Project

# The attribute of a placeholder for a source's entry: its number, its key and its passages.
SOURCE = "data-cs-source"
# The attribute by which the panel of a mark finds its passages in the list.
PASSAGE = "data-cs-passage"
REFERENCES_PAGE = f"{REFERENCES}/index.md"
SOURCES_HEADING = "Sources on this page"
_LINK = re.compile(r"</?a\b[^>]*>")
_UNSOURCED = "SRC001: this has no source"


def render_page(  # noqa: PLR0913 (what the Markdown extension passes)
    root: Element,
    page: str,
    reader: PageReader,
    segments: list[Segment],
    *,
    mark_unsourced: bool,
    deferred: bool,
) -> None:
    """Add citation numbers and the list of sources to the tree of one page.

    With `mark_unsourced`, claims without a source are marked on the page for its editor.

    With `deferred`, the list of sources gets placeholders for its entries: `source_entry` fills
    these after other plugins have read the page's text.
    """
    if mark_unsourced:
        _mark_unsourced(root, segments)
    cited = add_marks(root, segments, reader.references.sources)
    mark_directives(root)
    if cited:
        root.append(_sources_section(cited, page, reader, deferred=deferred))


# Marks for editors


def _mark_unsourced(root: Element, segments: list[Segment]) -> None:
    """Wrap the words of every claim without a source in `<mark>`, for `mkdocs serve`."""
    parents = {child: parent for parent in root.iter() for child in parent}
    # From the last to the first, so that what is wrapped never moves what is still to come.
    for segment in reversed(segments):
        if segment.statement.role is Role.CLAIM and not segment.statement.citations:
            for span in reversed(segment.inline.source_spans):
                start, end = max(span.start, segment.start), min(span.end, segment.end)
                if start < end:
                    mark = Element("mark", {"class": "cs-unsourced", "title": _UNSOURCED})
                    wrap(mark, span, (start - span.start, end - span.start), parents)


def wrap(
    mark: Element, span: SourceSpan, words: tuple[int, int], parents: Mapping[Element, Element]
) -> None:
    """Put characters of a span, from the first to before the second, into the new element `mark`.

    `parents` are those of the elements of the page. The rest of the span's text follows the mark:
    who wraps several parts of a page begins with the last.
    """
    element, raw = span.node.element, span.node.raw
    first, last = (span.raw_start + at for at in words)
    mark.text, mark.tail = raw[first:last], raw[last:]
    if span.node.in_tail:
        element.tail = raw[:first]
        parent = parents[element]
        parent.insert(list(parent).index(element) + 1, mark)
    else:
        element.text = raw[:first]
        element.insert(0, mark)


# Sources on this page


def _sources_section(
    cited: Mapping[str, Cited], page: str, reader: PageReader, *, deferred: bool
) -> Element:
    section = Element("section", {"class": "cs-sources"})
    heading = SubElement(section, "h2", {"id": "sources-on-this-page"})
    heading.text = SOURCES_HEADING
    folded = SubElement(section, "details")
    count = f"{len(cited)} sources" if len(cited) > 1 else "1 source"
    SubElement(folded, "summary").text = count
    entries = SubElement(folded, "ol")
    href = relative_href(page)
    for key, citation in cited.items():
        # The entry is never deferred: MkDocs validates the anchors that the marks link to.
        entry = SubElement(entries, "li", {"id": f"source-{key}"})
        if deferred:
            SubElement(
                entry, "div", {SOURCE: " ".join([str(citation.number), key, *citation.passages])}
            )
        else:
            source = reader.references.sources[key]
            passages = list(citation.passages)
            html = source_entry(citation.number, source, passages, reader.project, href)
            entry.append(element_of(html))
    return section


def source_entry(
    number: int, source: Source, passages: Sequence[str], project: Project, href: Href
) -> str:
    """Return a source's entry in a page's list: one line, and the passages cited below it.

    It has as few elements as can be: a page may have a hundred sources. A passage is a text and the
    mark after it, by which the panel finds it: a link to its place, if it has one.
    """
    title = source.title if source.title.endswith(("?", "!")) else f"{source.title}."
    words = reference(source, project.store)
    if source.csl.get("URL"):
        # The passages have links to the same place.
        words = _LINK.sub("", words)
    about = [READ_LABELS.get(source.read, ""), words]
    if project.has_page(REFERENCES_PAGE):
        address = href(REFERENCES_PAGE, page_anchor(source.key))
        about.insert(1, link(address, f"All that we use of source {number}"))
    listing = "".join(
        f"{text(passage.says)} {_passage_mark(source, passage)}"
        for passage in map(source.passages.get, passages)
        if passage
    )
    return (
        f"<details><summary>{text(title)} <span>{text(kind_label(source))}.</span></summary>"
        f"<p>{' '.join(filter(None, about))}</p><div>{listing}</div></details>"
    )


def _passage_mark(source: Source, passage: Passage) -> str:
    name = f'{PASSAGE}="{attribute(passage.id)}"'
    if address := passage_address(source, passage):
        return f'<a href="{attribute(address)}" {name}>{READ_THERE}</a>'
    return f"<span {name}></span>"
