"""LIB007: neither a claim nor a passage's `says` repeats its source word for word.

Word n-grams are how near-copies are found in large collections (shingling, Broder 1997).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sourced_guide.claims.rules.sources.snapshots import normalized

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sourced_guide.claims.model.place import Place
    from sourced_guide.claims.project.guide import Guide

# So many words in a row may not be a source's own.
_MOST_WORDS = 7
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
Shingles = frozenset[tuple[str, ...]]


def copied_words(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A claim, or what a passage says, has eight words in a row from the snapshot of its source.

    Why:  The sources are other people's works. A few words that say where a passage begins are a
          reference; a sentence of theirs would be a copy.
    Bad:  says: A person who is unsteady on their feet is at high risk for falling.
          (the source has these words)
    Good: says: An unsteady walk puts somebody at high risk of a fall.
    Fix:  Say it in your own words and in an order of your own.
    Suppress: If the finding is wrong, put a comment with your reason on a line of its own, right
          before the block. `guide report` lists it. Findings about `says` cannot be suppressed.
    """
    folder = guide.project.snapshots
    if not folder:
        return
    shingles: dict[str, Shingles] = {}
    for source in guide.references.sources.values():
        copy = folder / f"{source.key}.txt"
        if not copy.is_file():
            continue
        text = copy.read_bytes().decode("utf-8", errors="replace")
        shingles[source.key] = frozenset(_shingles(_words(text)))
        for passage in source.passages.values():
            if run := _copied(passage.says, shingles[source.key]):
                yield _fault(passage.place, f"passage '{passage.id}'", run, source.key)
    for page in guide.pages:
        for claim in page.text.claims:
            for key in sorted({citation.key for citation in claim.citations} & shingles.keys()):
                if run := _copied(claim.text, shingles[key]):
                    yield _fault(claim.place, "the claim", run, key)


def _fault(place: Place, what: str, run: str, key: str) -> tuple[Place, str, str]:
    return (
        place,
        f"{what} has words in a row from '{key}': '{run}'",
        "say it in your own words, in an order of your own",
    )


def _copied(text: str, known: Shingles) -> str:
    """Return the first words in a row that a source has too, or an empty text."""
    for shingle in _shingles(_words(text)):
        if shingle in known:
            return " ".join(shingle)
    return ""


def _words(text: str) -> list[str]:
    return _WORD.findall(normalized(text).lower())


def _shingles(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    size = _MOST_WORDS + 1
    return (tuple(words[at : at + size]) for at in range(len(words) - size + 1))
