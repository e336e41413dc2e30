"""The Python-Markdown extension: reads citations, collects what a page says, renders both.

The same parse serves the check and the page. It runs under MkDocs, under Zensical and in
`claims check`; which page it is in comes from whichever of the three runs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from sourced_guide.claims.markdown.collector import Collector
from sourced_guide.claims.markdown.cpu_limit import time_limit
from sourced_guide.claims.markdown.inline import CITATION_CLASS, WRITTEN
from sourced_guide.claims.markdown.rendering_context import Rendering, rendering_of
from sourced_guide.claims.model.citation import GROUP
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.guide import Site
from sourced_guide.claims.project.options import OPTIONS, REPORT, read_settings
from sourced_guide.claims.render.page import keep_out_of_contents, mark_unsourced, render_page
from sourced_guide.claims.report.page_gate import stop_at_findings

if TYPE_CHECKING:
    import re

NAME = "guide.claims"

_Result = TypeVar("_Result")

# Before links (160), references (170) and footnotes (175), so that none of them takes a citation
# for its own; after code (190) and escapes (180), which are to be left alone.
_INLINE_PRIORITY = 176
# After attribute lists (8), abbreviations (7) and smart quotes (6), so that the tree is as the
# reader will see it; before the table of contents (5), which lists the sources' heading.
_TREE_PRIORITY = 5.5
# A hundred times what the longest page of a guide takes on a slow machine.
_SECONDS_FOR_A_PAGE = 5


class ClaimsExtension(Extension):
    """Citations, claims and "Sources on this page"."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "docs_dir": ["docs", "The folder of the pages; its references/ holds the sources"],
            "page": ["", "The page's path in that folder, where the generator does not say it"],
            # Not None: Python-Markdown would turn what is given into a truth value.
            "site": ["", "The site to collect for; made from docs_dir where missing"],
            "collect_only": [False, "Collect what the page says and leave the page alone"],
            "mark_unsourced": [False, "Mark claims without a source on the page, for its editor"],
            "deferred": [False, "Leave a place for the claims that rest on a source"],
            # Settings of the checker, which reads them itself: see settings.py.
            **{name: list(option) for name, option in OPTIONS.items()},
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Register the two processors, as Python-Markdown asks for it."""
        md.inlinePatterns.register(
            _CitationProcessor(GROUP.pattern, md), "claims", _INLINE_PRIORITY
        )
        md.treeprocessors.register(_ClaimsTreeprocessor(md, self), "claims", _TREE_PRIORITY)


class _CitationProcessor(InlineProcessor):
    """Turns `[@key#passage]` into an element that keeps what was written."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 (Python-Markdown's name)
        self,
        match: re.Match[str],
        data: str,  # noqa: ARG002 (Python-Markdown's parameter)
    ) -> tuple[Element, int, int]:
        element = Element("sup", {"class": CITATION_CLASS, WRITTEN: match.group()})
        return element, match.start(), match.end()


class _ClaimsTreeprocessor(Treeprocessor):
    def __init__(self, md: Markdown, extension: ClaimsExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def page(self) -> tuple[str, Site]:
        """Return the page that is being rendered and the site that it belongs to."""
        option = self._extension.getConfig
        rendering = rendering_of(self.md, option("docs_dir"))
        site = option("site") or _shared_site(rendering, self._options())
        return rendering.page or option("page"), cast(Site, site)

    def _options(self) -> dict[str, Any]:
        return {name: self._extension.getConfig(name) for name in OPTIONS}

    def run(self, root: Element) -> None:
        option = self._extension.getConfig
        page, site = self.page()
        collector = Collector(
            self.md,
            editorial=site.file(page).is_editorial,
            read_image=lambda source: site.read_image(page, source),
        )
        keep_out_of_contents(root)
        collector.collect(root)
        site.add(page, collector)
        if option("collect_only"):
            return
        if option("gate") != REPORT:
            stop_at_findings(site, page)
        if option("mark_unsourced"):
            mark_unsourced(root, collector.told)
        render_page(root, page, site, deferred=option("deferred"))


def current_page(md: Markdown) -> tuple[str, Site]:
    """Return the path of the page that `md` is rendering, and its site.

    For extensions that build on this one, which must be among those of `md`.
    """
    return cast(_ClaimsTreeprocessor, md.treeprocessors["claims"]).page()


_SHARED: dict[tuple[str, int], Site] = {}


def _shared_site(rendering: Rendering, options: Mapping[str, Any]) -> Site:
    """Return the site that all pages of one build share, made anew when a file has changed."""
    docs = rendering.docs.resolve()
    newest = max((path.stat().st_mtime_ns for path in docs.rglob("*")), default=0)
    key = (str(docs), newest)
    if key not in _SHARED:
        _SHARED.clear()
        _SHARED[key] = Site(
            docs=docs,
            root=docs.parent,
            collect=collect_pages,
            extensions=rendering.extensions,
            extension_configs=rendering.configs,
            snippets=snippet_folders(rendering.configs, docs.parent),
            excluded=rendering.excluded,
            settings=read_settings(options),
            project=docs.parent,
        )
    return _SHARED[key]


def snippet_folders(configs: Mapping[str, Any], root: Path) -> list[Path]:
    """Return the folders that pymdownx.snippets is told to read from."""
    base = (configs.get("pymdownx.snippets") or {}).get("base_path", ["."])
    folders = base if isinstance(base, list) else [base]
    return [(root / str(folder)).resolve() for folder in folders]


def collect_pages(site: Site, paths: Sequence[str]) -> None:
    """Parse pages and collect what they say, without rendering them.

    Raises UnusableProjectError where a Markdown extension fails on a page.
    """
    for _ in _parsed(site, paths, ClaimsExtension(site=site, collect_only=True), _parse):
        pass


def render_pages(site: Site) -> Iterator[tuple[str, str]]:
    """Yield every page's path and its text as HTML, as the generator is to render it.

    Raises UnusableProjectError where a Markdown extension fails on a page.
    """
    site.collect_missing()
    yield from _parsed(
        site, site.page_paths, ClaimsExtension(site=site, gate=REPORT), Markdown.convert
    )


def _parsed(
    site: Site,
    paths: Sequence[str],
    extension: ClaimsExtension,
    parse: Callable[[Markdown, str], _Result],
) -> Iterator[tuple[str, _Result]]:
    """Yield what `parse` makes of each page, with the project's own extensions."""
    names = [name for name in site.extensions if name != NAME]
    configs = {
        name: dict(config)
        for name, config in site.extension_configs.items()
        if name != NAME and config
    }
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
                result = parse(md, site.file(path).body)
        except Exception as error:
            shown = site.shown(site.docs / path)
            reason = "it is nested too deep" if isinstance(error, RecursionError) else str(error)
            raise UnusableProjectError(f"{shown} cannot be parsed: {reason}") from error
        yield path, result


def _parse(md: Markdown, text: str) -> None:
    """Run the parse up to our own processor; what comes after it only renders."""
    lines = text.split("\n")
    for preprocessor in md.preprocessors:
        lines = preprocessor.run(lines)
    root = cast(Element, md.parser.parseDocument(lines).getroot())
    for processor in md.treeprocessors:
        changed = processor.run(root)
        root = root if changed is None else changed
        if isinstance(processor, _ClaimsTreeprocessor):
            return


def makeExtension(**options: Any) -> ClaimsExtension:  # noqa: N802 (Python-Markdown's name)
    """Return the extension, as Python-Markdown asks for it.

    Raises UnusableProjectError where the project's settings would turn the gate off unseen.
    """
    if "collect_only" in options:
        raise UnusableProjectError("collect_only is not for mkdocs.yml; write gate: report")
    return ClaimsExtension(**options)
