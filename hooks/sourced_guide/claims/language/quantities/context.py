"""What the few words before and after a number make of it."""

from __future__ import annotations

import re

from sourced_guide.claims.language.quantities.lexicon import (
    BOUNDS_AFTER,
    BOUNDS_BEFORE,
    FUNCTION_WORDS,
    HEDGES,
    IRREGULAR_THINGS,
    LONGEST_PHRASE,
    NOT_THINGS,
    PEOPLE,
    PERIODS,
    TAKEN_OVER,
    WORKS,
    Bound,
    one_of,
)

_LENGTH = 32
_TOKEN = re.compile(r"[A-Za-z'-]+|[<>]=|[^A-Za-z'\s-]")
_AFTER = re.compile(
    rf"(?: [a-z]+)?,? ?(?P<phrase>{one_of(BOUNDS_AFTER)})(?![a-z])|(?P<plus>\+)(?![/\w])",
    re.IGNORECASE,
)
_NOUN = re.compile(r"(?:-| )([a-z]+)(?: ([a-z]+))?", re.IGNORECASE)
_RANKED = re.compile(
    r"[ -](?:most|commonest|leading|largest|highest|greatest|main|biggest)\b", re.I
)
_RANKS = re.compile(r"\b(?:comes?|came|ranks?|ranked) (?:in )?$", re.I)
_OF_A_WHOLE = re.compile(r" (?:of|the|all|as|these|those|an?)\b", re.I)
_CUT = re.compile(r"\b(?:by|in|to|than|one) $", re.I)
_NOT_A_PART = re.compile(
    r"\b(?:first|second|other|lower|upper|top|bottom|left|right|each|outer|inner|back|front) $",
    re.I,
)
_PERIOD = re.compile(rf" (?:of )?an? ({one_of(PERIODS)})\b", re.I)
_LIMIT = re.compile(
    r"\b(?:within|than|least|most|under|about|around|nearly|almost|every|up to) $", re.I
)
_BASE = re.compile(
    r"(?:(?:^|[.,;:(|]|\b(?:that|and|but)) ?(?:of|in|for)|\bout of|\b(?:of|in|for) (?:every|each)"
    r"|\bout of (?:every|each)) $",
    re.I,
)
_TAKEN_OVER = re.compile(rf" (?:[a-z]+ )?(?:{one_of(TAKEN_OVER)})\b", re.I)
_IN_A_YEAR = re.compile(r"\b(?:in|since|from|by|until|after|before|during|to) $", re.I)
_NAMED = re.compile(r"\b(?:the|these|those|other|all|either|any|between) $", re.I)


def before(text: str, at: int) -> str:
    """Return the few words before a number."""
    return text[max(0, at - _LENGTH) : at]


def after(text: str, at: int) -> str:
    """Return the few words after a number."""
    return text[at : at + _LENGTH]


def bound_and_hedge(words_before: str, words_after: str) -> tuple[Bound, bool]:
    """Say which bound a number has, and whether it is only near: "up to about 20"."""
    words = _TOKEN.findall(words_before.lower())
    bound, hedged = Bound.NONE, False
    length = LONGEST_PHRASE
    while words and length:
        phrase = " ".join(words[-length:])
        if phrase in BOUNDS_BEFORE and bound is Bound.NONE:
            bound = BOUNDS_BEFORE[phrase]
        elif phrase in HEDGES:
            hedged = True
        elif phrase != "the":
            length -= 1
            continue
        del words[-length:]
        length = LONGEST_PHRASE
    if bound is Bound.NONE and (match := _AFTER.match(words_after)):
        bound = Bound.MIN if match["plus"] else BOUNDS_AFTER[match["phrase"].lower()]
    return bound, hedged


def counts_things(words_after: str) -> bool:
    """Say whether a count is one of things, "56 studies", rather than of people or of no noun."""
    match = _NOUN.match(words_after)
    if not match or match[1].lower() in FUNCTION_WORDS:
        return False
    return any(_is_thing(word.lower()) for word in match.groups() if word)


def _is_thing(word: str) -> bool:
    return word in IRREGULAR_THINGS or (word.endswith("s") and word not in NOT_THINGS)


def counted_after(words_before: str, words_after: str) -> str:
    """Return what a count is of, where that is "people" or "works": "56 studies"."""
    match = _NOUN.match(words_after)
    if not match or match[1].lower() in FUNCTION_WORDS or _IN_A_YEAR.search(words_before):
        return ""
    words = {word.lower() for word in match.groups() if word}
    return "people" if words & PEOPLE else "works" if words & WORKS else ""


def is_ranked(words_before: str, words_after: str) -> bool:
    """Say whether a place in an order is one in a ranking: "third most common", "comes third"."""
    return bool(_RANKED.match(words_after) or _RANKS.search(words_before))


def is_part(words_before: str, words_after: str) -> bool:
    """Say whether "half" or "a third" is a share, not an ordinal or one of two sides."""
    if _NOT_A_PART.search(words_before):
        return False
    bound, hedged = bound_and_hedge(words_before, "")
    return (
        hedged
        or bound is not Bound.NONE
        or bool(_OF_A_WHOLE.match(words_after) or _CUT.search(words_before))
    )


def period_of(words_after: str) -> str:
    """Return the period that a part is one of: "half an hour"."""
    match = _PERIOD.match(words_after)
    return match[1].lower() if match else ""


def is_limit(words_before: str) -> bool:
    """Say whether "a week" is a length that is stated: "within a week", not "twice a week"."""
    return bool(_LIMIT.search(words_before))


def may_be_taken_over(words_before: str, words_after: str, *, is_time: bool) -> bool:
    """Say whether "over 5 sessions" may be how many it took rather than more than that."""
    counts_what_takes_time = is_time or bool(_TAKEN_OVER.match(words_after))
    return words_before.lower().endswith("over ") and counts_what_takes_time


def is_base(words_before: str) -> bool:
    """Say whether a round number is what shares are given of: "Out of every 100 people: ..."."""
    return bool(_BASE.search(words_before))


def is_named_before(words_before: str) -> bool:
    """Say whether a number points back: "the two"."""
    return bool(_NAMED.search(words_before))
