"""Renders and checks the pages of a build in several processes at once.

MkDocs renders one page after the other. Where many are new, copies of this process begin with the
last pages: they render some, check them, and write references, as this process does with the first
ones, until they meet. What copies have made goes into the store of this process, which finds it
there when MkDocs comes to their pages. What fails in a copy is done again, so the site and all
messages are the same, whatever the number of processes. Where another plugin takes part in
rendering pages, nothing is rendered ahead: each page is to come to it once.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from mkdocs.structure.pages import Page

from sourced_guide.adapters.ahead.other_plugins import are_only
from sourced_guide.adapters.rendered_pages import render_page
from sourced_guide.build.checks.processes import (
    FEWEST_PAGES,
    PAGES_OF_A_BATCH,
    check_ahead,
    default_jobs,
    new_reader,
    rules_of_one_page,
)
from sourced_guide.build.copies import SharedWork, shared_work
from sourced_guide.build.workers import can_fork
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.report.bibliography import reference
from sourced_guide.claims.rules import RULES, check

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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


class _Batch(NamedTuple):
    """Pages that are rendered and then checked, and sources whose references are written."""

    files: Sequence[File]
    sources: Sequence[Source]

    @property
    def paths(self) -> list[str]:
        """The paths of the pages."""
        return [file.src_uri for file in self.files]


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
        self._is_alone = are_only([adapter], _EVENTS, config)
        self._new: list[str] = []
        self._checked: set[str] = set()
        self._batches: Sequence[_Batch] = ()
        # The number of the batch that a page is the first of.
        self._first: dict[str, int] = {}
        # The batch that this process is at.
        self._own: _Batch | None = None
        self._processes = ExitStack()
        self._shared: SharedWork[Gathered] | None = None

    def restore(self, page: Page, markdown: str) -> None:
        """Let a page that is kept, or that a copy has rendered, render as it did there.

        After some new pages, begin to render those that follow.
        """
        path = page.file.src_uri
        if self._shared and path in self._first:
            self._come_to(self._first[path], self._shared)
        if self._rendered.restore(page, markdown):
            self._new.append(path)
            if len(self._new) == _FIRST_NEW and self._is_alone and can_fork():
                with suppress(OSError):
                    self._begin(path)

    def check_new(self) -> None:
        """Check the pages that have been rendered and not checked, in several processes."""
        self._check_own()
        self.close()
        new = [path for path in self._reader.parsed if path not in self._checked]
        read_again = partial(new_reader, self._config.config_file_path, with_store=True)
        check_ahead(self._reader, new, RULES, default_jobs(), read_again)

    def close(self) -> None:
        """End the copies."""
        self._processes.close()

    def _begin(self, path: str) -> None:
        """Start the copies, which begin with the last pages after the one at `path`."""
        files = list(self._files.documentation_pages())
        files = files[[file.src_uri for file in files].index(path) + 1 :]
        copies = min(default_jobs(), len(files) // FEWEST_PAGES) - 1
        if copies < 1:
            return
        sources = list(self._reader.references.sources.values())
        self._check(self._new[:-1], sources[:1])
        starts = range(0, len(files), PAGES_OF_A_BATCH)
        self._batches = [
            _Batch(files[start : start + PAGES_OF_A_BATCH], sources[number :: len(starts)])
            for number, start in enumerate(starts)
        ]
        self._first = {batch.files[0].src_uri: at for at, batch in enumerate(self._batches)}
        shared = shared_work(self._in_copy, len(self._batches), copies)
        self._shared = self._processes.enter_context(shared)

    def _come_to(self, number: int, shared: SharedWork[Gathered]) -> None:
        """Check the batch before this one, and take what a copy has made of this one."""
        self._check_own()
        batch, gathered = self._batches[number], shared.take(number)
        if gathered:
            self._reader.project.store.adopt(gathered)
            self._checked.update(batch.paths)
        else:
            self._own = batch

    def _check_own(self) -> None:
        """Check the batch that this process is at."""
        if self._own:
            self._check(self._own.paths, self._own.sources)
            self._own = None

    def _check(self, paths: Sequence[str], sources: Iterable[Source]) -> None:
        """Let the store keep what rules find on some pages, and the references of some sources."""
        with suppress(UnusableProjectError):
            check(self._reader.guide_of(paths), rules_of_one_page(RULES))
            for source in sources:
                reference(source, self._reader.project.store)
            self._checked.update(paths)

    def _in_copy(self, number: int) -> Gathered:
        """Return what a copy of this process makes of a batch."""
        store, batch = self._reader.project.store, self._batches[number]
        store.forget_new()
        self._rendered.only_count()
        for file in batch.files:
            render_page(file.page or Page(None, file, self._config), self._config, self._files)
        self._check(batch.paths, batch.sources)
        return store.gathered()
