"""A clause: its words, those of them that it negates, and the items that it joins."""

from __future__ import annotations

from typing import NamedTuple

# What a clause says of a word: it is so, it is hardly so ("prevents", "less"), it is not so.
AFFIRMED, IMPLICIT, NEGATED = 1, 0, -1


class Word(NamedTuple):
    """A word of a clause: as it was written, in lower case, and in the form that is compared.

    The form is empty for words of grammar. `cue` are the words in whose scope it stands, where they
    negate it, and `distance` is the number of content words between them and it.
    """

    written: str
    form: str
    polarity: int = AFFIRMED
    cue: str = ""
    distance: int = 0


class Clause(NamedTuple):
    """A clause, an item with nothing else in its sentence, or the words in a pair of brackets.

    `opener` is the word that makes it part of another clause, `sentence` the number of its sentence
    in the text. `forms` are its content words, `items` those of each item that "and", "or" or a
    comma joins: "Cement may leak and reach the lungs" joins two. `heads` are the words of
    each item before its first preposition. In a clause that
    `negates_another` a negation is of words before it or of a pronoun: "without it".
    """

    sentence: int
    opener: str
    words: tuple[Word, ...]
    forms: frozenset[str]
    items: tuple[tuple[str, ...], ...]
    heads: tuple[tuple[str, ...], ...]
    in_brackets: bool = False
    negates_another: bool = False
