"""MkDocs events: the gate inside `mkdocs build` and `mkdocs serve`.

Zensical does not run hooks; there `guide check` is the gate, and the Markdown extension renders the
same pages by itself.
"""

from __future__ import annotations

import gc
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import CombinedEvent, event_priority

from sourced_guide.adapters.ahead.pages import PagesAhead
from sourced_guide.adapters.ahead.templates import TemplatesAhead
from sourced_guide.adapters.deferred_parts import with_parts
from sourced_guide.adapters.gate import aborting, report
from sourced_guide.adapters.kept_menu import KeptMenu
from sourced_guide.adapters.other_themes import add_sheet, name_sheet
from sourced_guide.adapters.preview import Preview
from sourced_guide.adapters.rendered_pages import RenderedPages
from sourced_guide.build.checks.proof import check_result, checked_inputs, write_proof
from sourced_guide.build.search.aliases import Aliases, read_aliases
from sourced_guide.build.search.content import (
    emergency_line,
    restored_content,
    searched_content,
)
from sourced_guide.build.search.index import INDEX, Urgent, extend_index
from sourced_guide.build.search.worker_script import address, write_worker
from sourced_guide.claims.language.tokens import clear_text_caches
from sourced_guide.claims.markdown.extension import page_reader
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.project.options import NAME, REPORT
from sourced_guide.claims.project.project import SNIPPETS
from sourced_guide.claims.report.baseline import project_baseline, write_first_baseline
from sourced_guide.claims.report.claims_file import FILE as CLAIMS_FILE
from sourced_guide.claims.report.export import write_claims
from sourced_guide.claims.review.levels import Level, levels_of
from sourced_guide.claims.rules import check
from sourced_guide.theme import NAME as THEME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Literal

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from sourced_guide.claims.markdown.page_reader import PageReader
    from sourced_guide.claims.model.finding import Finding
    from sourced_guide.claims.project.guide import Guide

# What a build has found out, which a page that is shown before the next one is rendered with.
_OF_A_BUILD = (
    *("_reader", "_guide", "_levels", "_files", "_aliases", "_emergency", "_findings"),
    "_menu",
)
# After other plugins, so that their changes to a page stay.
_AFTER_OTHERS = -100
_BEFORE_OTHERS = 100


class MkDocsBuild:
    """What a build needs from its first event to its last, and the events themselves.

    MkDocs calls events with fixed parameters; the hook's module exports the bound methods.
    """

    _reader: PageReader
    _guide: Guide
    _levels: Mapping[str, Level]
    _files: Files
    _aliases: Aliases
    _findings: Sequence[Finding]

    def __init__(self) -> None:
        # The parts of pages that are hidden from the search, by path.
        self._hidden: dict[str, list[str]] = {}
        # The call to make in an emergency, from the warning block.
        self._emergency = ""
        self._serving = self._is_dirty = False
        self._preview: Preview | None = None
        self._rendered: RenderedPages | None = None
        self._ahead: PagesAhead | None = None
        self._templates: TemplatesAhead | None = None
        self._menu: KeptMenu | None = None
        # What is checked, as a digest.
        self._inputs = ""

    def on_startup(self, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Record whether this is a preview for editors."""
        # A build keeps nearly all its objects. Python's default thresholds for garbage collection
        # take a tenth of the build's time and free 3 MB (200 pages). The youngest objects are still
        # looked at often enough to free the texts of pages that templates leave behind.
        gc.set_threshold(20_000, 250, 1_000)
        self._serving, self._is_dirty = command == "serve", dirty
        self._preview = Preview(self._take_up) if self._serving and not dirty else None

    def on_serve(
        self, server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]
    ) -> None:
        """Show saved pages first."""
        if self._preview:
            self._preview.attach(server, builder)

    def on_shutdown(self) -> None:
        """Remove what the preview has written, and let the program end at once."""
        if self._preview:
            self._preview.close()
        for ahead in (self._ahead, self._templates):
            if ahead:
                ahead.close()
        # Python would look through all that a build has made for what nothing refers to: a tenth of
        # the build's time. The system takes it back as a whole.
        gc.freeze()

    def _take_up(self) -> Callable[[Iterable[str]], None]:
        """Return a function that brings back what this build knows, but for changed pages."""
        known = {name: vars(self)[name] for name in _OF_A_BUILD}

        def bring_back(changed: Iterable[str]) -> None:
            vars(self).update(known)
            self._rendered = None
            for path in changed:
                self._reader.forget(path)

        return bring_back

    def on_config(self, config: MkDocsConfig) -> None:
        """Read the project, and let the Markdown extension collect for it."""
        if self._preview:
            with aborting():
                self._preview.begin(config)
        if self._serving:
            # What the build before has left: 50 MB, a tenth of a second.
            gc.collect()
        with aborting():
            project = load_project(Path(config.config_file_path), with_store=True)
            self._reader = page_reader(project)
            # Before a page is read: later changes are not checked.
            self._inputs = "" if self._serving else checked_inputs(project)
        if SNIPPETS in config.mdx_configs and Path.cwd() != project.folder:
            # The extension itself would look for them in the working directory.
            config.mdx_configs[SNIPPETS]["base_path"] = list(map(str, project.snippets))
        name_sheet(config)
        if NAME not in config.markdown_extensions:
            config.markdown_extensions.append(NAME)
        # The template of all pages names it to the theme's script.
        config.extra["search_worker"] = address()
        config.mdx_configs[NAME] = {
            **config.mdx_configs.get(NAME, {}),
            "reader": self._reader,
            "mark_unsourced": self._serving,
            "deferred": True,
            # This adapter is the gate: it checks all pages, and reports everything.
            "gate": REPORT,
        }

    def on_files(self, files: Files, config: MkDocsConfig) -> None:
        """Forget the pages of the build before, and add a style sheet for other themes."""
        add_sheet(files, config)
        self._rendered = None

    @event_priority(_AFTER_OTHERS)
    def on_page_markdown(
        self, markdown: str, page: Page, config: MkDocsConfig, files: Files
    ) -> None:
        """Set the page that the Markdown extension renders, unless it is kept."""
        if self._preview:
            self._preview.end_if_superseded()
        if self._menu:
            self._menu.forget()
        config.mdx_configs[NAME]["page"] = page.file.src_uri
        if self._rendered is None:
            self._rendered = RenderedPages(self._reader, config, files)
            if not self._serving:
                self._ahead = PagesAhead(self, self._reader, self._rendered, config, files)
        (self._ahead or self._rendered).restore(page, markdown)

    @event_priority(_BEFORE_OTHERS)
    def _on_page_content_first(
        self, html: str, page: Page, config: MkDocsConfig, files: Files
    ) -> None:
        """Keep what MkDocs has rendered."""
        if self._rendered:
            self._rendered.keep(page, html)

    @event_priority(_AFTER_OTHERS)
    def _on_page_content_last(
        self, html: str, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Return what the search indexes of a page; the rest is restored later."""
        if page.file.src_uri == self._reader.project.site.urgent_page:
            self._emergency = emergency_line(html)
        searched, self._hidden[page.file.src_uri] = searched_content(html)
        return searched

    on_page_content = CombinedEvent(_on_page_content_first, _on_page_content_last)

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> None:
        """Check the guide: every page is rendered now."""
        if self._rendered:
            self._rendered.close()
        if self._preview:
            self._preview.end_if_superseded()
            self._preview.note_env(env, files)
        self._menu = KeptMenu(env)
        with aborting():
            self._guide = self._reader.guide()
            self._levels, _ = levels_of(self._guide)
            project = self._guide.project
            pages = [file.src_uri for file in files.documentation_pages()]
            terms = [term.name for term in self._guide.terms]
            self._aliases = read_aliases(project.docs, pages, terms)
            if self._ahead:
                self._ahead.check_new()
            found = check(self._guide)
            clear_text_caches()
            is_first = not self._serving and write_first_baseline(found, project)
            self._findings = findings = project_baseline(project).marked(found)
        project.store.save()
        if not self._serving:
            write_proof(project, self._inputs, check_result(self._guide, findings))
        report(findings, project.options, is_first=is_first, stops=not self._serving)
        self._files = files
        if not (self._serving or self._is_dirty):
            self._templates = TemplatesAhead(
                self, self._complete, project.store, env, config, files
            )

    @event_priority(_AFTER_OTHERS)
    def on_page_context(
        self, context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> None:
        """Restore what the search did not index, and render what needed all pages."""
        if self._preview:
            self._preview.end_if_superseded()
            self._preview.note(page, context, nav)

        if self._templates and self._templates.restore(context, page, nav):
            self._hidden.pop(page.file.src_uri, None)
        else:
            self._complete(context, page, nav)

    def _complete(self, context: TemplateContext, page: Page, nav: Navigation) -> None:
        """Give a page what was left out of it, and its template what ours need."""
        # Our templates say where the page stands, and how far it has been checked.
        context["places"] = _places(nav)  # type: ignore[typeddict-unknown-key]
        context["review"] = self._levels.get(page.file.src_uri)  # type: ignore[typeddict-unknown-key]
        content = restored_content(page.content or "", self._hidden.pop(page.file.src_uri, []))
        page.content = with_parts(content, page.url, self._guide, self._files)
        if self._serving:
            # It needs lxml, which takes longer to load than a page to build.
            from sourced_guide.adapters.shown_findings import with_findings  # noqa: PLC0415

            path = page.file.src_uri
            page.content = with_findings(page.content, self._guide, self._findings, path)

    @event_priority(_AFTER_OTHERS)
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write claims.json, and the worker and index of the search once the theme has its own."""
        if self._templates:
            self._templates.close()
        site = Path(config.site_dir)
        with aborting():
            write_claims(self._guide, site / CLAIMS_FILE)
            if config.theme.name == THEME and (site / INDEX).is_file():
                write_worker(site)
                urgent = Urgent(self._guide.project.site.urgent_page, self._emergency)
                extend_index(site, self._aliases, self._guide.terms, urgent)
        self._guide.project.store.save()
        if self._preview:
            self._preview.complete()


@lru_cache(maxsize=1)
def _places(nav: Navigation) -> Mapping[str, int]:
    """Return the number of each page in the order of the guide, by its address."""
    numbered = list(enumerate(nav.pages, 1))
    # Where a page is listed twice, its first place.
    return {page.url: number for number, page in reversed(numbered)}
