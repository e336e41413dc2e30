"""The files that are not published: the patterns of `exclude_docs`, as in a .gitignore file."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Protocol

from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.store.store import digest_of

if TYPE_CHECKING:
    from pathspec import PathSpec

    from sourced_guide.claims.project.store.store import Store


class Patterns(Protocol):
    """Patterns of paths, such as a PathSpec."""

    def match_file(self, file: str) -> bool:
        """Say whether a path is one of them."""


class Excluded:
    """The patterns of a project. They are read only for files that no earlier run has seen.

    Raises UnusableProjectError, when a file is looked up, where they cannot be read.
    """

    def __init__(self, patterns: str, store: Store) -> None:
        self._patterns = patterns
        self._kept = store.shelf("excluded", digest_of(patterns))

    def match_file(self, file: str) -> bool:
        """Say whether a file is not published; its path starts in the docs folder."""
        return self._kept.get(file, partial(self._matches, file))

    def _matches(self, file: str) -> bool:
        return bool(self._spec.match_file(file))

    @cached_property
    def _spec(self) -> PathSpec[Any]:
        # It takes longer to load than all pages of a small guide, and most checks have no new file.
        from pathspec import PathSpec  # noqa: PLC0415

        try:
            return PathSpec.from_lines("gitignore", self._patterns.splitlines())
        except ValueError as error:
            raise UnusableProjectError(f"exclude_docs in mkdocs.yml: {error}") from error
