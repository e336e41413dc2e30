"""Tags a text: splits it into sentences and finds their hedges, negations and boosters.

The words are in `lexicon.yml`. Scopes of hedges and negations follow V. Vincze
et al., "The BioScope corpus", BMC Bioinformatics 9, Suppl. 11 (2008). As in ConText, scopes
end at punctuation and at termination words such as "which"; no sentence is parsed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sourced_guide.claims.language.hedging.cues import Cue, Sentence
from sourced_guide.claims.language.hedging.lexicon import (
    AMPLIFIER,
    BOOSTER,
    NEGATION,
    PSEUDO_CUE,
    TERMINATION,
    Phrase,
    lexicon,
)
from sourced_guide.claims.language.normalize import normal_form
from sourced_guide.claims.language.tokens import (
    MARKS,
    WORD,
    cached_by_text,
    tokens_of,
    vocabulary_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

# How many words before and after a cue are its context.
_LEFT, _RIGHT = 2, 3
# How many words may stand between a negation and an amplifier: "not be cured completely".
_NEGATED_WITHIN = 1
# Hedges that soften all of their part of a sentence, not only the words next to them.
_WIDE = {"possibility", "frequency"}
_HEDGES = {"possibility", "frequency", "scope"}
_TOKEN = re.compile(rf"{WORD}|[.,:;()]")
# Marks that end no part of a sentence here.
_OTHER_MARKS = MARKS - frozenset(".,:;()")
_STOP = "."
_PUNCTUATION = {",", ":", ";", "(", ")"}
_AND_OR = {"and", "or"}
_JOINING = {"and", "or", "also", "then"}
_BEFORE_WITHOUT = {("never",), ("not",)}
# At the beginning of a sentence these say when: "Each time, it takes a minute".
_WHEN = {("each", "time"), ("every", "time")}
# "Nothing has to be done": there is no need.
_NEEDS = {("has", "to"), ("have", "to")}
_WILL, _WHETHER = ("will",), ("whether",)
_PRONOUNS = {"it", "its", "they", "their", "this", "these", "those"}
# No sentence is longer, in characters; the rest is not read.
LONGEST_TEXT = 1_000
_NO_ONE = re.compile(r"\bno[ -]one\b")
_NO_ONE_WORDS = frozenset(("no", "one"))


def may_have_cues(text: str) -> bool:
    """Say quickly whether `text` may have words that soften or negate it."""
    return lexicon().cues.is_among(_tokens(text))


def may_be_strengthened(text: str) -> bool:
    """Say quickly whether `text` may have words that strengthen or negate it."""
    return lexicon().strengthening.is_among(_tokens(text))


def words_of_hedges(text: str) -> frozenset[str]:
    """Return the content words of the hedges of `text`: of "as a rule" that is "rule"."""
    found = lexicon().phrases.among(_tokens(text))
    hedges = (phrase.words for phrase in found if phrase.kind in _HEDGES)
    return frozenset(normal_form(word) for hedge in hedges for word in hedge) - {""}


def _tokens(text: str) -> tuple[str, ...]:
    vocabulary = vocabulary_of(text)
    may_be_nobody = vocabulary >= _NO_ONE_WORDS and _NO_ONE.search(text.lower())
    if may_be_nobody or len(text) > LONGEST_TEXT:
        text = text[:LONGEST_TEXT].lower().replace("’", "'")
        return tuple(_TOKEN.findall(_NO_ONE.sub("nobody", text)))
    tokens = tokens_of(text)
    if _OTHER_MARKS.isdisjoint(vocabulary):
        return tokens
    return tuple([token for token in tokens if token not in _OTHER_MARKS])


@cached_by_text
def tagged(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of `text` with their words and cues."""
    phrases = lexicon().phrases
    tokens = list(_tokens(text))
    sentences: list[Sentence] = []
    tagger: _SentenceTagger | None = None
    start = at = 0
    while at < len(tokens):
        token = tokens[at]
        tagger = tagger or _SentenceTagger()
        found = phrases.at(tokens, at) if token in phrases.first_words else ()
        for count, phrase in found:
            tagger.phrase(phrase)
            if phrase.kind == PSEUDO_CUE:
                tokens[at : at + count] = [""] * count
            if phrase.kind not in (BOOSTER, AMPLIFIER):
                at += count
                break
        else:
            at += 1
            if token == _STOP:
                sentences += tagger.end(tokens[start:at], sentences)
                tagger, start = None, at
            elif token in _PUNCTUATION:
                tagger.punctuation(token)
            else:
                tagger.word(token)
    return (*sentences, *(tagger.end(tokens[start:], sentences) if tagger else ()))


@dataclass(slots=True)
class _OpenCue:
    """A cue in its sentence: the index of the word after it, and of its scope's first and last."""

    phrase: Phrase
    at: int
    first: int
    is_subordinate: bool
    last: int | None = None

    def close(self, at: int) -> None:
        """End its scope here, if it is still open."""
        if self.last is None:
            self.last = at


@dataclass(slots=True)
class _SentenceTagger:
    """Builds one sentence from its tokens."""

    words: list[str] = field(default_factory=list)
    parts: list[list[str]] = field(default_factory=lambda: [[]])
    openings: list[str] = field(default_factory=list)
    found: list[_OpenCue] = field(default_factory=list)
    boosters: list[str] = field(default_factory=list)
    after_or: set[int] = field(default_factory=set)
    first_word: str = ""
    last_word: str = ""
    # The index of the first word of the current part, and what kind of part it is.
    part_start: int = 0
    is_opening: bool = True
    is_subordinate: bool = False
    is_list: bool = False
    is_negated: bool = False
    # After "afraid that", "whether" and the like, up to the next mark.
    is_entertained: bool = False
    # Inside brackets: how many cues come before them, and where the part around them begins.
    outside: tuple[int, int] | None = None
    had_brackets: bool = False
    # How many words a purpose has that the sentence begins with: "To ease pain, ...".
    purpose: int = 0

    def word(self, written: str) -> None:
        """Process a word that is not in the lexicon."""
        if written in _AND_OR:
            self._and_or(written)
        if not self.first_word:
            self.first_word = written
        self.last_word = written
        self.is_entertained |= written in lexicon().attitudes
        if form := normal_form(written):
            self.words.append(form)
            if self.outside is None:
                self.parts[-1].append(form)
            if self.is_opening:
                self.openings.append(form)
            self.is_opening = False

    def _and_or(self, written: str) -> None:
        here = len(self.words)
        if written == "or":
            self.after_or.add(here)
            return
        self.is_negated = False
        for cue in self.found:
            if cue.phrase.kind == NEGATION and cue.at < here:
                cue.close(here)

    def phrase(self, phrase: Phrase) -> None:
        """Process a cue, a booster or a termination."""
        here = len(self.words)
        if phrase.kind == BOOSTER:
            is_no_need = phrase.words in _NEEDS and self._is_weakened()
            is_no_promise = phrase.words == _WILL and (
                self.is_entertained or self.last_word in lexicon().agents
            )
            if not (is_no_need or is_no_promise or self.last_word in lexicon().approximators):
                self.boosters.append(" ".join(phrase.words))
        elif phrase.kind == AMPLIFIER:
            says_when = phrase.words in _WHEN and not self.first_word
            if not (says_when or self._is_weakened()):
                self.boosters.append(" ".join(phrase.words))
        elif phrase.kind == TERMINATION:
            for cue in self.found:
                cue.close(here)
            self.part_start, self.is_subordinate, self.is_negated = here, True, False
            self.is_entertained |= phrase.words == _WHETHER
        elif phrase.kind != PSEUDO_CUE:
            # "Never ... without" is "never" alone in plain language.
            if not (self.is_negated and phrase.words == ("without",)):
                first = here if self.last_word in _JOINING else self.part_start
                self.found.append(_OpenCue(phrase, here, first, self.is_subordinate))
            self.is_negated |= phrase.words in _BEFORE_WITHOUT

    def _is_weakened(self) -> bool:
        """Say whether an amplifier that begins here is negated or approximated."""
        here, last = len(self.words), self.found[-1] if self.found else None
        is_negated = (
            last is not None
            and last.phrase.kind == NEGATION
            and last.last is None
            and here - last.at <= _NEGATED_WITHIN
        )
        return is_negated or self.last_word in lexicon().approximators

    def punctuation(self, written: str) -> None:
        """Process a comma, colon, semicolon or bracket."""
        here = len(self.words)
        self.is_entertained = False
        if written == "(":
            self.outside, self.had_brackets = (
                self.outside or (len(self.found), self.part_start),
                True,
            )
            self.part_start = here
        elif written == ")":
            cues, self.part_start = self.outside or (len(self.found), self.part_start)
            for cue in self.found[cues:]:
                cue.close(here)
            self.outside = None
        elif self.outside is None:
            if self.first_word == "to" and len(self.parts) == 1:
                self.purpose = here
            self.is_opening, self.is_subordinate, self.part_start = True, False, here
            self.is_negated = False
            self.parts.append([])
            self.is_list |= written == ":"
            for cue in self.found:
                if cue.is_subordinate or (written == ";" and not self.is_list):
                    cue.close(here)

    def end(self, tokens: list[str], previous: list[Sentence]) -> Iterator[Sentence]:
        """Yield the sentence of `tokens`, if there is one; `previous` are those before it."""
        if self.words or self.found or self.boosters:
            antecedent = previous[-1] if previous and self.first_word in _PRONOUNS else None
            yield Sentence(
                text=" ".join(tokens),
                words=frozenset(self.words),
                parts=tuple(self._parts()),
                openings=tuple(self.openings),
                in_order=tuple(self.words),
                cues=tuple(map(self._cue, self.found)),
                boosters=tuple(self.boosters),
                antecedent=antecedent.words if antecedent else frozenset(),
                antecedent_negations=antecedent.negations if antecedent else (),
            )

    def _parts(self) -> Iterator[tuple[str, ...]]:
        parts = [tuple(part) for part in self.parts if part]
        if len(parts) > 1:
            yield from parts
        if self.had_brackets:
            yield tuple([word for part in parts for word in part])

    def _cue(self, found: _OpenCue) -> Cue:
        at, last, phrase = found.at, found.last, found.phrase
        is_wide = phrase.kind in _WIDE
        following = self.words[at:last]
        right_context = tuple(following[:_RIGHT])
        # What may be used to ease pain may ease pain.
        purpose = self.words[: self.purpose] if at >= self.purpose else []
        return Cue(
            kind=phrase.kind,
            degree=phrase.degree,
            written=" ".join(phrase.words),
            left_context=tuple(self.words[max(at - _LEFT, 0) : at]),
            right_context=right_context,
            next_words=tuple(
                [word for i, word in enumerate(right_context, at) if i == at or i in self.after_or]
            ),
            scope=(*purpose, *self.words[found.first : last]) if is_wide else (),
            right_scope=(*purpose, *following) if is_wide else (),
            is_subordinate=found.is_subordinate,
        )
