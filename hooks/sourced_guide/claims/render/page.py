"""How a page shows its citations: numbers at the sentence, and the sources at its end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from sourced_guide.claims.markdown.segments.inline_reader import CITATION_CLASS, WRITTEN
from sourced_guide.claims.model.citation import parse_group
from sourced_guide.claims.model.statement import Role
from sourced_guide.claims.project.source_library import REFERENCES
from sourced_guide.claims.render.directives import mark_directives
from sourced_guide.claims.render.references_page import (
    Href,
    page_anchor,
    passage_item,
    relative_href,
)
from sourced_guide.claims.render.source_labels import READ_LABELS, kind_label
from sourced_guide.claims.report.bibliography import reference

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sourced_guide.claims.markdown.page_reader import PageReader
    from sourced_guide.claims.markdown.segments.inline_text import SourceSpan
    from sourced_guide.claims.markdown.segments.segment import Segment
    from sourced_guide.claims.model.source import Source
    from sourced_guide.claims.project.project import Project

_STOP = re.compile(r"\s*(?P<stop>[)\]”’\"']*[.,;:!?…]+[)\]”’\"']*)")
# The attribute of a placeholder for a source's entry: its number, its key and its passages.
SOURCE = "data-cs-source"
# Attributes by which the panel of a number finds its passages in the list.
PASSAGES, PASSAGE = "data-cs-passages", "data-cs-passage"
REFERENCES_PAGE = f"{REFERENCES}/index.md"


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
    _move_after_punctuation(root)
    cited = _number(root, reader.references.sources)
    mark_directives(root)
    if cited:
        root.append(_sources_section(cited, page, reader, deferred=deferred))


# Numbers


@dataclass
class _Cited:
    """A source on a page: its number, and the passages cited, in order of appearance."""

    number: int
    passages: dict[str, None] = field(default_factory=dict)


def _number(root: Element, sources: Mapping[str, Source]) -> dict[str, _Cited]:
    """Number the page's sources in order of appearance; return what the page cites of each."""
    cited: dict[str, _Cited] = {}
    for anchor in root.iter("sup"):
        if anchor.get("class") != CITATION_CLASS:
            continue
        passages: dict[str, list[str]] = {}
        for citation in parse_group(anchor.attrib.pop(WRITTEN)):
            passages.setdefault(citation.key, []).append(citation.passage)
        for key, named in passages.items():
            if len(anchor):
                anchor[-1].tail = ", "
            if key not in sources:
                SubElement(anchor, "span").text = "?"
                continue
            source = cited.setdefault(key, _Cited(len(cited) + 1))
            source.passages.update(dict.fromkeys(named))
            link = SubElement(
                anchor,
                "a",
                {
                    "href": f"#source-{key}",
                    "aria-label": f"source {source.number}",
                    # Which of the passages in the list a panel at this number is to show.
                    PASSAGES: " ".join(named),
                },
            )
            link.text = str(source.number)
    return cited


def _move_after_punctuation(root: Element) -> None:
    """Move every citation after the punctuation that follows it, without a space before it."""
    parents = {child: parent for parent in root.iter() for child in parent}
    for anchor in list(filter(_is_citation, root.iter("sup"))):
        _move_out_of_inline(anchor, parents)
    for parent in list(root.iter()):
        _attach_to_text(parent)


def _move_out_of_inline(anchor: Element, parents: dict[Element, Element]) -> None:
    """Take a citation out of a link, and out of emphasis that ends with it."""
    while (parent := parents[anchor]).tag in ("a", "em", "strong", "b", "i", "mark", "span"):
        is_last = parent[-1] is anchor and not (anchor.tail or "").strip()
        if parent.tag != "a" and not is_last:
            return
        index = list(parent).index(anchor)
        text = _text_before(parent, index)
        text = text.rstrip() if is_last else text + (anchor.tail or "")
        _set_text_before(parent, index, text)
        parent.remove(anchor)
        above = parents[parent]
        anchor.tail, parent.tail = parent.tail, ""
        above.insert(list(above).index(parent) + 1, anchor)
        parents[anchor] = above


def _attach_to_text(parent: Element) -> None:
    """Move citations among the children of `parent` right after a word and its punctuation."""
    children = list(parent)
    first = 0
    while first < len(children):
        last = first
        if not _is_citation(children[first]):
            first += 1
            continue
        while (
            last + 1 < len(children)
            and _is_citation(children[last + 1])
            and not (children[last].tail or "").strip()
        ):
            children[last].tail = ""
            last += 1
            children[last].text = ", "
        before = _text_before(parent, first).rstrip()
        tail = children[last].tail or ""
        if stop := _STOP.match(tail):
            before += stop["stop"]
            children[last].tail = tail[stop.end() :]
        _set_text_before(parent, first, before)
        first = last + 1


def _is_citation(element: Element) -> bool:
    return element.tag == "sup" and element.get("class") == CITATION_CLASS


def _text_before(parent: Element, index: int) -> str:
    return (parent[index - 1].tail if index else parent.text) or ""


def _set_text_before(parent: Element, index: int, text: str) -> None:
    if index:
        parent[index - 1].tail = text
    else:
        parent.text = text


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
                    _wrap(span, start - span.start, end - span.start, parents)


def _wrap(span: SourceSpan, start: int, end: int, parents: Mapping[Element, Element]) -> None:
    """Wrap characters `start` to `end` of a span; the rest of its text follows the mark."""
    element, raw = span.node.element, span.node.raw
    first, last = span.raw_start + start, span.raw_start + end
    mark = Element("mark", {"class": "cs-unsourced", "title": "SRC001: this has no source"})
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
    cited: Mapping[str, _Cited], page: str, reader: PageReader, *, deferred: bool
) -> Element:
    section = Element("section", {"class": "cs-sources"})
    heading = SubElement(section, "h2", {"id": "sources-on-this-page"})
    heading.text = "Sources on this page"
    entries = SubElement(section, "ol")
    href = relative_href(page)
    for key, citation in cited.items():
        # The entry is never deferred: MkDocs validates the anchors that the numbers link to.
        entry = SubElement(entries, "li", {"id": f"source-{key}"})
        if deferred:
            SubElement(
                entry, "div", {SOURCE: " ".join([str(citation.number), key, *citation.passages])}
            )
        else:
            source = reader.references.sources[key]
            passages = list(citation.passages)
            entry.extend(source_entry(citation.number, source, passages, reader.project, href))
    return section


def source_entry(
    number: int, source: Source, passages: Sequence[str], project: Project, href: Href
) -> list[Element]:
    """Return the content of a source's entry in a page's list, with the passages cited there."""
    about = Element("p", {"class": "cs-sources__about"})
    kind = SubElement(about, "strong")
    kind.text = f"{kind_label(source)}."
    kind.tail = f" {READ_LABELS.get(source.read, '')}"
    formatted = Element("p")
    formatted.append(reference(source, project.store))
    box = Element("details")
    SubElement(box, "summary").text = "What it says, in our words"
    listing = SubElement(box, "ul", {"class": "cs-sources__passages"})
    for name in passages:
        if passage := source.passages.get(name):
            entry = passage_item(source, passage)
            entry.set(PASSAGE, name)
            listing.append(entry)
    parts = [about, formatted, box]
    if project.has_page(REFERENCES_PAGE):
        more = Element("p", {"class": "cs-sources__more"})
        link = SubElement(more, "a", {"href": href(REFERENCES_PAGE, page_anchor(source.key))})
        link.text = "All that we use of this source"
        link.set("aria-label", f"All that we use of source {number}")
        parts.append(more)
    return parts
