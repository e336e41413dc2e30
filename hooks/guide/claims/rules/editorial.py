"""EDT001: who sets a page apart from checking says why."""

from __future__ import annotations

from collections.abc import Iterator

from guide.claims.findings import Place
from guide.claims.site import Site

# What YAML and people write for "yes" gives no reason.
_NO_REASONS = {"", "true", "yes", "on", "1", "false", "no", "off", "none"}


def without_reason(site: Site) -> Iterator[tuple[Place, str, str]]:
    """A page is marked editorial and does not say why.

    Bad:  editorial: true
    Good: editorial: tells how this guide is made
    """
    for file, _ in site.pages():
        reason = file.meta.get("editorial")
        if file.is_editorial and str(reason or "").strip().lower() in _NO_REASONS:
            line, column = file.meta_places.get("editorial", (1, 1))
            yield (
                Place(site.shown(site.docs / file.path), line, column),
                "the page is editorial and gives no reason",
                "write the reason after `editorial:`, or remove it and source the page",
            )
