"""Builds a page's text from what was collected: places in its file, ids, anchors, suppressions."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from sourced_guide.claims.markdown.source_map import FileSpan, Locator, Text
from sourced_guide.claims.model.statement import PageText, Role
from sourced_guide.claims.project.page_file import PageFile, snippets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sourced_guide.claims.markdown.segments.collector import Collector
    from sourced_guide.claims.model.citation import Citation
    from sourced_guide.claims.project.project import Project


def assemble(
    project: Project, file: PageFile, drawings: Mapping[str, Path], collector: Collector
) -> PageText:
    """Return the text of a page.

    `drawings` are the SVG files embedded in the page, by their URLs on the page. The
    collector's elements get the ids that links to claims lead to.
    """
    locator = Locator(Text(_file_spans(project, file, [], drawings)))
    statements = [segment.statement for segment in collector.segments]
    page = PageText(file.path, statements, shapes=frozenset(collector.shapes))
    locator.locate_statements(page.statements)
    located: dict[int, list[Citation]] = {}
    for anchor in collector.anchors:
        located[id(anchor)] = locator.locate_citations(anchor.citations, anchor.written)
        page.citations += located[id(anchor)]
    for broken in collector.broken:
        located[id(broken)] = [locator.locate_broken(broken)]
        page.citations += located[id(broken)]
    for segment in collector.segments:
        if segment.anchors:
            segment.statement.citations = tuple(
                c for anchor in segment.anchors for c in located[id(anchor)]
            )
    for block in collector.suppressed:
        covers = {segment.statement.place for segment in block.segments}
        cited = (located[id(group)] for group in (*block.anchors, *block.broken))
        covers |= {citation.place for group in cited for citation in group if citation.place}
        suppression = block.suppression
        suppression.place = locator.locate_comment(suppression.written)
        suppression.covers = frozenset(covers)
        page.suppressions.append(suppression)
    _set_ids(page)
    _set_anchors(collector)
    return page


def _file_spans(
    project: Project, file: PageFile, including: Sequence[Path], drawings: Mapping[str, Path]
) -> list[FileSpan]:
    """Return a file's text with the files that it includes, in their places."""
    content, first = file.content, file.start
    shown = project.shown(project.docs / file.path)
    spans = []
    included = [
        (start, end, [*filter(None, map(project.snippet_file, names))])
        for start, end, names in snippets(content)
    ]
    for source, drawing in drawings.items():
        # A drawing's words come after those of its picture.
        places = re.finditer(rf"\]\(\s*<?{re.escape(source)}", content)
        included += [(place.end(), place.end(), [drawing]) for place in places]
    for start, end, paths in sorted(included):
        if start < first:
            continue
        spans.append(FileSpan(shown, content, first, start))
        first = end
        for path in paths:
            if path not in including:
                included_file = PageFile(str(path), path.read_text("utf-8", errors="replace"))
                spans += _file_spans(project, included_file, [*including, path], drawings)
    return [*spans, FileSpan(shown, content, first)]


def _set_ids(page: PageText) -> None:
    """Give every claim an id that depends only on its page and its words."""
    slug = re.sub(r"[^a-z0-9]+", "-", page.path.rpartition(".")[0].lower()).strip("-")
    seen: dict[str, int] = {}
    for statement in page.statements:
        if statement.role is Role.CLAIM:
            digest = hashlib.sha256(statement.text.encode()).hexdigest()[:8]
            count = seen[digest] = seen.get(digest, 0) + 1
            statement.id = f"{slug}-{digest}" + (f"-{count}" if count > 1 else "")


def _set_anchors(collector: Collector) -> None:
    """Set the anchor of every claim: the id of the citation that covers it."""
    for segment in collector.segments:
        if segment.statement.id and segment.anchors:
            element = segment.anchors[0].element
            if not element.get("id"):
                element.set("id", f"claim-{segment.statement.id}")
            segment.statement.anchor = element.get("id", "")
