"""Renders the templates of a build's pages in several processes at once.

When all is known that pages are rendered with, copies of this process begin with the last page,
while MkDocs begins with the first one; where they meet, the copies end. A page that no copy has
rendered until then is rendered by MkDocs as ever, so the site and all messages are the same,
whatever the number of processes. Where a plugin takes part that is neither ours nor a search,
nothing is rendered ahead: it may note what it is asked for.
"""

from __future__ import annotations

import gc
from contextlib import ExitStack, suppress
from functools import partial
from mmap import mmap
from typing import TYPE_CHECKING, Any, cast

from jinja2 import Template
from mkdocs.commands.build import get_context

from sourced_guide.adapters.logged import LogCounter
from sourced_guide.adapters.other_plugins import are_only
from sourced_guide.build.checks.processes import FEWEST_PAGES, default_jobs
from sourced_guide.build.copies import Copies, copies_making
from sourced_guide.build.workers import can_fork

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from sourced_guide.build.copies import Made
    from sourced_guide.claims.project.store.store import Gathered, Store

# What MkDocs asks plugins for while and after it renders the templates of pages.
_EVENTS = ("page_context", "post_page", "post_build")
# In what a template is given: what it would write.
_OUTPUT = "rendered_ahead"
_PLACE_BYTES = 4


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
        can_begin = are_only(known, _EVENTS, config)
        self._count = min(default_jobs() - 1, len(self._files) // FEWEST_PAGES) * can_begin
        # The number of the page that MkDocs renders, for the copies.
        self._place: mmap | None = None
        self._processes = ExitStack()
        self._copies: Copies[tuple[str, Gathered]] = Copies()

    def restore(self, context: TemplateContext, page: Page, nav: Navigation) -> bool:
        """Let a page's template return what a copy has rendered; say whether one has.

        When MkDocs comes to the first page, begin to render others.
        """
        if self._count and not self._place and can_fork():
            with suppress(OSError):
                self._begin(page, nav)
        number = self._numbers.get(page.file.src_uri, 0)
        if self._place:
            self._place[:] = number.to_bytes(_PLACE_BYTES, "big")
        made = self._copies.take(number)
        if made:
            cast("dict[str, Any]", context)[_OUTPUT], gathered = made
            self._store.adopt(gathered)
        return bool(made)

    def close(self) -> None:
        """End the copies."""
        self._processes.close()

    def _begin(self, page: Page, nav: Navigation) -> None:
        place = self._processes.enter_context(mmap(-1, _PLACE_BYTES))
        make = partial(self._in_copy, page, nav, place)
        self._copies = self._processes.enter_context(copies_making(make, self._count))
        self._place = place

    def _in_copy(
        self, begun: Page, nav: Navigation, place: mmap, copy: int
    ) -> Iterator[Made[tuple[str, Gathered]]]:
        """Render pages in a copy of this process, as far as MkDocs has not come to them.

        Each copy has some of the last pages, from the last one on. MkDocs has `begun` a page.
        """
        begun.active = False
        # What is made stays until the end; to look through it would copy the memory it is in.
        gc.disable()
        logged = LogCounter()
        logged.only_count()
        for number in range(len(self._files) - 1 - copy, 0, -self._count):
            if number <= int.from_bytes(place[:], "big"):
                return
            self._store.forget_new()
            logged.count = 0
            output = self._output(self._files[number], nav)
            if not logged.count:
                yield number, (output, self._store.gathered())

    def _output(self, file: File, nav: Navigation) -> str:
        """Return a page as its template writes it."""
        page = cast("Page", file.page)
        page.active = True
        context = get_context(nav, self._files, self._config, page)
        template = self._env.get_template(str(page.meta.get("template", "main.html")))
        self._complete(context, page, nav)
        output = template.render(cast("dict[str, Any]", context))
        page.active = False
        return output
