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
from sourced_guide.claims.render.directives import fill_directives
from sourced_guide.claims.render.references_page import (
    Href,
    href_from,
    page_anchor,
    passage_item,
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
# Where an entry of the list of sources is to be put; holds its number, its key and its passages.
SOURCE = "data-cs-source"
# By these a number's panel finds its passages in the list.
PASSAGES, PASSAGE = "data-cs-passages", "data-cs-passage"
_REFERENCES_PAGE = f"{REFERENCES}/index.md"


def render_page(  # noqa: PLR0913 (what the Markdown extension has in hand)
    root: Element,
    page: str,
    reader: PageReader,
    segments: list[Segment],
    *,
    mark_unsourced: bool,
    deferred: bool,
) -> None:
    """Give the tree of one page its numbers and its sources.

    With `mark_unsourced`, claims without a source are marked on the page for its editor.

    With `deferred`, the references page waits for the claims of pages still to be rendered, and
    the page for the entries of its sources: `source_in_list` makes them, once nobody else will
    read the page's text.
    """
    if mark_unsourced:
        _mark_unsourced(root, segments)
    _place_after_stops(root)
    cited = _number(root, reader.references.sources)
    fill_directives(root, page, reader, deferred=deferred)
    if cited:
        root.append(_sources_section(cited, page, reader, deferred=deferred))


# Numbers


@dataclass
class _Cited:
    """A source on a page: its number there, and its passages that the page cites, as they come."""

    number: int
    passages: dict[str, None] = field(default_factory=dict)


def _number(root: Element, sources: Mapping[str, Source]) -> dict[str, _Cited]:
    """Number the page's sources as they come; return what the page cites of each."""
    cited: dict[str, _Cited] = {}
    for mark in root.iter("sup"):
        if mark.get("class") != CITATION_CLASS:
            continue
        passages: dict[str, list[str]] = {}
        for citation in parse_group(mark.attrib.pop(WRITTEN)):
            passages.setdefault(citation.key, []).append(citation.passage)
        for key, named in passages.items():
            if len(mark):
                mark[-1].tail = ", "
            if key not in sources:
                SubElement(mark, "span").text = "?"
                continue
            source = cited.setdefault(key, _Cited(len(cited) + 1))
            source.passages.update(dict.fromkeys(named))
            link = SubElement(
                mark,
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


def _place_after_stops(root: Element) -> None:
    """Move every citation behind the punctuation that follows it, up to the word before it."""
    parents = {child: parent for parent in root.iter() for child in parent}
    for mark in list(filter(_is_mark, root.iter("sup"))):
        _lift(mark, parents)
    for parent in list(root.iter()):
        _close_up(parent)


def _lift(mark: Element, parents: dict[Element, Element]) -> None:
    """Take a citation out of a link, and out of emphasis that ends with it."""
    while (parent := parents[mark]).tag in ("a", "em", "strong", "b", "i", "mark", "span"):
        is_last = parent[-1] is mark and not (mark.tail or "").strip()
        if parent.tag != "a" and not is_last:
            return
        index = list(parent).index(mark)
        text = _text_before(parent, index)
        text = text.rstrip() if is_last else text + (mark.tail or "")
        _set_text_before(parent, index, text)
        parent.remove(mark)
        above = parents[parent]
        mark.tail, parent.tail = parent.tail, ""
        above.insert(list(above).index(parent) + 1, mark)
        parents[mark] = above


def _close_up(parent: Element) -> None:
    """Set the citations among the children of `parent` close behind word and stop."""
    children = list(parent)
    first = 0
    while first < len(children):
        last = first
        if not _is_mark(children[first]):
            first += 1
            continue
        while (
            last + 1 < len(children)
            and _is_mark(children[last + 1])
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


def _is_mark(element: Element) -> bool:
    return element.tag == "sup" and element.get("class") == CITATION_CLASS


def _text_before(parent: Element, index: int) -> str:
    return (parent[index - 1].tail if index else parent.text) or ""


def _set_text_before(parent: Element, index: int, text: str) -> None:
    if index:
        parent[index - 1].tail = text
    else:
        parent.text = text


# The editor's marks


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
    """Wrap characters `start` to `end` of a span; what follows in its element stays behind."""
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
    href = href_from(page)
    for key, citation in cited.items():
        # The entry stands here in any case: MkDocs looks for what the numbers lead to.
        entry = SubElement(entries, "li", {"id": f"source-{key}"})
        if deferred:
            SubElement(
                entry, "div", {SOURCE: " ".join([str(citation.number), key, *citation.passages])}
            )
        else:
            source = reader.references.sources[key]
            passages = list(citation.passages)
            entry.extend(source_in_list(citation.number, source, passages, reader.project, href))
    return section


def source_in_list(
    number: int, source: Source, passages: Sequence[str], project: Project, href: Href
) -> list[Element]:
    """Return the entry of a source in a page's list, with the passages that the page cites."""
    about = Element("p", {"class": "cs-sources__about"})
    kind = SubElement(about, "strong")
    kind.text = f"{kind_label(source)}."
    kind.tail = f" {READ_LABELS.get(source.read, '')}"
    formatted = Element("p")
    formatted.append(reference(source))
    box = Element("details")
    SubElement(box, "summary").text = "What it says, in our words"
    listing = SubElement(box, "ul", {"class": "cs-sources__passages"})
    for name in passages:
        if passage := source.passages.get(name):
            entry = passage_item(source, passage)
            entry.set(PASSAGE, name)
            listing.append(entry)
    parts = [about, formatted, box]
    if project.has_page(_REFERENCES_PAGE):
        more = Element("p", {"class": "cs-sources__more"})
        link = SubElement(more, "a", {"href": href(_REFERENCES_PAGE, page_anchor(source.key))})
        link.text = "All that we use of this source"
        link.set("aria-label", f"All that we use of source {number}")
        parts.append(more)
    return parts
