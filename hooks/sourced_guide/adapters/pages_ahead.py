"""Renders and checks the pages of a build in several processes at once.

MkDocs renders one page after the other. Where many are new, copies of this process render some of
those that follow, check them, and write references. What they have made goes into the store of this
process, which finds it there when MkDocs comes to their pages. What fails in a copy is done again,
so the site and all messages are the same, whatever the number of processes. Where another plugin
takes part in rendering pages, nothing is rendered ahead: each page is to come to it once.
"""

from __future__ import annotations

import gc
from contextlib import ExitStack, suppress
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

from mkdocs.structure.pages import Page

from sourced_guide.adapters.rendered_pages import render_page
from sourced_guide.build.checks.processes import (
    FEWEST_PAGES,
    check_ahead,
    default_jobs,
    new_reader,
    rules_of_one_page,
)
from sourced_guide.build.workers import beside, can_fork
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.report.bibliography import reference
from sourced_guide.claims.rules import RULES, check

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

    from sourced_guide.adapters.rendered_pages import RenderedPages
    from sourced_guide.claims.markdown.page_reader import PageReader
    from sourced_guide.claims.model.source import Source
    from sourced_guide.claims.project.store.store import Gathered

# What MkDocs asks plugins for while it renders a page.
_EVENTS = ("pre_page", "page_read_source", "page_markdown", "page_content")
# So many are new before others are taken for new, too. What they load, no copy has to.
_FIRST_NEW = 3


class PagesAhead:
    """The pages of one build that are rendered before MkDocs comes to them.

    `adapter` is the plugin or hook that this is a part of.
    """

    def __init__(
        self,
        adapter: object,
        reader: PageReader,
        rendered: RenderedPages,
        config: MkDocsConfig,
        files: Files,
    ) -> None:
        self._reader, self._rendered = reader, rendered
        self._config, self._files = config, files
        asked = (method for event in _EVENTS for method in config.plugins.events[event])
        self._is_alone = all(getattr(method, "__self__", None) is adapter for method in asked)
        self._new: list[str] = []
        self._checked: set[str] = set()
        # What this process renders itself and has to check, and the pages of the copies.
        self._own: Sequence[str] = ()
        self._sources: Sequence[Source] = ()
        self._others: frozenset[str] = frozenset()
        self._processes = ExitStack()
        self._outcomes: Iterator[Gathered | None] = iter(())

    def restore(self, page: Page, markdown: str) -> None:
        """Let a page that is kept, or that a copy has rendered, render as it did there.

        After some new pages, begin to render those that follow.
        """
        path = page.file.src_uri
        if path in self._others:
            self._finish()
        if self._rendered.restore(page, markdown):
            self._new.append(path)
            if len(self._new) == _FIRST_NEW and self._is_alone and can_fork():
                with suppress(OSError):
                    self._begin(path)

    def check_new(self) -> None:
        """Check the pages that have been rendered and not checked, in several processes."""
        self._finish()
        new = [path for path in self._reader.parsed if path not in self._checked]
        read_again = partial(new_reader, self._config.config_file_path, with_store=True)
        check_ahead(self._reader, new, RULES, default_jobs(), read_again)

    def close(self) -> None:
        """End the copies."""
        self._processes.close()

    def _finish(self) -> None:
        """Check what this process has rendered, and take what the copies have made."""
        if self._others:
            self._others = frozenset()
            with suppress(UnusableProjectError):
                self._check(self._own, self._sources)
            for gathered in filter(None, self._outcomes):
                self._reader.project.store.adopt(gathered)
            self.close()

    def _begin(self, path: str) -> None:
        files = list(self._files.documentation_pages())
        files = files[[file.src_uri for file in files].index(path) :]
        count = min(default_jobs(), len(files) // FEWEST_PAGES)
        if count <= 1:
            return
        sources = list(self._reader.references.sources.values())
        with suppress(UnusableProjectError):
            self._check(self._new[:-1], sources[:1])
        own, *others = _parts(files, count)
        self._sources = sources[::count]
        shares = [(part, sources[at::count]) for at, part in enumerate(others, 1)]
        self._outcomes = self._processes.enter_context(beside(self._in_copy, shares))
        self._own = [file.src_uri for file in own]
        self._others = frozenset(file.src_uri for part in others for file in part)

    def _check(self, paths: Sequence[str], sources: Iterable[Source]) -> None:
        """Let the store keep what rules find on some pages, and the references of some sources."""
        self._checked.update(paths)
        check(self._reader.guide_of(paths), rules_of_one_page(RULES))
        for source in sources:
            reference(source, self._reader.project.store)

    def _in_copy(self, share: tuple[Sequence[File], Sequence[Source]]) -> Gathered | None:
        """Return what a copy of this process makes of its share of the pages and sources."""
        files, sources = share
        # What is made stays until the end; to look through it would copy the memory it is in.
        gc.disable()
        self._reader.project.store.forget_new()
        self._rendered.only_count()
        try:
            for file in files:
                render_page(file.page or Page(None, file, self._config), self._config, self._files)
            self._check([file.src_uri for file in files], sources)
        except (Exception, SystemExit):  # noqa: BLE001 (the process that goes on says what is wrong)
            return None
        return self._reader.project.store.gathered()


def _parts(files: Sequence[File], count: int) -> list[list[File]]:
    """Return files in as many parts, in order, with about as many bytes in each."""
    parts: list[list[File]] = [[] for _ in range(count)]
    sizes = [len(file.content_bytes) for file in files]
    for file, before in zip(files, accumulate(sizes, initial=0), strict=False):
        parts[before * count // max(sum(sizes), 1)].append(file)
    return parts
