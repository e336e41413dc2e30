"""LIB007: neither text for readers nor a passage's `says` repeats a source word for word.

Word n-grams are how near-copies are found in large collections (shingling, Broder 1997).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sourced_guide.claims.model.statement import Role
from sourced_guide.claims.rules.sources.snapshots import normalized

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sourced_guide.claims.model.place import Place
    from sourced_guide.claims.project.guide import Guide

# Rules of which findings can be suppressed, and which find nothing without snapshots.
NEED_SNAPSHOTS = ("LIB007",)
# So many words in a row may not be a source's own.
_MOST_WORDS = 7
_SIZE = _MOST_WORDS + 1
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_READ = (Role.CLAIM, Role.LABEL, Role.EDITORIAL)
_NAMES = {Role.CLAIM: "the claim", Role.LABEL: "the label", Role.EDITORIAL: "the text"}
# Words in a row, and the source that has them.
Shingle = tuple[str, ...]
Shingles = dict[Shingle, str]


def copied_words(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """Text for readers, or what a passage says, has eight words in a row from a source.

    Why:  The sources are other people's works. A few words that say where a passage begins are a
          reference; a sentence of theirs would be a copy.
    Bad:  says: Owls that sleep by day are hard to find in the woods.  (the source has these words)
    Good: says: By day, owls are asleep, and so they are hard to see between trees.
    Fix:  Say it in your own words and in an order of your own. `guide verify` compares all text of
          the pages, and every `says`, with all snapshots and excerpts.
    Suppress: If the words are a name or a number that cannot be said in another way, put a comment
          with your reason on a line of its own, right before the block. `guide report` lists it.
          Findings about `says` cannot be suppressed.
    """
    project = guide.project
    known = _known(filter(None, (project.snapshots, project.excerpts)))
    if not known:
        return
    for source in guide.references.sources.values():
        for passage in source.passages.values():
            for run, key in _copied(passage.says, known):
                yield _fault(passage.place, f"passage '{passage.id}'", run, key)
    for _, page in guide.pages:
        for statement in page.statements:
            if statement.role in _READ:
                for run, key in _copied(statement.text, known):
                    yield _fault(statement.place, _NAMES[statement.role], run, key)


def _known(folders: Iterable[Path]) -> Shingles:
    """Return the words in a row of every text in the folders, with the key of a source."""
    known: Shingles = {}
    for folder in folders:
        for path in sorted(folder.glob("*.txt")):
            text = path.read_bytes().decode("utf-8", errors="replace")
            known |= dict.fromkeys(_shingles(_words(text)), path.stem)
    return known


def _fault(place: Place, what: str, run: str, key: str) -> tuple[Place, str, str]:
    return (
        place,
        f"{what} has words in a row from '{key}': '{run}'",
        "say it in your own words, in an order of your own",
    )


def _copied(text: str, known: Shingles) -> Iterator[tuple[str, str]]:
    """Yield the longest runs of words of a text that a source has, too, with its key."""
    run: list[str] = []
    key = ""
    for shingle in _shingles(_words(text)):
        if shingle not in known:
            if run:
                yield " ".join(run), key
            run = []
        elif run:
            run.append(shingle[-1])
        else:
            run, key = list(shingle), known[shingle]
    if run:
        yield " ".join(run), key


def _words(text: str) -> list[str]:
    return _WORD.findall(normalized(text).lower())


def _shingles(words: Sequence[str]) -> Iterator[Shingle]:
    return (tuple(words[at : at + _SIZE]) for at in range(len(words) - _MOST_WORDS))
