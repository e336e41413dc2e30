"""The claims of a guide with the passages that they cite, for the rules of this package."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from sourced_guide.claims.rules.messages import LONGEST_CLAIM, shortened
from sourced_guide.claims.rules.support.relevance import claims_with_text_beside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sourced_guide.claims.model.place import Place
    from sourced_guide.claims.model.source import Passage, Source
    from sourced_guide.claims.model.statement import Statement
    from sourced_guide.claims.project.guide import Guide

    Finder = Callable[["CitedClaim"], Iterable[tuple[str, str]]]

_LONGEST_PASSAGE = 120
_DIGITS = 32
_FAULTS = "sourced_guide.claims.rules.support.faults"


class CitedClaim(NamedTuple):
    """A claim, the text that it continues, and the passages that it cites and that exist.

    `cited` has a passage by its source's key and its own id; `says` is what each of them says.
    `digest` is that of all this and of
    the sources' files, as a key for what depends on nothing else; it is empty if nothing is kept.
    """

    claim: Statement
    beside: str
    cited: Mapping[tuple[str, str], Passage]
    says: tuple[str, ...]
    digest: str = ""

    @property
    def quote(self) -> str:
        """The beginning of the claim, for a message."""
        return shortened(self.claim.text, LONGEST_CLAIM)

    @property
    def quoted_passage(self) -> str:
        """What the first of the passages says, with its name."""
        return quoted(*next(iter(self.cited.items())))


def quoted(reference: tuple[str, str], passage: Passage) -> str:
    """Return what a passage says, with its name, for a help text."""
    return f"{'#'.join(reference)} says '{shortened(passage.says, _LONGEST_PASSAGE)}'"


def cited_claims(guide: Guide) -> list[CitedClaim]:
    """Return every claim of a guide that cites passages that exist, in the order of the pages.

    Those of the guide that was read last are kept: each rule asks for them.
    """
    if not (_LAST and _LAST[0][0] is guide):
        _LAST[:] = [(guide, _cited_claims(guide))]
    return _LAST[0][1]


# The guide that was read last, and its claims.
_LAST: list[tuple[Guide, list[CitedClaim]]] = []


def _cited_claims(guide: Guide) -> list[CitedClaim]:
    sources, is_kept = guide.references.sources, guide.project.store.is_open
    return [
        CitedClaim(
            claim,
            beside,
            cited,
            tuple([passage.says for passage in cited.values()]),
            _digest(claim, beside, cited, sources) if is_kept else "",
        )
        for _, page in guide.pages
        for claim, beside in claims_with_text_beside(page)
        if (cited := guide.references.passages(claim.citations))
    ]


def _digest(
    claim: Statement,
    beside: str,
    cited: Mapping[tuple[str, str], Passage],
    sources: Mapping[str, Source],
) -> str:
    named = "".join(f"\0{key}#{id_} {sources[key].digest}" for key, id_ in cited)
    whole = f"{len(claim.text)} {len(beside)} {claim.text}{beside}{named}"
    # Each of several rules keeps it for each claim.
    return sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def faults_of_each(guide: Guide, rule: str, module: str) -> Iterator[tuple[Place, str, str]]:
    """Yield what a rule finds in each claim by itself: its place, what is wrong, what to do.

    `module` is one of the package `faults`. Its `finder` returns for a guide what yields the latter
    two of a claim. It may depend on nothing but the claim, the text beside it, its passages, their
    sources; and it is loaded only where there is a claim that no earlier run has checked.
    """
    shelf = guide.project.store.shelf(rule)

    @cache
    def find() -> Finder:
        found: Finder = import_module(f"{_FAULTS}.{module}").finder(guide)
        return found

    for each in cited_claims(guide):
        for message, help_ in shelf.get(each.digest, lambda: list(find()(each))):  # noqa: B023
            yield each.claim.place, message, help_
