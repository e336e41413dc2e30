"""From what was collected of a page to its text: places in its file, ids, anchors, suppressions."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from sourced_guide.claims.markdown.source_map import Locator, Segment, Text
from sourced_guide.claims.model.statement import PageText, Role
from sourced_guide.claims.project.page_file import PageFile, snippets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sourced_guide.claims.markdown.collector import Collector
    from sourced_guide.claims.model.citation import Citation
    from sourced_guide.claims.project.project import Project


def assemble(
    project: Project, file: PageFile, drawings: Mapping[str, Path], collector: Collector
) -> PageText:
    """Return what a page says.

    `drawings` are the SVG files put into the page, by the address that the page has for each. The
    collector's elements get the ids that links to claims lead to.
    """
    locator = Locator(Text(_segments(project, file, [], drawings)))
    statements = [told.statement for told in collector.told]
    page = PageText(file.path, statements, shapes=frozenset(collector.shapes))
    locator.locate_statements(page.statements)
    located: dict[int, list[Citation]] = {}
    for mark in collector.marks:
        located[id(mark)] = locator.locate_citations(mark.citations, mark.written)
        page.citations += located[id(mark)]
    for broken in collector.broken:
        located[id(broken)] = [locator.locate_broken(broken)]
        page.citations += located[id(broken)]
    for told in collector.told:
        if told.marks:
            told.statement.citations = tuple(c for m in told.marks for c in located[id(m)])
    for allowed in collector.allowed:
        covers = {told.statement.place for told in allowed.told}
        cited = (located[id(each)] for each in (*allowed.marks, *allowed.broken))
        covers |= {citation.place for group in cited for citation in group if citation.place}
        suppression = allowed.suppression
        suppression.place = locator.locate_comment(suppression.written)
        suppression.covers = frozenset(covers)
        page.suppressions.append(suppression)
    _set_ids(page)
    _set_anchors(collector)
    return page


def _segments(
    project: Project, file: PageFile, inside: Sequence[Path], drawings: Mapping[str, Path]
) -> list[Segment]:
    """Return a file's text with the files that it includes, each where it is included."""
    content, first = file.content, file.start
    shown = project.shown(project.docs / file.path)
    segments = []
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
        segments.append(Segment(shown, content, first, start))
        first = end
        for path in paths:
            if path not in inside:
                included_file = PageFile(str(path), path.read_text("utf-8", errors="replace"))
                segments += _segments(project, included_file, [*inside, path], drawings)
    return [*segments, Segment(shown, content, first)]


def _set_ids(page: PageText) -> None:
    """Give every claim an id that stays as long as its page and its words do."""
    slug = re.sub(r"[^a-z0-9]+", "-", page.path.rpartition(".")[0].lower()).strip("-")
    seen: dict[str, int] = {}
    for statement in page.statements:
        if statement.role is Role.CLAIM:
            digest = hashlib.sha256(statement.text.encode()).hexdigest()[:8]
            count = seen[digest] = seen.get(digest, 0) + 1
            statement.id = f"{slug}-{digest}" + (f"-{count}" if count > 1 else "")


def _set_anchors(collector: Collector) -> None:
    """Let a link to a claim lead to the citation that covers it."""
    for told in collector.told:
        if told.statement.id and told.marks:
            element = told.marks[0].element
            if not element.get("id"):
                element.set("id", f"claim-{told.statement.id}")
            told.statement.anchor = element.get("id", "")
