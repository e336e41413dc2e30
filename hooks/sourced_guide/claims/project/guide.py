"""The guide that rules check: its pages and their text, its sources and its terms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from sourced_guide.claims.project.store.store import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sourced_guide.claims.model.statement import PageText
    from sourced_guide.claims.model.suppression import Suppression
    from sourced_guide.claims.project.glossary import Term
    from sourced_guide.claims.project.page_file import PageFile
    from sourced_guide.claims.project.project import Project
    from sourced_guide.claims.project.source_library import Library


class Page(NamedTuple):
    """A page: its file and its text."""

    file: PageFile
    text: PageText


@dataclass(frozen=True)
class Guide:
    """Everything that is checked, read once.

    `pages` are in the order of their paths; `drawings` are files that pages embed, or that
    findings on pages name.
    """

    project: Project
    references: Library
    terms: Sequence[Term]
    pages: Sequence[Page]
    drawings: frozenset[Path] = frozenset()

    def page(self, path: str) -> Page:
        """Return the page of a path, relative to the docs folder."""
        return self._by_path[path]

    def parts(self, most: int) -> Iterator[Guide]:
        """Yield guides of these pages, each of `most` at most, with all sources and terms."""
        if len(self.pages) <= most:
            yield self
            return
        for first in range(0, len(self.pages), most):
            yield replace(self, pages=self.pages[first : first + most])

    @property
    def suppressions(self) -> list[Suppression]:
        """Every suppression of every page, in reading order, and those of the style sheets."""
        of_pages = [suppression for page in self.pages for suppression in page.text.suppressions]
        return of_pages + self.project.sheet_suppressions

    @cached_property
    def terms_digest(self) -> str:
        """A digest of the terms, as a key for what depends on all of them."""
        return digest_of(*map(repr, self.terms))

    @cached_property
    def _by_path(self) -> dict[str, Page]:
        return {page.file.path: page for page in self.pages}
