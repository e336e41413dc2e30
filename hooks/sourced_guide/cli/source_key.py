"""Source keys as people give them to a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.model.suggest import did_you_mean

if TYPE_CHECKING:
    from sourced_guide.claims.model.source import Source
    from sourced_guide.claims.project.source_library import Library


def find_source(library: Library, key: str) -> Source:
    """Return the source with that key.

    Raises UnusableProjectError where there is none; the text names the closest key.
    """
    known = library.sources
    if key not in known:
        guess = did_you_mean(key, known) or "a key is the name of a file in references/"
        raise UnusableProjectError(f"there is no source '{key}'; {guess}")
    return known[key]
