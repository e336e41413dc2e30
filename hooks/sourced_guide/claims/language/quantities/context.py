"""The context of a number: what the words to its left and right say about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sourced_guide.claims.language.quantities.lexicon import (
    APPROXIMATORS,
    APPROXIMATORS_AFTER,
    BOUNDS_AFTER,
    BOUNDS_BEFORE,
    DURATION_NOUNS,
    FUNCTION_WORDS,
    IRREGULAR_PLURALS,
    LAST_WORDS,
    LONGEST_PHRASE,
    NOT_THINGS,
    PEOPLE,
    PERIODS,
    WORKS,
    one_of,
)
from sourced_guide.claims.language.quantities.quantity import Bound

if TYPE_CHECKING:
    from decimal import Decimal

# How many characters a context has on each side.
_WINDOW = 32
# The last word before a number that has a bound; "the" may come between.
_BEFORE_A_NUMBER = LAST_WORDS | {"the"}
_TOKEN = re.compile(r"[A-Za-z'-]+|[<>]=|[^A-Za-z'\s-]")
_BOUND_AFTER = re.compile(
    rf"(?: [a-z]+)?,? ?(?P<phrase>{one_of(BOUNDS_AFTER)})(?![a-z])|(?P<plus>\+)(?![/\w])",
    re.IGNORECASE,
)
_APPROXIMATE_AFTER = re.compile(
    rf"(?: [a-z]+)?,? ?(?:{one_of(APPROXIMATORS_AFTER)})(?![a-z])", re.IGNORECASE
)
_NOUN = re.compile(r"(?:-| )([a-z]+)(?: ([a-z]+))?", re.IGNORECASE)
_SUPERLATIVE = re.compile(
    r"[ -](?:most|commonest|leading|largest|highest|greatest|main|biggest)\b", re.I
)
_RANKS = re.compile(r"\b(?:comes?|came|ranks?|ranked) (?:in )?$", re.I)
_OF_A_WHOLE = re.compile(r" (?:of|the|all|as|these|those|an?)\b", re.I)
_BEFORE_SHARE = re.compile(r"\b(?:by|in|to|than|one) $", re.I)
_NOT_A_SHARE = re.compile(
    r"\b(?:first|second|other|lower|upper|top|bottom|left|right|each|outer|inner|back|front) $",
    re.I,
)
_PERIOD = re.compile(rf" (?:of )?an? ({one_of(PERIODS)})\b", re.I)
_STATES_DURATION = re.compile(
    r"\b(?:within|than|least|most|under|about|around|nearly|almost|every|up to"
    r"|for|after|over|lasts?|lasted|takes?|took) $",
    re.I,
)
# "An hour or so", "a year or less"; "a day or two" is a range.
_BOUNDED_PERIOD = re.compile(
    rf" (?:{one_of(PERIODS)}) or (?:so|less|more|longer|under|over|thereabouts)\b", re.I
)
_DENOMINATOR = re.compile(
    r"(?:(?:^|[.,;:(|]|\b(?:that|and|but)) ?(?:of|in|for)|\bout of|\b(?:of|in|for) (?:every|each)"
    r"|\bout of (?:every|each)) $",
    re.I,
)
_DURATION_NOUN = re.compile(rf" (?:[a-z]+ )?(?:{one_of(DURATION_NOUNS)})\b", re.I)
_IN_A_YEAR = re.compile(r"\b(?:in|since|from|by|until|after|before|during|to) $", re.I)
_ANAPHORIC = re.compile(r"\b(?:the|these|those|other|all|either|any|between) $", re.I)

# "Lymphoma or myeloma, two cancers": what stands before an apposition that counts what it names,
# unless it begins as an adverbial does: "With a stick or a brace, two fell".
_ITEM = r"[^,.;:()|]+"
_IN_APPOSITION = r"(?:, (?:both |all |the )*|,? \((?:the )?| [–—-] (?:the )?)$"
_ADVERBIAL = re.compile(
    r"(?:in|on|at|of|for|with|without|by|from|to|among|after|before|during|since|until|within|when"
    r"|while|if|because|as|although|though|once|out|between)\b",
    re.I,
)
_MOST_NAMED = 6


def counts_those_named(before: str, number: Decimal) -> bool:
    """Say whether a number, with the text `before` it, counts as many items as were just named."""
    if not 2 <= number <= _MOST_NAMED:
        return False
    items = rf"(?:{_ITEM}, ){{{int(number) - 2}}}{_ITEM},? (?:and|or) {_ITEM}"
    match = re.search(rf"(?:^|[.;:()|])(?P<items>{items}){_IN_APPOSITION}", before)
    return match is not None and not _ADVERBIAL.match(match["items"].lstrip())


class Context(NamedTuple):
    """The text on both sides of a number, as far as it affects the number."""

    left: str
    right: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Context:
        """Return the context of characters `start` to `end` of `text`."""
        return cls(text[max(0, start - _WINDOW) : start], text[end : end + _WINDOW])

    def bound(self) -> tuple[Bound, bool]:
        """Return the bound of the number, and whether it is approximate: "up to about 20"."""
        words = _TOKEN.findall(self.left.lower())
        bound, is_approximate = Bound.NONE, False
        length = LONGEST_PHRASE
        while words and length and words[-1] in _BEFORE_A_NUMBER:
            phrase = " ".join(words[-length:])
            if phrase in BOUNDS_BEFORE and bound is Bound.NONE:
                bound = Bound(BOUNDS_BEFORE[phrase])
            elif phrase in APPROXIMATORS:
                is_approximate = True
            elif phrase != "the":
                length -= 1
                continue
            del words[-length:]
            length = LONGEST_PHRASE
        if bound is Bound.NONE and (match := _BOUND_AFTER.match(self.right)):
            bound = Bound.MIN if match["plus"] else Bound(BOUNDS_AFTER[match["phrase"].lower()])
        return bound, is_approximate or bool(_APPROXIMATE_AFTER.match(self.right))

    def counts_things(self) -> bool:
        """Say whether a count is one of things, "56 studies", rather than people or no noun."""
        return any(
            word in IRREGULAR_PLURALS or (word.endswith("s") and word not in NOT_THINGS)
            for word in self._nouns()
        )

    def counted_noun(self) -> str:
        """Return what a count is of, where that is "people" or "works": "56 studies"."""
        words = self._nouns()
        noun = "people" if words & PEOPLE else "works" if words & WORKS else ""
        return "" if noun and _IN_A_YEAR.search(self.left) else noun

    def _nouns(self) -> set[str]:
        """Return the two words after a count, one of which may be its noun."""
        match = _NOUN.match(self.right)
        if not match or match[1].lower() in FUNCTION_WORDS:
            return set()
        return {word.lower() for word in match.groups() if word}

    def is_ranked(self) -> bool:
        """Say whether an ordinal is one in a ranking: "third most common", "comes third"."""
        return bool(_SUPERLATIVE.match(self.right) or _RANKS.search(self.left))

    def is_share(self) -> bool:
        """Say whether "half" or "a third" is a share, not an ordinal or one of two sides."""
        if _NOT_A_SHARE.search(self.left):
            return False
        bound, is_approximate = Context(self.left, "").bound()
        return (
            is_approximate
            or bound is not Bound.NONE
            or bool(_OF_A_WHOLE.match(self.right) or _BEFORE_SHARE.search(self.left))
        )

    def period(self) -> str:
        """Return the words after a fraction for what it is a part of: " an hour"; or nothing."""
        match = _PERIOD.match(self.right)
        return match[0].lower() if match else ""

    def states_duration(self) -> bool:
        """Say whether "a week" states a duration: "within a week", not "twice a week"."""
        return bool(_STATES_DURATION.search(self.left) or _BOUNDED_PERIOD.match(self.right))

    def may_be_duration(self, *, is_time: bool) -> bool:
        """Say whether "over 5 sessions" may be how many it took rather than more than that."""
        is_over = self.left.lower().endswith("over ")
        return is_over and (is_time or bool(_DURATION_NOUN.match(self.right)))

    def is_denominator(self) -> bool:
        """Say whether a round number is what shares are of: "Out of every 100 people: ..."."""
        return bool(_DENOMINATOR.search(self.left))

    def is_anaphoric(self) -> bool:
        """Say whether a number refers to something named before: "the two"."""
        return bool(_ANAPHORIC.search(self.left))
