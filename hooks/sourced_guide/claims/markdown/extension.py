"""The Python-Markdown extension: parses citations, collects the statements of a page, renders both.

The same parse serves the check and the page. It runs under MkDocs, under Zensical and in
`guide check`; which page it is in comes from whichever of the three runs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from sourced_guide.claims.markdown.citation_markup import register_citations
from sourced_guide.claims.markdown.cpu_limit import time_limit
from sourced_guide.claims.markdown.page_reader import PageReader
from sourced_guide.claims.markdown.rendering_context import Rendering, rendering_of
from sourced_guide.claims.markdown.segments.block_context import HEADINGS
from sourced_guide.claims.markdown.segments.collector import Collector
from sourced_guide.claims.markdown.segments.inline_reader import CITATION_CLASS
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.model.third_party import FOOTNOTE_ID, parse_until
from sourced_guide.claims.project.io.option_places import option_places
from sourced_guide.claims.project.options import NAME, OPTIONS, REPORT, read_options
from sourced_guide.claims.project.project import SNIPPETS, Project, snippet_folders

if TYPE_CHECKING:
    from sourced_guide.claims.markdown.segments.segment import Segment
    from sourced_guide.claims.project.guide import Guide

_Result = TypeVar("_Result")

# After attribute lists (8), abbreviations (7) and smart quotes (6), so that the tree is as the
# reader will see it; before the table of contents (5), which lists the sources' heading.
_TREE_PRIORITY = 5.5
# After the table of contents (5), which links headings to themselves.
_HEADINGS_PRIORITY = 4.5
# The class that the table of contents gives them.
_PERMALINK = "headerlink"
# After the table of contents: one of all sources would be as long as their list.
_DIRECTIVES_PRIORITY = 4.5
# A hundred times what the longest page takes on a slow machine.
_SECONDS_FOR_A_PAGE = 5


class Render(Protocol):
    """Gives the tree of one page its numbers and sources (`sourced_guide.claims.render`)."""

    def __call__(  # noqa: PLR0913 (all that the extension passes)
        self,
        root: Element,
        page: str,
        reader: PageReader,
        segments: list[Segment],
        *,
        mark_unsourced: bool,
        deferred: bool,
    ) -> None:
        """Change `root` in place."""


# Fills the placeholders in the tree of one page (`claims.render.directives`).
Fill = Callable[[Element, str, PageReader], None]
# Raises an exception if a collected page has findings.
Gate = Callable[[PageReader, str], None]


class ClaimsExtension(Extension):
    """Citations and claims; with `render`, also numbers and "Sources on this page".

    `fill` is called unless the option `deferred` leaves that to the caller. `page_gate` is called
    before a page is rendered, unless the option `gate` is `report`.
    """

    def __init__(
        self,
        render: Render | None = None,
        page_gate: Gate | None = None,
        fill: Fill | None = None,
        **options: Any,
    ) -> None:
        self.render, self.page_gate, self.fill = render, page_gate, fill
        self.config = {
            "docs_dir": ["docs", "The folder of the pages; its references/ holds the sources"],
            "page": ["", "The page's path in that folder, where the generator does not say it"],
            # Not None: Python-Markdown would convert values to booleans.
            "reader": ["", "The reader of pages; by default one for docs_dir"],
            "mark_unsourced": [
                False,
                "Mark claims without a source on the page, for its editor",
            ],
            "deferred": [False, "Leave placeholders for what needs all pages"],
            # Settings of the checker, which reads them itself: see options.py.
            **{name: list(option) for name, option in OPTIONS.items()},
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Register the processors, as Python-Markdown asks for it."""
        register_citations(md)
        claims = _ClaimsTreeprocessor(md, self)
        md.treeprocessors.register(claims, "claims", _TREE_PRIORITY)
        if self.fill and not self.getConfig("deferred"):
            directives = _DirectivesTreeprocessor(claims, self.fill)
            md.treeprocessors.register(directives, "claims-directives", _DIRECTIVES_PRIORITY)
        md.treeprocessors.register(_HeadingNames(md), "heading-names", _HEADINGS_PRIORITY)


class _ClaimsTreeprocessor(Treeprocessor):
    def __init__(self, md: Markdown, extension: ClaimsExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def page(self) -> tuple[str, PageReader]:
        """Return the path of the page that is being rendered, and its reader."""
        option = self._extension.getConfig
        rendering = rendering_of(self.md, option("docs_dir"))
        reader = option("reader") or _shared_reader(rendering, self._options())
        return rendering.page or option("page"), cast("PageReader", reader)

    def _options(self) -> dict[str, Any]:
        return {name: self._extension.getConfig(name) for name in OPTIONS}

    def run(self, root: Element) -> None:
        option = self._extension.getConfig
        page, reader = self.page()
        collector = Collector(
            self.md,
            editorial=reader.file(page).is_editorial,
            read_image=lambda source: reader.unreadable_image(page, source),
        )
        _exclude_from_toc(root)
        collector.collect(root)
        reader.assemble(page, collector)
        if self._extension.page_gate and option("gate") != REPORT:
            self._extension.page_gate(reader, page)
        if self._extension.render:
            self._extension.render(
                root,
                page,
                reader,
                collector.segments,
                mark_unsourced=option("mark_unsourced"),
                deferred=option("deferred"),
            )


class _HeadingNames(Treeprocessor):
    """Leaves links to headings out of what is read out, where they would be part of their names."""

    def run(self, root: Element) -> None:
        headings = (element for element in root.iter() if element.tag in HEADINGS)
        for link in (anchor for heading in headings for anchor in heading.findall("a")):
            if _PERMALINK in link.get("class", "").split():
                link.set("aria-hidden", "true")
                link.set("tabindex", "-1")


class _DirectivesTreeprocessor(Treeprocessor):
    def __init__(self, claims: _ClaimsTreeprocessor, fill: Fill) -> None:
        super().__init__(claims.md)
        self._claims, self._fill = claims, fill

    def run(self, root: Element) -> None:
        self._fill(root, *self._claims.page())


def current_page(md: Markdown) -> tuple[str, PageReader]:
    """Return the path of the page that `md` is rendering, and its reader.

    For extensions that build on this one, which must be among those of `md`.
    """
    return cast("_ClaimsTreeprocessor", md.treeprocessors["claims"]).page()


def _exclude_from_toc(root: Element) -> None:
    """Give citations in headings the id of a footnote, which the table of contents leaves out."""
    headings = (element for element in root.iter() if element.tag in HEADINGS)
    superscripts = (anchor for heading in headings for anchor in heading.iter("sup"))
    cited = (anchor for anchor in superscripts if anchor.get("class") == CITATION_CLASS)
    for number, anchor in enumerate(cited, 1):
        anchor.set("id", f"{FOOTNOTE_ID}-heading-{number}")


_SHARED: dict[tuple[str, int], PageReader] = {}


def _shared_reader(rendering: Rendering, options: Mapping[str, Any]) -> PageReader:
    """Return the reader that all pages of one build share, replaced when a file has changed."""
    docs = rendering.docs.resolve()
    newest = max((path.stat().st_mtime_ns for path in docs.rglob("*")), default=0)
    key = (str(docs), newest)
    if key not in _SHARED:
        _SHARED.clear()
        project = Project(
            docs=docs,
            root=docs.parent,
            extensions=rendering.extensions,
            extension_configs=rendering.configs,
            snippets=snippet_folders(rendering.configs, docs.parent),
            excluded=rendering.excluded,
            options=read_options(
                options, option_places([docs.parent / "mkdocs.yml"], docs.parent, NAME)
            ),
            config_folder=docs.parent,
        )
        _SHARED[key] = page_reader(project)
    return _SHARED[key]


def page_reader(project: Project, guide: Guide | None = None) -> PageReader:
    """Return a reader of a project's pages; with `guide`, of pages that have been read already."""
    return PageReader(project, collect, guide)


def collect(reader: PageReader, paths: Iterable[str]) -> None:
    """Parse pages for their reader, and render none.

    Raises UnusableProjectError where a Markdown extension fails on a page.
    """
    for _ in parsed(reader, paths, ClaimsExtension(reader=reader), _parse):
        pass


def parsed(
    reader: PageReader,
    paths: Iterable[str],
    extension: ClaimsExtension,
    parse: Callable[[Markdown, str], _Result],
) -> Iterator[tuple[str, _Result]]:
    """Yield what `parse` makes of each page, with the project's own extensions.

    Raises UnusableProjectError where a Markdown extension fails on a page.
    """
    project = reader.project
    names = [name for name in project.extensions if name != NAME]
    configs = {
        name: dict(config)
        for name, config in project.extension_configs.items()
        if name != NAME and config
    }
    if SNIPPETS in names:
        # The extension itself would look for them in the working directory.
        configs.setdefault(SNIPPETS, {})["base_path"] = list(map(str, project.snippets))
    try:
        md = Markdown(extensions=[*names, extension], extension_configs=configs)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise UnusableProjectError(f"a Markdown extension cannot be loaded: {reason}") from error
    for path in paths:
        md.reset()
        extension.setConfig("page", path)
        try:
            with time_limit(_SECONDS_FOR_A_PAGE):
                result = parse(md, reader.file(path).body)
        except Exception as error:
            shown = project.shown(project.docs / path)
            reason = "it is nested too deep" if isinstance(error, RecursionError) else str(error)
            raise UnusableProjectError(f"{shown} cannot be parsed: {reason}") from error
        yield path, result


def _parse(md: Markdown, text: str) -> None:
    """Run the parse up to our own processor; what comes after it only renders."""
    parse_until(md, text, _ClaimsTreeprocessor)
