"""Measures how well SRC007 tells a claim's own passages from others, on the guide itself.

Run in the project's folder: .venv/bin/python bench/support.py

A right pair is a claim with the passages it cites. A wrong pair is the same claim with as many
other passages, drawn by chance: from other sources, or from the sources it cites. A claim that
stands on several pages is taken once. Where a claim cites several passages, each of them is also
swapped by itself.
"""

from __future__ import annotations

import hashlib
import random
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.rules.support.relevance import (
    PassageKey,
    Support,
    claims_with_text_beside,
    read_support,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sourced_guide.claims.model.place import Place
    from sourced_guide.claims.project.guide import Guide

DRAWS = 20
SEED = 20261121
THRESHOLDS = [step / 100 for step in range(15, 65, 5)]
THRESHOLDS_OF_ONE = [step / 100 for step in range(5, 40, 5)]


@dataclass(frozen=True)
class Pair:
    """A claim, what stands beside it, the passages it cites and the page it stands on."""

    text: str
    beside: str
    cited: tuple[PassageKey, ...]
    page: str


@dataclass(frozen=True)
class OneOfSeveral:
    """One of several passages that are cited together, and the claims that its citation covers."""

    passage: PassageKey
    claims: list[Pair]

    def share(self, support: Support, passage: PassageKey) -> float:
        """Return the highest share that a passage has of these claims; 1 if they have no words."""
        shares = (support.share(pair.text, pair.beside, [passage]) for pair in self.claims)
        return max((share for share in shares if share is not None), default=1.0)

    def others(self, support: Support, *, same_source: bool) -> list[PassageKey]:
        """Return the passages that none of the claims cites, of the same or of other sources."""
        cited = {key for pair in self.claims for key in pair.cited}
        sources = {self.passage[0]} if same_source else {source for source, _ in cited}
        return [
            passage
            for passage in support.passages
            if (passage[0] in sources) == same_source and passage not in cited
        ]


def whole_support(guide: Guide) -> Support:
    """Return the support that all passages of a guide can give; a check reads the cited ones."""
    support = read_support(guide.references, guide.terms, guide.project.store)
    keys = [
        (source.key, passage)
        for source in guide.references.sources.values()
        for passage in source.passages
    ]
    return replace(support, passages={key: support.passages[key] for key in keys})


def half_of(page: str) -> str:
    """Return the half of the pages this one falls in: "tuned" or "held out", by its path's hash."""
    odd = hashlib.sha256(page.encode()).digest()[0] % 2
    return "held out" if odd else "tuned"


def right_pairs(guide: Guide, support: Support) -> list[Pair]:
    """Return each claim of the guide that cites passages that exist, once."""
    found: dict[tuple[str, str, tuple[PassageKey, ...]], Pair] = {}
    for file, page in guide.pages:
        for claim, beside in claims_with_text_beside(page):
            keys = [(citation.key, citation.passage) for citation in claim.citations]
            cited = tuple(key for key in dict.fromkeys(keys) if key in support.passages)
            if cited:
                found.setdefault(
                    (claim.text, beside, cited), Pair(claim.text, beside, cited, file.path)
                )
    return list(found.values())


def ones_of_several(guide: Guide, support: Support) -> list[OneOfSeveral]:
    """Return each passage that is cited with others, by the place of its citation."""
    found: dict[tuple[Place | None, PassageKey], OneOfSeveral] = {}
    for file, page in guide.pages:
        for claim, beside in claims_with_text_beside(page):
            places = {
                (citation.key, citation.passage): citation.place for citation in claim.citations
            }
            cited = tuple(key for key in places if key in support.passages)
            for key in cited if len(cited) > 1 else ():
                one = found.setdefault((places[key], key), OneOfSeveral(key, []))
                one.claims.append(Pair(claim.text, beside, cited, file.path))
    return list(found.values())


def wrong_passages(
    pair: Pair, support: Support, rng: random.Random, *, same_source: bool
) -> Iterator[tuple[PassageKey, ...]]:
    """Yield sets of passages that the claim does not cite, as many as it cites."""
    sources = {key for key, _ in pair.cited}
    others = [
        passage
        for passage in support.passages
        if (passage[0] in sources) == same_source and passage not in pair.cited
    ]
    if len(others) >= len(pair.cited):
        for _ in range(DRAWS):
            yield tuple(rng.sample(others, len(pair.cited)))


def shares(pairs: Iterable[tuple[Pair, Sequence[PassageKey]]], support: Support) -> list[float]:
    """Return the share of each pair; a claim without content words is never flagged."""
    return [
        1.0 if (share := support.share(pair.text, pair.beside, cited)) is None else share
        for pair, cited in pairs
    ]


def table(pairs: Sequence[Pair], support: Support) -> Iterator[str]:
    """Yield the lines of a Markdown table: for each threshold, what is found and what is not."""
    rng = random.Random(SEED)
    right = shares(((pair, pair.cited) for pair in pairs), support)
    columns = [right] + [
        shares(
            (
                (pair, cited)
                for pair in pairs
                for cited in wrong_passages(pair, support, rng, same_source=same_source)
            ),
            support,
        )
        for same_source in (False, True)
    ]
    yield from _rows("swaps", THRESHOLDS, columns)


def table_of_one(ones: Sequence[OneOfSeveral], support: Support) -> Iterator[str]:
    """Yield the lines of a Markdown table: what is found where one of several is swapped."""
    rng = random.Random(SEED)
    columns = [[one.share(support, one.passage) for one in ones]]
    for same_source in (False, True):
        others = ((one, one.others(support, same_source=same_source)) for one in ones)
        columns.append(
            [
                one.share(support, rng.choice(wrong))
                for one, wrong in others
                for _ in range(DRAWS if wrong else 0)
            ]
        )
    yield from _rows("swaps of one", THRESHOLDS_OF_ONE, columns)


def _rows(
    swaps: str, thresholds: Iterable[float], columns: Sequence[Sequence[float]]
) -> Iterator[str]:
    yield f"| threshold | right pairs flagged | {swaps} found, other source | same source |"
    yield "| --- | --- | --- | --- |"
    for threshold in thresholds:
        cells = (_below(column, threshold) for column in columns)
        yield f"| {threshold:.2f} | {' | '.join(cells)} |"


def _below(values: Sequence[float], threshold: float) -> str:
    count = sum(value < threshold for value in values)
    return f"{100 * count / max(len(values), 1):.1f}% ({count} of {len(values)})"


def main() -> None:
    """Print both tables for all pages and for each half."""
    guide = read_guide(load_project(Path("mkdocs.yml")))
    support = whole_support(guide)
    pairs = right_pairs(guide, support)
    ones = ones_of_several(guide, support)
    for name in ("all", "tuned", "held out"):
        chosen = [pair for pair in pairs if name in ("all", half_of(pair.page))]
        lines = "\n".join(table(chosen, support))
        sys.stdout.write(f"\n{name}: {len(chosen)} claims\n\n{lines}\n")
        of_name = [one for one in ones if name in ("all", half_of(one.claims[0].page))]
        lines = "\n".join(table_of_one(of_name, support))
        sys.stdout.write(f"\n{name}: {len(of_name)} of several passages\n\n{lines}\n")


if __name__ == "__main__":
    main()
