"""SRC012: a claim does not say the opposite of its passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.rules.support.cited_claims import CitedClaim, faults_of_each

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourced_guide.claims.language.opposites.compare import Contradiction
    from sourced_guide.claims.model.place import Place
    from sourced_guide.claims.project.guide import Guide

# "Do not decide that without your doctor" is for `contradictions` to judge.
_WITHOUT = "without"


def opposite_of_passage(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A claim says the opposite of what its passages say of the same thing.

    Why:  Higher for lower, before for after, or a lost "not" turns good advice into harm, and the
          sentence looks as if it were sourced.
    Bad:  Stop steroids without asking your doctor. [@key#passage]  (the passage: never stop them)
    Good: Never stop steroids without asking your doctor. [@key#passage]
    Fix:  Read the passage again and say it the way round in which it does. If the claim is right,
          cite a passage that says so, or correct the passage's `says`.
    """
    yield from faults_of_each(guide, "SRC012", _faults)


def _faults(each: CitedClaim) -> Iterator[tuple[str, str]]:
    # Most checks have no new claim.
    from sourced_guide.claims.language.hedging.compare import unsupported_strength  # noqa: PLC0415
    from sourced_guide.claims.language.hedging.lexicon import NEGATION  # noqa: PLC0415
    from sourced_guide.claims.language.opposites.compare import (  # noqa: PLC0415
        Contradiction,
        contradictions,
    )

    compared = each.claim.text, each.beside, each.says
    found = contradictions(*compared) or tuple(
        Contradiction(fault.claim, fault.passage)
        for fault in unsupported_strength(*compared)
        if fault.kind == NEGATION and fault.claim != _WITHOUT
    )
    for fault in found[:1]:
        message = f"{_message(fault)}: '{each.quote}'"
        advice = "say it as the passage does, or cite a passage that says this"
        yield message, f"{each.quoted_passage}: {advice}"


def _message(fault: Contradiction) -> str:
    word = f" of '{fault.negated}'" if fault.negated else ""
    if not fault.passage:
        return f"the claim says '{fault.claim}'{word} and the passage does not"
    if not fault.claim:
        return f"the passage says '{fault.passage}'{word} and the claim does not"
    if fault.claim == fault.passage:
        return f"what is compared by '{fault.claim}' has changed places"
    return f"'{fault.claim}' is the opposite of what the passage says, '{fault.passage}'"
