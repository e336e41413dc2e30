"""Renders the templates of a build's pages in several processes at once.

When all is known that pages are rendered with, copies of this process begin with the last page,
while MkDocs begins with the first one; where they meet, the copies end. A page that no copy has
rendered until then is rendered by MkDocs as ever, so the site and all messages are the same,
whatever the number of processes. Where a plugin takes part that is neither ours nor a search,
nothing is rendered ahead: it may note what it is asked for.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from jinja2 import Template
from mkdocs.utils import get_relative_url, normalize_url

from sourced_guide.adapters.ahead.other_plugins import are_only
from sourced_guide.adapters.logged import LogCounter
from sourced_guide.build.checks.processes import FEWEST_PAGES, default_jobs
from sourced_guide.build.copies import SharedWork, shared_work
from sourced_guide.build.workers import can_fork

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from sourced_guide.claims.project.store.store import Gathered, Store

# What MkDocs asks plugins for while and after it renders the templates of pages.
_EVENTS = ("page_context", "post_page", "post_build")
# In what a template is given: what it would write.
_OUTPUT = "rendered_ahead"


class _Template(Template):
    """A template that returns what a copy of this process has rendered, where one has."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Return the HTML of the page that a context is about."""
        output = args[0].get(_OUTPUT) if args else None
        return super().render(*args, **kwargs) if output is None else str(output)


class TemplatesAhead:
    """The pages of one build whose templates are rendered before MkDocs comes to them.

    `adapter` is the plugin or hook that this is a part of; `complete` does to a page, and to what
    its template is given, what the adapter does.
    """

    def __init__(  # noqa: PLR0913, PLR0917 (all of a build)
        self,
        adapter: object,
        complete: Callable[[TemplateContext, Page, Navigation], None],
        store: Store,
        env: Environment,
        config: MkDocsConfig,
        files: Files,
    ) -> None:
        self._complete, self._store = complete, store
        self._env, self._config = env, config
        env.template_class = _Template
        self._files = files.documentation_pages()
        self._numbers = {file.src_uri: number for number, file in enumerate(self._files)}
        searches = (name for name in config.plugins if name.rpartition("/")[2] == "search")
        known = [adapter, *map(config.plugins.get, searches)]
        most = len(self._files) // FEWEST_PAGES if are_only(known, _EVENTS, config) else 0
        self._copies = min(default_jobs() - 1, most)
        self._logged = LogCounter()
        self._processes = ExitStack()
        self._shared: SharedWork[tuple[str, Gathered]] | None = None

    def restore(self, context: TemplateContext, page: Page, nav: Navigation) -> bool:
        """Let a page's template return what a copy has rendered; say whether one has.

        When MkDocs comes to the first page, begin to render others.
        """
        if self._copies and can_fork():
            with suppress(OSError):
                make = partial(self._in_copy, {**context}, nav)
                site = Path(self._config.site_dir)
                work = shared_work(make, len(self._files), self._copies, site)
                self._shared = self._processes.enter_context(work)
        self._copies = 0
        number = self._numbers.get(page.file.src_uri)
        if not self._shared or number is None:
            return False
        made = self._shared.take(number)
        if made:
            cast("dict[str, Any]", context)[_OUTPUT], gathered = made
            self._store.adopt(gathered)
        return bool(made)

    def close(self) -> None:
        """End the copies."""
        self._processes.close()

    def _in_copy(
        self, begun: dict[str, Any], nav: Navigation, number: int
    ) -> tuple[str, Gathered] | None:
        """Return a page as a copy of this process renders it; None if there is something to log."""
        self._store.forget_new()
        self._logged.only_count()
        self._logged.count = 0
        output = self._output(self._files[number], begun, nav)
        return None if self._logged.count else (output, self._store.gathered())

    def _output(self, file: File, begun: dict[str, Any], nav: Navigation) -> str:
        """Return a page as its template writes it; MkDocs has `begun` to render another one."""
        page = cast("Page", file.page)
        begun["page"].active = False
        page.active = True
        scripts = map(str, self._config.extra_javascript)
        context = {
            **begun,
            "page": page,
            "base_url": get_relative_url(".", page.url),
            "extra_css": [normalize_url(path, page) for path in self._config.extra_css],
            "extra_javascript": [normalize_url(path, page) for path in scripts],
        }
        template = self._env.get_template(str(page.meta.get("template", "main.html")))
        self._complete(cast("TemplateContext", context), page, nav)
        output = template.render(context)
        page.active = False
        return output
