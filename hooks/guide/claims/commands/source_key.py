"""Source keys as people give them to a command."""

from __future__ import annotations

from guide.claims.errors import UnusableProjectError
from guide.claims.nearest import did_you_mean
from guide.claims.site import Site
from guide.claims.sources import Source


def find_source(site: Site, key: str) -> Source:
    """Return the source with that key.

    Raises UnusableProjectError where there is none; the text names the closest key.
    """
    known = site.references.sources
    if key not in known:
        guess = did_you_mean(key, known) or "a key is the name of a file in references/"
        raise UnusableProjectError(f"there is no source '{key}'; {guess}")
    return known[key]
