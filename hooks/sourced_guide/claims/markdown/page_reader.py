"""Reads the pages of a project, in one parse: the checker's own, or the one that renders them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import astuple
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.markdown.kept_pages import Images, KeptPages
from sourced_guide.claims.project.glossary import PAGE as GLOSSARY
from sourced_guide.claims.project.glossary import Term
from sourced_guide.claims.project.guide import Guide, Page
from sourced_guide.claims.project.page_file import PageFile, read_page
from sourced_guide.claims.project.source_library import Library, load_library
from sourced_guide.claims.project.store.store import digest_of

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
        self._images: defaultdict[str, Images] = defaultdict(Images)
        self.kept = KeptPages(project)
        # The pages that no earlier run has parsed, and this one has.
        self.parsed: list[str] = []

    @cached_property
    def references(self) -> Library:
        """The sources, read on first use."""
        if self._previous:
            return self._previous.references
        return load_library(self.project)

    @cached_property
    def terms(self) -> Sequence[Term]:
        """The glossary's terms, read on first use."""
        if self._previous:
            return self._previous.terms
        if not self.project.has_page(GLOSSARY):
            return []
        content = self.file(GLOSSARY).content
        kept = self.project.store.shelf("terms")
        return [
            Term(name, tuple(aliases), definition, id_, tuple(map(tuple, places)))
            for name, aliases, definition, id_, places in kept.get(
                digest_of(content), partial(_read_terms, content)
            )
        ]

    def file(self, path: str) -> PageFile:
        """Return a page's file, read once."""
        if path not in self._files:
            self._files[path] = read_page(self.project.docs, path)
        return self._files[path]

    def forget(self, path: str) -> None:
        """Read a page anew when it is asked for."""
        self._files.pop(path, None)
        self._images.pop(path, None)

    def read(self, file: PageFile) -> Page:
        """Parse one page, as if its file were `file`."""
        self._files[file.path] = file
        self._parse(self, [file.path])
        return Page(file, self._texts[file.path])

    def assemble(self, path: str, collector: Collector) -> None:
        """Build the text of a page from what was collected."""
        # Most checks have no new page.
        from sourced_guide.claims.markdown.assemble import assemble  # noqa: PLC0415

        self.parsed.append(path)
        drawings = self._images[path].drawn
        self._texts[path] = assemble(self.project, self.file(path), drawings, collector)

    def value_of(self, path: str) -> list[Any]:
        """Return what was collected from a page, as JSON values."""
        return self.kept.value_of(path, self._texts[path], self._images[path])

    def restore(self, path: str, text: PageText, images: Images) -> None:
        """Take what was collected from a page before."""
        self._texts[path], self._images[path] = text, images

    def guide(self) -> Guide:
        """Return the whole guide; pages that no build has rendered are parsed for it.

        Raises UnusableProjectError where a Markdown extension fails on a page.
        """
        self._read_all(self.project.page_paths)
        return self._guide_of(sorted(self._texts))

    def guide_of(self, paths: Iterable[str]) -> Guide:
        """Return a guide of some pages, with all sources and terms."""
        paths = sorted(paths)
        self._read_all(paths)
        return self._guide_of(paths)

    def is_new(self, path: str) -> bool:
        """Say whether no run has parsed a page as it is now, and it could be kept."""
        is_read = path in self._texts or self._is_kept(path)
        return not is_read and self.kept.can_keep(self.file(path))

    def _read_all(self, paths: Iterable[str]) -> None:
        missing = [path for path in paths if path not in self._texts]
        missing = [path for path in missing if not self._is_kept(path)]
        if missing:
            self._parse(self, missing)
        for path in missing:
            self.kept.keep(self.file(path), self._texts[path], self._images[path])
        for path, text in self._texts.items():
            # A generator that rendered a page may have changed its Markdown before.
            text.digest = text.digest or self.kept.digest(path, text)

    def guide_of_page(self, path: str) -> Guide:
        """Return a guide of one page, which has been collected."""
        return self._guide_of([path])

    def _guide_of(self, paths: Iterable[str]) -> Guide:
        pages = [Page(self.file(path), self._texts[path]) for path in paths]
        drawings = {
            path
            for images in self._images.values()
            for path in (*images.drawn.values(), *images.named.values())
        }
        return Guide(self.project, self.references, self.terms, pages, frozenset(drawings))

    def _is_kept(self, path: str) -> bool:
        """Say whether an earlier run has parsed a page as it is now; its text is that one's."""
        if kept := self.kept.read(self.file(path)):
            self.restore(path, *kept)
        return kept is not None

    def register_drawing(self, page: str, source: str, drawing: Path) -> None:
        """Record that a page embeds a drawing where its file has `source`."""
        self._images[page].drawn[source] = drawing

    def reject_drawing(self, page: str, source: str, reason: str) -> None:
        """Record why a drawing cannot be embedded in a page."""
        self._images[page].rejected[source] = reason

    def unreadable_image(self, page: str, source: str) -> str | None:
        """Return why the words in a picture cannot be checked, or None if there are none."""
        if source.lower().startswith("data:"):
            return "a picture in a data: URL"
        if not source.partition("?")[0].lower().endswith(".svg"):
            return None
        if "://" in source:
            return "a drawing on another host"
        images, file = self._images[page], self.project.file_beside(page, source)
        images.named[source] = file
        if reason := images.rejected.get(source):
            return f"the drawing '{source}' {reason}, and"
        try:
            has_words = _SVG_TEXT.search(file.read_bytes())
        except OSError:
            return None
        return f"the drawing '{source}'" if has_words else None


def _read_terms(content: str) -> list[tuple[Any, ...]]:
    # Most checks have no new glossary, and so need no Python-Markdown.
    from sourced_guide.claims.markdown.glossary_page import read_terms  # noqa: PLC0415

    return list(map(astuple, read_terms(content)))
