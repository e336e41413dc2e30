"""EDT001 and EDT002: editorial pages and suppressions have reasons, and are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourced_guide.claims.model.suppression import Suppression
    from sourced_guide.claims.project.guide import Guide

# What YAML and people write for "yes" gives no reason.
_NO_REASONS = {"", "true", "yes", "on", "1", "false", "no", "off", "none"}


def without_reason(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A page is marked editorial and does not say why.

    Why:  Nothing on such a page is checked, so everyone must be able to see why.
    Bad:  editorial: true
    Good: editorial: explains how this guide is made
    Fix:  Write the reason after `editorial:`. If the page is about the illness, remove the line and
          cite sources.
    """
    for file, _ in guide.pages:
        reason = file.meta.get("editorial")
        if file.is_editorial and str(reason or "").strip().lower() in _NO_REASONS:
            line, column = file.meta_places.get("editorial", (1, 1))
            yield (
                Place(guide.project.shown(guide.project.docs / file.path), line, column),
                "the page is editorial and gives no reason",
                "write the reason after `editorial:`, or remove it and cite sources",
            )


def unused_suppression(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A suppression that suppresses nothing.

    Why:  A suppression that is no longer needed would hide the next error in the same place.
    Bad:  <!-- allow SRC006 -->  (no reason; or SRC006 finds nothing in the block below)
    Good: <!-- allow SRC006: the trial itself says "all", see its table 2 -->
    Fix:  Remove it. If it is needed, put it on a line of its own right before the block, with the
          code of the rule, a colon and your reason.
    """
    for suppression in guide.suppressions:
        for fault, help_ in _faults(suppression):
            yield suppression.place, f"the suppression '{suppression.written}' {fault}", help_


def _faults(suppression: Suppression) -> Iterator[tuple[str, str]]:
    if not suppression.rules:
        yield "names no rule", "write <!-- allow SRC006: reason -->"
    elif not suppression.reason:
        yield "gives no reason, so it allows nothing", "write the reason after a colon"
    else:
        for rule in suppression.rules:
            if rule not in suppression.used:
                yield (
                    f"allows {rule}, which finds nothing in the block after it",
                    "remove it, or put it on a line of its own right before the block",
                )
