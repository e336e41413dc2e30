"""Makes faults of what the guide says elsewhere: a clause of another claim, another list's item.

What is put in is true, and it is in no passage that the claim cites.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bench.mutation.baseline import reference_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sourced_guide.claims.model.statement import Statement

_WORD = re.compile(r"[a-z]{4,}")
# A clause that goes on about something before it would be no clause alone.
_GOES_ON = re.compile(r"(?:it|they|this|that|these|those|he|she|but|and|so|or|if)\b", re.IGNORECASE)
_LONGEST_CLAUSE = 90


def mixed(
    claims: Iterable[Statement], says: Iterable[str]
) -> Iterator[tuple[str, Statement, Statement, bool]]:
    """Yield each kind of fault, the claim, the claim as it becomes, and whether that is a fault.

    `says` is what the passages of the claims say, claim by claim. It is no fault where they have
    every long word of what is put in.
    """
    told = [(claim, passages) for claim, passages in zip(claims, says, strict=True)]
    sentences = [claim for claim, _ in told if _may_be_a_clause(claim)]
    items = [claim for claim, _ in told if claim.kind == "list item" and claim.inherited]
    for claim, passages in told:
        rng = random.Random(f"{claim.place} mixed")
        if claim.kind == "sentence" and claim.text.endswith("."):
            others = [each for each in sentences if _is_elsewhere(each, claim, same_file=True)]
            if others:
                clause = rng.choice(others).text.removesuffix(".")
                text = f"{claim.text.removesuffix('.')}, and {clause[0].lower()}{clause[1:]}."
                changed = replace(claim, text=text)
                yield "clause of another sentence put in", claim, changed, _is_new(clause, passages)
        elif claim in items:
            others = [each for each in items if _is_elsewhere(each, claim, same_file=False)]
            if others:
                text = rng.choice(others).text
                changed = replace(claim, text=text)
                yield "item of another list put in", claim, changed, _is_new(text, passages)


def _may_be_a_clause(claim: Statement) -> bool:
    is_short = claim.kind == "sentence" and len(claim.text) <= _LONGEST_CLAUSE
    return is_short and claim.text.endswith(".") and not _GOES_ON.match(claim.text)


def _is_elsewhere(other: Statement, claim: Statement, *, same_file: bool) -> bool:
    """Say whether another claim rests on none of a claim's passages."""
    own = set(map(reference_of, claim.citations))
    is_near = (other.file == claim.file) is same_file
    return is_near and own.isdisjoint(map(reference_of, other.citations))


def _is_new(text: str, passages: str) -> bool:
    return not set(_WORD.findall(text.lower())) <= set(_WORD.findall(passages.lower()))
