"""Claims that say the opposite of their passages: SRC012."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.language.hedging.compare import UnsupportedStrength, unsupported_strength
from sourced_guide.claims.language.hedging.lexicon import NEGATION
from sourced_guide.claims.language.opposites.compare import Contradiction, contradictions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.rules.support.cited_claims import CitedClaim

# "Do not decide that without your doctor" is for `contradictions` to judge.
_WITHOUT = "without"


def finder(_guide: Guide) -> Callable[[CitedClaim], Iterator[tuple[str, str]]]:
    """Return what yields the faults of a claim, and what to do."""
    return _faults


def _faults(each: CitedClaim) -> Iterator[tuple[str, str]]:
    compared = each.claim.text, each.beside, each.says
    found = contradictions(*compared) or tuple(_negations(unsupported_strength(*compared)))
    for fault in found[:1]:
        message = f"{_message(fault)}: '{each.quote}'"
        advice = "say it as the passage does, or cite a passage that says this"
        yield message, f"{each.quoted_passage}: {advice}"


def _negations(faults: Sequence[UnsupportedStrength]) -> Iterator[Contradiction]:
    """Yield the negations that a claim drops or adds; one that is both is in another place."""
    found = [fault for fault in faults if fault.kind == NEGATION]
    moved = {fault.claim for fault in found} & {fault.passage for fault in found}
    for fault in found:
        if fault.claim != _WITHOUT and moved.isdisjoint((fault.claim or fault.passage,)):
            yield Contradiction(fault.claim, fault.passage)


def _message(fault: Contradiction) -> str:
    word = f" of '{fault.negated}'" if fault.negated else ""
    if not fault.passage:
        return f"the claim says '{fault.claim}'{word} and the passage does not"
    if not fault.claim:
        return f"the passage says '{fault.passage}'{word} and the claim does not"
    if fault.claim == fault.passage:
        return f"what stands before and after '{fault.claim}' has changed places"
    return f"'{fault.claim}' is the opposite of what the passage says, '{fault.passage}'"
