"""Claims that are more certain or wider than their passages: SRC006."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.language.hedging.compare import UnsupportedStrength, unsupported_strength
from sourced_guide.claims.language.hedging.lexicon import BOOSTER, NEGATION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.rules.support.cited_claims import CitedClaim


def finder(_guide: Guide) -> Callable[[CitedClaim], Iterator[tuple[str, str]]]:
    """Return what yields the faults of a claim, and what to do."""
    return _faults


def _faults(each: CitedClaim) -> Iterator[tuple[str, str]]:
    for fault in unsupported_strength(each.claim.text, each.beside, each.says):
        if fault.kind != NEGATION:
            yield _too_strong(fault, each.quote), _soften(each)


def _too_strong(fault: UnsupportedStrength, quote: str) -> str:
    if fault.kind == BOOSTER and not fault.passage:
        return f"'{fault.claim}' is stronger than the passage, which does not say it: '{quote}'"
    if fault.claim:
        return (
            f"'{fault.claim}' is stronger than the passage, which says '{fault.passage}': '{quote}'"
        )
    return f"the claim is stronger than the passage, which says '{fault.passage}': '{quote}'"


def _soften(claim: CitedClaim) -> str:
    return f"{claim.quoted_passage}: soften the claim, or cite a passage that says so"
