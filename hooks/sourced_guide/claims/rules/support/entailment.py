"""SRC006 and SRC007: a claim is about what its passages are about, and no stronger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.language.hedging.compare import UnsupportedStrength, unsupported_strength
from sourced_guide.claims.language.hedging.lexicon import BOOSTER, NEGATION
from sourced_guide.claims.model.source import Passage
from sourced_guide.claims.model.statement import Statement
from sourced_guide.claims.rules.messages import shortened
from sourced_guide.claims.rules.support.relevance import (
    LEAST_OF_ONE,
    THRESHOLD,
    Support,
    claims_with_text_beside,
    read_support,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sourced_guide.claims.model.place import Place
    from sourced_guide.claims.project.guide import Guide

LONGEST_CLAIM = 60
_LONGEST_PASSAGE = 120
_ADVICE = "cite the passage that says it, or use the wording of the passage"

# A claim, the text that it continues, and the passages that it cites, each with its source's key.
CitedClaim = tuple[Statement, str, list[tuple[str, Passage]]]


def stronger_than_passage(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A claim is more certain or wider than its passages.

    Why:  "May help" and "will help" are different promises, and readers base decisions on them.
    Bad:  Radiation will shrink the tumor. [@key#passage]  (the passage says: may shrink)
    Good: Radiation may shrink the tumor. [@key#passage]
    Fix:  Use the "may", "often" or "some" of the passage. If the source says more than
          the passage's `says`, correct `says`, or cite a passage that supports the claim.
    """
    for claim, beside, cited in claims_with_passages(guide):
        says = tuple(passage.says for _, passage in cited)
        for fault in unsupported_strength(claim.text, beside, says):
            if fault.kind != NEGATION:
                yield claim.place, _too_strong(fault, claim), _soften(cited)


def weak_support(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A claim and the passages it cites share too little to be about the same thing.

    Why:  A citation that was moved, or copied from the line above, looks right but is not.
    Bad:  The pain is often worse at night. [@key#legs]  (the passage is about weak legs)
    Good: The pain is often worse at night. [@key#pain]
    Fix:  Cite the passage that says it, or use the wording of the passage. If several are cited,
          remove the one that contributes nothing.
    """
    support = read_support(guide.references, guide.terms)
    several: list[CitedClaim] = []
    for claim, beside, cited in claims_with_passages(guide):
        keys = [(source, passage.id) for source, passage in cited]
        share = support.share(claim.text, beside, keys)
        if share is not None and share < THRESHOLD:
            names = ", ".join(f"{source}#{id_}" for source, id_ in keys)
            quote = shortened(claim.text, LONGEST_CLAIM)
            yield (
                claim.place,
                f"'{quote}' shares too little with what it cites, {names}",
                f"{quoted(cited)}: {_ADVICE}",
            )
        elif len(cited) > 1:
            several.append((claim, beside, cited))
    for claim, source, passage in _add_nothing(several, support):
        quote = shortened(claim.text, LONGEST_CLAIM)
        yield (
            claim.place,
            f"{source}#{passage.id} contributes no support for '{quote}'",
            f"{quoted([(source, passage)])}: remove it, or cite the right passage",
        )


def _add_nothing(
    claims: Iterable[CitedClaim], support: Support
) -> Iterator[tuple[Statement, str, Passage]]:
    """Yield each passage that shares next to nothing with any claim that its citation covers.

    The first of these claims comes with it. Items of a list share the citations of its lead-in:
    an item may rest on any one of these.
    """
    covered: dict[tuple[Place, str, str], tuple[Statement, str, Passage]] = {}
    helpful: set[tuple[Place, str, str]] = set()
    for claim, beside, cited in claims:
        places = {(at.key, at.passage): at.place for at in claim.citations}
        for source, passage in cited:
            at = (places[source, passage.id] or claim.place, source, passage.id)
            keys = [(source, passage.id)]
            share = support.share(claim.text, beside, keys, with_figures=True)
            if share is not None:
                covered.setdefault(at, (claim, source, passage))
                if share >= LEAST_OF_ONE:
                    helpful.add(at)
    yield from (found for at, found in covered.items() if at not in helpful)


def claims_with_passages(guide: Guide) -> Iterator[CitedClaim]:
    """Yield each claim that cites passages that exist, the text beside it, and these passages."""
    for _, page in guide.pages:
        for claim, beside in claims_with_text_beside(page):
            passages = guide.references.passages(claim.citations)
            if cited := [(key, passage) for (key, _), passage in passages.items()]:
                yield claim, beside, cited


def _too_strong(fault: UnsupportedStrength, claim: Statement) -> str:
    quote = shortened(claim.text, LONGEST_CLAIM)
    if fault.kind == BOOSTER and not fault.passage:
        return f"'{fault.claim}' is stronger than the passage, which does not say it: '{quote}'"
    if fault.claim:
        return (
            f"'{fault.claim}' is stronger than the passage, which says '{fault.passage}': '{quote}'"
        )
    return f"the claim is stronger than the passage, which says '{fault.passage}': '{quote}'"


def _soften(cited: list[tuple[str, Passage]]) -> str:
    return f"{quoted(cited)}: soften the claim, or cite a passage that says so"


def quoted(cited: list[tuple[str, Passage]]) -> str:
    """Return what the first of the cited passages says, with its name."""
    key, passage = cited[0]
    return f"{key}#{passage.id} says '{shortened(passage.says, _LONGEST_PASSAGE)}'"
