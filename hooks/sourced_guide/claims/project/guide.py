"""The guide as the checker sees it: its pages, what they say, and the sources they cite."""

from __future__ import annotations

import copy
import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from sourced_guide.claims.markdown.collector import Collector
from sourced_guide.claims.markdown.source_map import Locator, Segment, Text
from sourced_guide.claims.model.citation import Citation
from sourced_guide.claims.model.statement import PageText, Role
from sourced_guide.claims.model.suppression import Suppression
from sourced_guide.claims.project.beside_pages.settings_text import SettingText
from sourced_guide.claims.project.beside_pages.style_sheets import StyleSheet, read_style_sheets
from sourced_guide.claims.project.clock import today
from sourced_guide.claims.project.glossary import PAGE as GLOSSARY
from sourced_guide.claims.project.glossary import Term, read_terms
from sourced_guide.claims.project.io.atomic_write import leads_up
from sourced_guide.claims.project.library import Library, load_library
from sourced_guide.claims.project.options import Settings
from sourced_guide.claims.project.page_file import MARKDOWN_SUFFIXES, PageFile, read_page, snippets

if TYPE_CHECKING:
    from pathspec import PathSpec

    from sourced_guide.claims.render.bibliography import Bibliography

REFERENCES = "references"
# Templates, style sheets and scripts of the project.
CODE_SUFFIXES = {".html", ".htm", ".xml", ".css", ".js", ".mjs"}
_DRAWN_WORDS = re.compile(rb"<(?:text|foreignObject)[\s>]")


@dataclass
class Site:
    """All pages of one docs folder.

    `docs` is the folder and `root` what findings name files from. `collect` parses pages and adds
    what they say; it comes from outside because it needs the parser. `snippets` are the folders
    that `--8<--` reads from. `excluded` are paths that are not published (gitignore patterns).
    `setting_texts` are the texts of mkdocs.yml; `code_files` its templates, style sheets, scripts.
    `today` is the day that reviews are due by; `snapshots` the folder of saved copies of the
    sources, where there is one. `project` is the folder of mkdocs.yml, where the site has one;
    `address` is where readers find the site, or empty.
    """

    docs: Path
    root: Path
    collect: Callable[[Site, Sequence[str]], None]
    extensions: Sequence[Any] = ()
    extension_configs: Mapping[str, Any] = field(default_factory=dict)
    snippets: Sequence[Path] = ()
    excluded: PathSpec[Any] | None = None
    settings: Settings = field(default_factory=Settings)
    setting_texts: Sequence[SettingText] = ()
    code_files: Sequence[Path] = ()
    today: date = field(default_factory=today)
    snapshots: Path | None = None
    project: Path | None = None
    address: str = ""
    texts: dict[str, PageText] = field(default_factory=dict)
    # By page and the address written there: drawings put into the page, and why others were not.
    _drawings: dict[str, dict[str, Path]] = field(default_factory=dict)
    _kept_out: dict[tuple[str, str], str] = field(default_factory=dict)
    # Drawings that a page shows as pictures: what is wrong with them is found there.
    _reported: set[Path] = field(default_factory=set)
    _files: dict[str, PageFile] = field(default_factory=dict)

    @cached_property
    def references(self) -> Library:
        """The sources, read when they are first asked for."""
        folder = self.docs / REFERENCES
        return load_library(folder, self.shown(folder))

    @cached_property
    def terms(self) -> list[Term]:
        """The glossary's terms, read when they are first asked for."""
        return read_terms(self.file(GLOSSARY).content) if self.has_page(GLOSSARY) else []

    @cached_property
    def bibliography(self) -> Bibliography:
        """The citation style, loaded when it is first asked for: a check needs none."""
        from sourced_guide.claims.render.bibliography import Bibliography  # noqa: PLC0415

        return Bibliography()

    @cached_property
    def page_paths(self) -> list[str]:
        """The published pages, in the order of their paths."""
        return [path for path in self._published if Path(path).suffix in MARKDOWN_SUFFIXES]

    def has_page(self, path: str) -> bool:
        """Say whether a page is published."""
        return path in self._page_set

    @cached_property
    def _page_set(self) -> frozenset[str]:
        return frozenset(self.page_paths)

    def static_files(self) -> list[Path]:
        """Return the files that are published as they are."""
        return [self.docs / path for path in self._published if not self.has_page(path)]

    def published_files(self) -> Iterator[Path]:
        """Yield the files that a reader can open besides pages: those of the theme's folder, too.

        Not the checker's own files, nor drawings that stand in a page.
        """
        inside = {drawing for each in self._drawings.values() for drawing in each.values()}
        inside |= self._reported
        if self.project:
            inside |= {self.project / name for name in self.settings.files}
        for path in self.static_files():
            # A source with a wrong suffix is LIB001.
            is_source = path.parent == self.docs / REFERENCES and path.suffix in (".yml", ".yaml")
            if not is_source and path not in inside:
                yield path
        yield from (path for path in self.code_files if path.suffix.lower() not in CODE_SUFFIXES)

    @cached_property
    def _published(self) -> list[str]:
        """Every file below the docs folder that is neither hidden nor excluded, sorted."""
        found = []
        # MkDocs follows links to other folders, too.
        for folder, inner, names in os.walk(self.docs, followlinks=True):
            inner[:] = [name for name in inner if not leads_up(Path(folder, name))]
            for name in names:
                path = Path(folder, name).relative_to(self.docs)
                if not any(part.startswith(".") for part in path.parts):
                    found.append(path.as_posix())
        excluded = self.excluded
        return sorted(path for path in found if not (excluded and excluded.match_file(path)))

    def shown(self, path: Path) -> str:
        """Return the name of a file in findings: relative to the root where it lies in it."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()

    def file(self, path: str) -> PageFile:
        """Return a page's file, read once."""
        if path not in self._files:
            self._files[path] = read_page(self.docs, path)
        return self._files[path]

    def add(self, path: str, collector: Collector) -> PageText:
        """Take in what a page says, with its places and ids; return it."""
        file = self.file(path)
        shown = self.shown(self.docs / path)
        drawings = self._drawings.get(path, {})
        locator = Locator(Text(self._segments(shown, file.content, file.start, [], drawings)))
        statements = [told.statement for told in collector.told]
        page = PageText(path, statements, shapes=frozenset(collector.shapes))
        locator.locate_statements(page.statements)
        located: dict[int, list[Citation]] = {}
        for mark in collector.marks:
            located[id(mark)] = locator.locate_citations(mark.citations, mark.written)
            page.citations += located[id(mark)]
        for broken in collector.broken:
            page.citations += locator.locate_citations([broken], broken.written)
        for told in collector.told:
            if told.marks:
                told.statement.citations = tuple(c for m in told.marks for c in located[id(m)])
        for allowed in collector.allowed:
            covers = {told.statement.place for told in allowed.told}
            covers |= {c.place for m in allowed.marks for c in located[id(m)] if c.place}
            suppression = allowed.suppression
            suppression.place = locator.locate_comment(suppression.written)
            suppression.covers = frozenset(covers)
            page.suppressions.append(suppression)
        _set_ids(page)
        _set_anchors(collector)
        self.texts[path] = page
        return page

    def of_one_page(self, path: str) -> Site:
        """Return this site as if the page, which has been collected, were its only one."""
        alone = copy.copy(self)
        alone.texts = {path: self.texts[path]}
        alone.collect = lambda _site, _paths: None
        # What is read once is read for all pages.
        vars(alone).update(references=self.references, terms=self.terms, page_paths=self.page_paths)
        return alone

    def collect_missing(self) -> None:
        """Parse the pages that no build has rendered."""
        missing = [path for path in self.page_paths if path not in self.texts]
        if missing:
            self.collect(self, missing)

    def pages(self) -> Iterator[tuple[PageFile, PageText]]:
        """Yield every page and what it says, in the order of their paths."""
        self.collect_missing()
        for path in sorted(self.texts):
            yield self.file(path), self.texts[path]

    @property
    def suppressions(self) -> list[Suppression]:
        """Every suppression of every page, in reading order, and those of the style sheets."""
        of_pages = [each for _, page in self.pages() for each in page.suppressions]
        return of_pages + [each for sheet in self.style_sheets for each in sheet.suppressions]

    @cached_property
    def style_sheets(self) -> list[StyleSheet]:
        """The project's style sheets, with those that they import."""
        published = [path for path in self.static_files() if path.suffix.lower() == ".css"]
        return read_style_sheets([*self.code_files, *published], self.docs, self.shown)

    def read_image(self, page: str, source: str) -> str | None:
        """Say why a picture's own words cannot be checked, or nothing where it has none."""
        if source.lower().startswith("data:"):
            return "a picture inside an address"
        if not source.partition("?")[0].lower().endswith(".svg"):
            return None
        if "://" in source:
            return "a drawing at another address"
        self._reported.add(self.file_beside(page, source))
        if reason := self._kept_out.get((page, source)):
            return f"the drawing '{source}' {reason}, and"
        try:
            has_words = _DRAWN_WORDS.search(self.file_beside(page, source).read_bytes())
        except OSError:
            return None
        return f"the drawing '{source}'" if has_words else None

    def file_beside(self, page: str, source: str) -> Path:
        """Return the file that an address on a page leads to, in the docs folder."""
        folder = self.docs if source.startswith("/") else (self.docs / page).parent
        return Path(os.path.normpath(folder / unquote(source.partition("?")[0]).lstrip("/")))

    def put_in(self, page: str, source: str, drawing: Path) -> None:
        """Take note that a page holds the words of a drawing, where its file has `source`."""
        self._drawings.setdefault(page, {})[source] = drawing

    def keep_out(self, page: str, source: str, reason: str) -> None:
        """Take note of why a drawing that an editor asked for cannot be put into its page."""
        self._kept_out[page, source] = reason

    def _segments(
        self,
        file: str,
        content: str,
        first: int,
        inside: list[Path],
        drawings: Mapping[str, Path],
    ) -> list[Segment]:
        """Return a file's text with the files that it includes, each where it is included."""
        segments = []
        included = [
            (start, end, [*filter(None, map(self._snippet_file, names))])
            for start, end, names in snippets(content)
        ]
        for source, drawing in drawings.items():
            # A drawing's words come after those of its picture.
            places = re.finditer(rf"\]\(\s*<?{re.escape(source)}", content)
            included += [(place.end(), place.end(), [drawing]) for place in places]
        for start, end, paths in sorted(included):
            if start < first:
                continue
            segments.append(Segment(file, content, first, start))
            first = end
            for path in paths:
                if path not in inside:
                    text = path.read_text("utf-8", errors="replace")
                    shown, within = self.shown(path), [*inside, path]
                    segments += self._segments(shown, text, 0, within, drawings)
        return [*segments, Segment(file, content, first)]

    def _snippet_file(self, name: str) -> Path | None:
        candidates = (folder / name.partition(":")[0] for folder in self.snippets)
        return next((file for file in candidates if file.is_file()), None)


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
