"""How much of a claim the passages it cites speak of: a share from 0 to 1.

The share is that of the claim's content words that stand in its passages, each word weighted by
how rare it is among all passages of the guide (inverse document frequency: K. Spärck Jones, "A
statistical interpretation of term specificity and its application in retrieval", Journal of
Documentation 28(1), 1972). So words that are on every page count little, rare ones much.
`docs/editors/support.md` says how the thresholds were measured.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING

from sourced_guide.claims.language.normalize import (
    content_form,
    content_words,
    general_forms,
    vocabulary,
    wide_forms,
    words,
)
from sourced_guide.claims.language.phrases import PhraseTable
from sourced_guide.claims.language.tokens import tokens_of
from sourced_guide.claims.model.statement import ASIDES, PageText, Role, Statement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sourced_guide.claims.project.glossary import Term
    from sourced_guide.claims.project.source_library import Library
    from sourced_guide.claims.project.store.store import Store

# A claim whose share is lower is not about what its passages are about.
THRESHOLD = 0.4
# One of several passages that has a lower share of each claim it is cited for adds nothing.
LEAST_OF_ONE = 0.15

# Words rarer than in about 1 of 70 passages count alike: no single word decides.
_HIGHEST_WEIGHT = 4.0
# What stands beside a claim (a lead-in, the term that is defined) counts half.
_BESIDE = 0.5
_NO_WORDS = frozenset[str]()

PassageKey = tuple[str, str]
# A name as its content words, and those of all names for the same thing.
_Name = tuple[frozenset[str], frozenset[str]]


@dataclass(frozen=True)
class Support:
    """What the passages of a library speak of, and how much each word weighs.

    `passages` holds the content words of each passage by source key and passage id, with those of
    other names for the same thing; `rarest` is the weight of a word that no passage has.
    """

    passages: Mapping[PassageKey, frozenset[str]]
    weights: Mapping[str, float]
    rarest: float

    def share(
        self, claim: str, beside: str, cited: Iterable[PassageKey], *, with_figures: bool = False
    ) -> float | None:
        """Return how much of `claim` the `cited` passages speak of, or None if it has no words.

        `beside` is the text that the claim continues, or nothing. Figures that none of the passages
        has count only `with_figures`: they are compared by themselves, whichever way they are
        written.
        """
        known = _NO_WORDS.union(*map(self.passages.__getitem__, cited))
        own = content_words(claim)
        if own and own <= known and not beside and not claim.endswith(":"):
            # As of most claims, all is told.
            return 1.0
        own -= {
            word
            for word in own - known
            if word in wide_forms() or (word[0].isdigit() and not with_figures)
        }
        if not own or (claim.endswith(":") and own <= general_forms()):
            # "Doctors may use it:" says nothing without its items.
            return None
        others = content_words(beside) - own if beside else frozenset()
        # "Not sure" is told by "unsure"; which of them it is, other rules ask.
        told = {word for word in own if word in known or f"un{word}" in known}
        if not others and len(told) == len(own):
            return 1.0
        shared = self.weigh(told) + _BESIDE * self.weigh(others & known)
        return shared / (self.weigh(own) + _BESIDE * self.weigh(others))

    def weigh(self, words: Iterable[str]) -> float:
        """Return the weight of words together."""
        # Whatever the order of the words.
        return math.fsum(map(self.weights.get, words, repeat(self.rarest)))


def read_support(library: Library, terms: Sequence[Term], store: Store) -> Support:
    """Return the support that a library's passages can give, with the glossary's other names.

    That of the library that was read last is kept: several rules ask for it.
    """
    if not (_LAST and _LAST[0][0] is library and _LAST[0][1] is terms):
        _LAST[:] = [(library, terms, _read_support(library, terms, store))]
    return _LAST[0][2]


# The library and the terms that were read last, and their support.
_LAST: list[tuple[Library, Sequence[Term], Support]] = []


def _read_support(library: Library, terms: Sequence[Term], store: Store) -> Support:
    says = {
        (source.key, passage.id): passage.says
        for source in library.sources.values()
        for passage in source.passages.values()
    }
    kept = store.shelf("weights", library.digest)
    groups = list(_names(terms))
    return Support(
        passages=_Passages(says, _by_word(groups), _with_grammar(groups)),
        weights=kept.get("weights", partial(_weights, says.values())),
        rarest=_weight(0, len(says)),
    )


class _Passages(dict[PassageKey, frozenset[str]]):
    """The content words of passages, with those of other names, each read when it is asked for.

    One that does not exist has none.
    """

    def __init__(
        self,
        says: Mapping[PassageKey, str],
        names: Mapping[str, Sequence[_Name]],
        with_grammar: PhraseTable[frozenset[str]],
    ) -> None:
        super().__init__()
        self._says, self._names, self._with_grammar = says, names, with_grammar

    def __missing__(self, key: PassageKey) -> frozenset[str]:
        says = self._says.get(key, "")
        known = content_words(says).union(*self._with_grammar.among(tokens_of(says)))
        found = self[key] = _with_other_names(known, self._names)
        return found


def _weights(says: Collection[str]) -> dict[str, float]:
    """Return how much each word weighs, by how many passages have it."""
    counts = Counter(word for text in says for word in content_words(text))
    return {word: _weight(count, len(says)) for word, count in sorted(counts.items())}


def _weight(count: int, passages: int) -> float:
    return min(math.log(1 + (passages - count + 0.5) / (count + 0.5)), _HIGHEST_WEIGHT)


def _names(terms: Sequence[Term]) -> Iterator[Sequence[str]]:
    """Yield groups of names for the same thing."""
    yield from ((term.name, *term.aliases) for term in terms)
    yield from vocabulary().synonym_phrases


def _by_word(groups: Iterable[Sequence[str]]) -> dict[str, list[_Name]]:
    """Return the names by one of their words, each with all words of the names for the same."""
    found: dict[str, list[_Name]] = {}
    for group in groups:
        together = frozenset[str]().union(*map(content_words, group))
        for name in group:
            if (own := content_words(name)) and not _has_grammar(name):
                found.setdefault(min(own), []).append((own, together))
    return found


def _with_grammar(groups: Iterable[Sequence[str]]) -> PhraseTable[frozenset[str]]:
    """Return the names with words of grammar ("go on"), which are looked for as they stand."""
    return PhraseTable(
        (tokens_of(name), frozenset[str]().union(*map(content_words, group)))
        for group in groups
        for name in group
        if _has_grammar(name)
    )


def _has_grammar(name: str) -> bool:
    return any(not content_form(word) for word in words(name))


def _with_other_names(
    known: frozenset[str], names: Mapping[str, Sequence[_Name]]
) -> frozenset[str]:
    named = [each for word in names.keys() & known for each in names[word]]
    return known.union(*(together for name, together in named if name <= known))


def claims_with_text_beside(page: PageText) -> Iterator[tuple[Statement, str]]:
    """Yield each claim of a page with the text that it continues, or nothing.

    For a list item that is its lead-in, which ends in a colon; for a definition, its terms.
    """
    lead, terms = "", ""
    after_label = False
    for statement in page.statements:
        is_label = statement.role is Role.LABEL
        if is_label and statement.kind == "sentence" and statement.text.endswith(":"):
            lead, is_label = statement.text, False
        elif is_label:
            terms = f"{terms} {statement.text}" if after_label else statement.text
        elif statement.kind not in ASIDES:
            ends_in_colon = statement.text.endswith(":")
            beside = {"list item": lead, "definition": terms}.get(statement.kind, "")
            if ends_in_colon:
                lead = statement.text
            elif statement.kind != "list item":
                lead = ""
            if statement.role is Role.CLAIM:
                yield statement, beside
        elif statement.role is Role.CLAIM:
            yield statement, ""
        after_label = is_label
