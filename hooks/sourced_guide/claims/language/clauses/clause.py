"""A clause: its words, those of them that it denies, and the items that it joins."""

from __future__ import annotations

from typing import NamedTuple

# What is said of a word: it is so, it is not so, or something near to a denial.
AFFIRMED, NEAR_DENIAL, DENIED = 1, 0, -1


class Word(NamedTuple):
    """A word of a clause: as it was written in lower case, and in the form in which it is compared.

    The form is empty for words of grammar. `polarity` says whether the clause affirms the word,
    `cue` is the word of denial that it follows, `distance` how many content words stand between.
    """

    written: str
    form: str
    polarity: int = AFFIRMED
    cue: str = ""
    distance: int = 0


class Clause(NamedTuple):
    """A clause, an item with nothing else in its sentence, or the words in a pair of brackets.

    `opener` is the word by which it hangs on another clause, `sentence` the number of its sentence
    in the text. `forms` are its content words, `items` those of each item that "and", "or" or a
    comma joins: "Cement may leak and reach the lungs" joins two.
    """

    sentence: int
    opener: str
    words: tuple[Word, ...]
    forms: frozenset[str]
    items: tuple[frozenset[str], ...]
    in_brackets: bool = False

    @property
    def text(self) -> str:
        """Its words as they were written, in lower case."""
        return " ".join(word.written for word in self.words)

    def polarities(self, form: str) -> frozenset[int]:
        """Return what the clause says of a word: that it is so, that it is not, or nothing."""
        return frozenset(word.polarity for word in self.words if word.form == form)
