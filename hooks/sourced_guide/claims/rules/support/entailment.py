"""SRC006, SRC007 and SRC014: claims are about what their passages are about, and no stronger."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sourced_guide.claims.rules.support.cited_claims import (
    CitedClaim,
    cited_claims,
    faults_of_each,
    quoted,
)
from sourced_guide.claims.rules.support.relevance import (
    LEAST_OF_ONE,
    THRESHOLD,
    PassageKey,
    Support,
    read_support,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sourced_guide.claims.model.place import Place
    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.rules.support.faults.parts import PartReader

_ADVICE = "cite the passage that says it, or use the wording of the passage"
_CITE_IT = "cite the passage that says this part too, or take it out"


def stronger_than_passage(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A claim is more certain or wider than its passages.

    Why:  "May help" and "will help" are different promises, and readers base decisions on them.
    Bad:  Radiation will shrink the tumor. [@key#passage]  (the passage says: may shrink)
    Good: Radiation may shrink the tumor. [@key#passage]
    Fix:  Use the "may", "often" or "some" of the passage. If the source says more than
          the passage's `says`, correct `says`, or cite a passage that supports the claim.
    """
    yield from faults_of_each(guide, "SRC006", "strength")


def weak_support(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A claim and the passages it cites share too little to be about the same thing.

    Why:  A citation that was moved, or copied from the line above, looks right but is not.
    Bad:  The pain is often worse at night. [@key#legs]  (the passage is about weak legs)
    Good: The pain is often worse at night. [@key#pain]
    Fix:  Cite the passage that says it, or use the wording of the passage. If several are cited,
          remove the one that contributes nothing.
    """
    shares = _Shares(guide)
    several: list[CitedClaim] = []
    for each in cited_claims(guide):
        share = shares.of(each)
        if share is not None and share < THRESHOLD:
            names = ", ".join(map("#".join, each.cited))
            yield (
                each.claim.place,
                f"'{each.quote}' shares too little with what it cites, {names}",
                f"{each.quoted_passage}: {_ADVICE}",
            )
        elif len(each.cited) > 1:
            several.append(each)
    for each, reference in _add_nothing(several, shares):
        yield (
            each.claim.place,
            f"{'#'.join(reference)} contributes no support for '{each.quote}'",
            f"{quoted(reference, each.cited[reference])}: remove it, or cite the right passage",
        )


def part_without_support(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """One part of the claim, a clause or an item, is in none of its passages.

    Why:  A sentence that is right in its first half is believed in its second. One of several
          citations that was taken out leaves such a part behind.
    Bad:  The pain is often worse at night, and ibuprofen eases it. [@key#night-pain]
    Good: The pain is often worse at night. [@key#night-pain] Ibuprofen eases it. [@key#ibuprofen]
    Fix:  Cite the passage that says this part as well, or take the part out. If the source says it,
          put it into the passage's `says`. When, how often, how, where and how much are parts, too:
          "from the start", "at night", "with you".
    """
    # How much a word weighs depends on all passages, and what explains it on all terms.
    basis = f"{guide.references.digest} {guide.terms_digest}"
    kept = guide.project.store.shelf("SRC014", basis)

    @cache
    def reader() -> PartReader:
        # As above.
        from sourced_guide.claims.rules.support.faults.parts import PartReader  # noqa: PLC0415

        return PartReader(guide)

    for each in cited_claims(guide):
        for missing in kept.get(each.digest, lambda: reader().without_support(each)):  # noqa: B023
            message = f"'{missing}' is in no passage that the claim cites: '{each.quote}'"
            yield each.claim.place, message, f"{each.quoted_passage}: {_CITE_IT}"


class _Shares:
    """The shares of claims that passages speak of, which depend on all passages and terms."""

    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        basis = f"{guide.references.digest} {guide.terms_digest}"
        self._kept = guide.project.store.shelf("SRC007", basis)

    def of(self, each: CitedClaim) -> float | None:
        """Return how much of a claim all of its passages speak of."""
        return self._kept.get(
            each.digest, lambda: self._support.share(each.claim.text, each.beside, each.cited)
        )

    def of_one(self, each: CitedClaim, reference: PassageKey) -> float | None:
        """Return how much of a claim, with its figures, one of its passages speaks of."""
        return self._kept.get(
            each.digest and f"{each.digest} {'#'.join(reference)}",
            lambda: self._support.share(
                each.claim.text, each.beside, [reference], with_figures=True
            ),
        )

    @property
    def _support(self) -> Support:
        return read_support(self._guide.references, self._guide.terms, self._guide.project.store)


def _add_nothing(
    claims: Iterable[CitedClaim], shares: _Shares
) -> Iterator[tuple[CitedClaim, PassageKey]]:
    """Yield each passage that shares next to nothing with any claim that its citation covers.

    The first of these claims comes with it. Items of a list share the citations of its lead-in:
    an item may rest on any one of these.
    """
    covered: dict[tuple[Place, PassageKey], tuple[CitedClaim, PassageKey]] = {}
    helpful: set[tuple[Place, PassageKey]] = set()
    for each in claims:
        claim = each.claim
        places = {(at.key, at.passage): at.place for at in claim.citations}
        for reference in each.cited:
            at = (places[reference] or claim.place, reference)
            share = shares.of_one(each, reference)
            if share is not None:
                covered.setdefault(at, (each, reference))
                if share >= LEAST_OF_ONE:
                    helpful.add(at)
    yield from (found for at, found in covered.items() if at not in helpful)
