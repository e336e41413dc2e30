"""Reads the pages of a project, in one parse: the checker's own, or the one that renders them."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from sourced_guide.claims.markdown.assemble import assemble
from sourced_guide.claims.project.glossary import PAGE as GLOSSARY
from sourced_guide.claims.project.glossary import Term, read_terms
from sourced_guide.claims.project.guide import Guide, Page
from sourced_guide.claims.project.page_file import PageFile, read_page
from sourced_guide.claims.project.source_library import REFERENCES, Library, load_library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from sourced_guide.claims.markdown.segments.collector import Collector
    from sourced_guide.claims.model.statement import PageText
    from sourced_guide.claims.project.project import Project

_SVG_TEXT = re.compile(rb"<(?:text|foreignObject)[\s>]")


class PageReader:
    """Reads the pages of a project one by one, for the whole of a build.

    `parse` parses the pages that no build has rendered, and calls `assemble` for them. `guide` is
    what was read before, if it is only to be rendered.
    """

    def __init__(
        self,
        project: Project,
        parse: Callable[[PageReader, Iterable[str]], None],
        guide: Guide | None = None,
    ) -> None:
        self.project = project
        self._parse = parse
        self._previous = guide
        pages = guide.pages if guide else ()
        self._files: dict[str, PageFile] = {page.file.path: page.file for page in pages}
        self._texts: dict[str, PageText] = {page.file.path: page.text for page in pages}
        # By page and URL as written: embedded drawings, and why others cannot be embedded.
        self._drawings: dict[str, dict[str, Path]] = {}
        self._rejected: dict[tuple[str, str], str] = {}
        # Drawings that findings on pages may name.
        self._referenced: set[Path] = set()

    @cached_property
    def references(self) -> Library:
        """The sources, read on first use."""
        if self._previous:
            return self._previous.references
        folder = self.project.docs / REFERENCES
        return load_library(folder, self.project.shown(folder))

    @cached_property
    def terms(self) -> Sequence[Term]:
        """The glossary's terms, read on first use."""
        if self._previous:
            return self._previous.terms
        has_glossary = self.project.has_page(GLOSSARY)
        return read_terms(self.file(GLOSSARY).content) if has_glossary else []

    def file(self, path: str) -> PageFile:
        """Return a page's file, read once."""
        if path not in self._files:
            self._files[path] = read_page(self.project.docs, path)
        return self._files[path]

    def read(self, file: PageFile) -> Page:
        """Parse one page, as if its file were `file`."""
        self._files[file.path] = file
        self._parse(self, [file.path])
        return Page(file, self._texts[file.path])

    def assemble(self, path: str, collector: Collector) -> None:
        """Build the text of a page from what was collected."""
        drawings = self._drawings.get(path, {})
        self._texts[path] = assemble(self.project, self.file(path), drawings, collector)

    def guide(self) -> Guide:
        """Return the whole guide; pages that no build has rendered are parsed for it.

        Raises UnusableProjectError where a Markdown extension fails on a page.
        """
        missing = [path for path in self.project.page_paths if path not in self._texts]
        if missing:
            self._parse(self, missing)
        return self._guide_of(sorted(self._texts))

    def guide_of_page(self, path: str) -> Guide:
        """Return a guide of one page, which has been collected."""
        return self._guide_of([path])

    def _guide_of(self, paths: Iterable[str]) -> Guide:
        pages = [Page(self.file(path), self._texts[path]) for path in paths]
        drawings = {path for drawn in self._drawings.values() for path in drawn.values()}
        return Guide(
            self.project, self.references, self.terms, pages, frozenset(drawings | self._referenced)
        )

    def register_drawing(self, page: str, source: str, drawing: Path) -> None:
        """Record that a page embeds a drawing where its file has `source`."""
        self._drawings.setdefault(page, {})[source] = drawing

    def reject_drawing(self, page: str, source: str, reason: str) -> None:
        """Record why a drawing cannot be embedded in a page."""
        self._rejected[page, source] = reason

    def unreadable_image(self, page: str, source: str) -> str | None:
        """Return why the words in a picture cannot be checked, or None if there are none."""
        if source.lower().startswith("data:"):
            return "a picture in a data: URL"
        if not source.partition("?")[0].lower().endswith(".svg"):
            return None
        if "://" in source:
            return "a drawing on another host"
        self._referenced.add(self.project.file_beside(page, source))
        if reason := self._rejected.get((page, source)):
            return f"the drawing '{source}' {reason}, and"
        try:
            has_words = _SVG_TEXT.search(self.project.file_beside(page, source).read_bytes())
        except OSError:
            return None
        return f"the drawing '{source}'" if has_words else None
