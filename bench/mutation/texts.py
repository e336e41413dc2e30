"""Makes faults in sentences: a figure changed, a hedge dropped, a word added, a "not" lost.

What is changed is listed in `mutants.yml`. Each alteration says whether it is a fault: one that
leaves the sentence as true to its passages as it was is told apart by a rule, never by hand.
Called mutants after R. A. DeMillo et al., "Hints on test data selection", Computer 11(4), 1978.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    import random
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

_LISTS: Mapping[str, Any] = yaml.safe_load(
    Path(__file__).with_name("mutants.yml").read_text("utf-8")
)
_YEARS = range(1900, 2101)
_HUNDRED = Decimal(100)
_HALF = Decimal("0.5")

# A number that is not part of a name ("L4", "COVID-19"), an address or a longer number.
_NUMBER = re.compile(r"(?<![\w.,/@#$-])\d+(?:,\d{3})*(?:\.\d+)?(?!\w|[.,/]\d)")
_WHOLE = re.compile(r"(?:out of|in|of|per)(?: every| each| the)? $", re.IGNORECASE)
_SHARE = re.compile(
    rf"{_NUMBER.pattern}(?:(?: [a-z]+){{0,3}} (?:out of|in)(?: every)? (?P<whole>10|100)\b"
    r"|(?: percent|%))"
)


@dataclass(frozen=True)
class Alteration:
    """A text that was changed: how, and whether that made it say more or other than it may."""

    kind: str
    text: str
    is_fault: bool = True


def _any_of(words: str | Iterable[str]) -> str:
    """Return a pattern for any of the words, which may be patterns themselves."""
    listed = words.split(",") if isinstance(words, str) else words
    longest_first = sorted((word.strip() for word in listed), key=len, reverse=True)
    return rf"(?<![\w-])(?:{'|'.join(longest_first)})(?![\w’'-])"


_COUNTED = rf"(?:{_NUMBER.pattern}|{_any_of(_LISTS['number_words'])})"
_HEDGE = re.compile(
    rf"(?P<word>{_any_of(_LISTS['hedges'])})(?P<of> of(?= ))?"
    rf"|(?P<number>{_any_of(_LISTS['hedges_of_numbers'])})(?= (?:{_COUNTED}|one|a|an)\b)",
    re.IGNORECASE,
)
_NOT_HEDGES = re.compile("|".join(_LISTS["not_hedges"]))
_SOFTENING = re.compile(_any_of(_LISTS["softening"]), re.IGNORECASE)
_SOFTENING_NUMBERS = re.compile(_any_of(_LISTS["softening_numbers"]), re.IGNORECASE)
_NEGATION = re.compile(_any_of(_LISTS["negations"]), re.IGNORECASE)
_NOT_NEGATIONS = re.compile("|".join(_LISTS["not_negations"]))
_AFTER = re.compile(_any_of(_LISTS["after"]) + "(?! not)")
_EASES = re.compile(rf"\b(?:{_LISTS['eases'].replace(', ', '|')})(?P<s>s?)\b(?! as\b)")
_PLURAL = re.compile(r"[A-Z][a-z]+s\b")
_NO_PLURALS = frozenset(_LISTS["no_plurals"].split(", "))
_OPPOSITES = {word: other for pair in _LISTS["opposites"] for word, other in (pair, reversed(pair))}
_OPPOSITE = re.compile(_any_of(_OPPOSITES), re.IGNORECASE)
_IS = re.compile(r"\b(?:is|are)(?= (?P<next>[a-z]+))(?! (?:not|no)\b)")
_UNIT = re.compile(rf"(?P<count>{_COUNTED}[ -])(?P<unit>{'|'.join(_LISTS['units'])})(?P<s>s?)\b")
_NUMBER_WORD = re.compile(_any_of(_LISTS["number_words"]), re.IGNORECASE)
_PEOPLE = re.compile(r"\b(?:people|patients|adults)\b(?! who| with no)")


def text_mutants(text: str, says: Sequence[str], rng: random.Random) -> Iterator[Alteration]:
    """Yield a claim with each fault that it can have; `says` are the passages that it cites."""
    told = " ".join(says)
    yield from _figures_changed(text, told, rng)
    yield from _hedges_lost(text, told)
    yield from _words_added(text, told)
    for match in _outside(_NEGATION, _NOT_NEGATIONS, text):
        left = _LISTS["negations"][match[0].lower()]
        yield Alteration("negation: taken out", _put(text, match, left))
    verb = _IS.search(text)
    if verb and f"{verb[0]} {verb['next']}" in told:
        for words in _LISTS["turning_round"].split(", "):
            turned = f"{text[: verb.end()]} {words}{text[verb.end() :]}"
            yield Alteration(f"negation: put in: {words}", turned, not _NEGATION.search(told))
    yield from _opposites(text, told)
    yield from _populations(text, told, rng)


def _populations(text: str, told: str, rng: random.Random) -> Iterator[Alteration]:
    """Yield the text about another group of people, whom its passages do not speak of."""
    others = _LISTS["populations"].split(", ")
    other = rng.choice(others)
    is_new = not re.search(_any_of([other]), told, re.IGNORECASE)
    if match := _PEOPLE.search(text):
        yield Alteration("population: another one", _put(text, match, other), is_new)
    elif text.endswith(".") and text.split(maxsplit=1)[0].lower() in told.lower():
        limited = f"In {other}, {text[0].lower()}{text[1:]}"
        yield Alteration("population: put in", limited, is_new)


def numbers(text: str) -> frozenset[Decimal]:
    """Return the value of every number that is written in digits."""
    return frozenset(map(_value, _NUMBER.findall(text)))


def figures_moved(
    says: str, figures: Sequence[str], used: Collection[Decimal]
) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Yield a passage with one of its numbers changed, in what it says and in its list.

    The last value says whether that is a fault: not where the claims, whose numbers are `used`, are
    as right about the number that it became. A number that no claim uses stays as it is.
    """
    for written in sorted(set(_NUMBER.findall(says))):
        value = _value(written)
        resting = [figure for figure in used if _carries(value, figure)]
        if resting:
            other = _moved(value, 1)
            number = re.compile(rf"(?<![\w.,]){re.escape(written)}(?!\w|[.,]\d)")
            changed = [number.sub(_written(other, written), text) for text in (says, *figures)]
            is_fault = not all(_carries(other, figure) for figure in resting)
            yield changed[0], tuple(changed[1:]), is_fault


def _carries(known: Decimal, used: Decimal) -> bool:
    """Say whether a claim's number is a passage's rounded, or what that leaves of 100."""
    if known >= _HUNDRED:
        return abs(known - used) * 20 <= known
    return abs(known - used) <= _HALF or abs(_HUNDRED - known - used) <= _HALF


def _figures_changed(text: str, told: str, rng: random.Random) -> Iterator[Alteration]:
    known = numbers(told)
    for match in _NUMBER.finditer(text):
        value, is_whole = _value(match[0]), bool(_WHOLE.search(text, 0, match.start()))
        if not is_whole:
            sign = rng.choice((-1, 1))
            near = [_moved(value, sign), _moved(value, -sign)]
            other = next((number for number in near if number not in known and number > 0), near[0])
            yield Alteration(
                "figure: a little off",
                _put(text, match, _written(other, match[0])),
                other not in known,
            )
            others = known - numbers(text) - {_HUNDRED, _HUNDRED - value}
            if likely := sorted(figure for figure in others if _could_be(value, figure)):
                other = rng.choice(likely)
                yield Alteration(
                    "figure: another one of the passage",
                    _put(text, match, _written(other, match[0])),
                )
        share = _SHARE.match(text, match.start())
        if value not in _YEARS and not (share and value > 10):
            yield Alteration(
                "figure: times ten",
                _put(text, match, _written(value * 10, match[0])),
                value * 10 not in known,
            )
        whole = Decimal(share["whole"] or 100) if share else value
        if share and value not in (whole, whole / 2):
            yield Alteration(
                "figure: 16 of 100 turned into 84",
                _put(text, match, _written(whole - value, match[0])),
                whole - value not in known,
            )
    for match in _UNIT.finditer(text):
        unit = _LISTS["units"][match["unit"]]
        yield Alteration(
            "figure: another unit", _put(text, match, match["count"] + unit + match["s"])
        )
    for match in _NUMBER_WORD.finditer(text):
        word = _LISTS["number_words"][match[0].lower()]
        is_known = re.search(_any_of([word]), told, re.IGNORECASE)
        yield Alteration("figure: a little off", _put(text, match, word), not is_known)


def _opposites(text: str, told: str) -> Iterator[Alteration]:
    """Yield the text with each word turned into its opposite.

    That is a fault where its passages have the word and not the opposite.
    """
    for match in _OPPOSITE.finditer(text):
        word = match[0].lower()
        other = _OPPOSITES[word]
        is_told, is_other_told = (
            re.search(_any_of([each]), told, re.IGNORECASE) for each in (word, other)
        )
        is_fault = bool(is_told) and not is_other_told
        yield Alteration("opposite word", _put(text, match, other), is_fault)


def _could_be(value: Decimal, other: Decimal) -> bool:
    """Say whether a number is of the size of another, and not that number rounded."""
    return abs(other - value) > 1 and value <= 10 * other and other <= 10 * value


def _hedges_lost(text: str, told: str) -> Iterator[Alteration]:
    hedges = list(_outside(_HEDGE, _NOT_HEDGES, text))
    left = "" if len(hedges) == 1 else " (another is left)"
    for match in hedges:
        softens, stronger = _SOFTENING, _LISTS["hedges"].get((match["word"] or "").lower())
        if match["number"]:
            softens, stronger = _SOFTENING_NUMBERS, _LISTS["hedges_of_numbers"][match[0].lower()]
        is_fault = bool(softens.search(told))
        without = re.sub(r"^be\b", "is", text[match.end() :].lstrip())
        yield Alteration(
            f"hedge: taken out{left}", _tidy(text[: match.start()] + without), is_fault
        )
        with_of = f"{stronger}{match['of'] or ''}"
        yield Alteration(f"hedge: made stronger{left}", _put(text, match, with_of), is_fault)


def _words_added(text: str, told: str) -> Iterator[Alteration]:
    def is_new(same: str) -> bool:
        return not re.search(_any_of(same), f"{text} {told}", re.IGNORECASE)

    if after := _AFTER.search(text):
        for word, options in _LISTS["added"].items():
            longer = f"{text[: after.end()]} {word}{text[after.end() :]}"
            yield Alteration(f"word put in: {word}", longer, is_new(options["same"]))
    plural = _PLURAL.match(text)
    if plural and plural[0].lower() not in _NO_PLURALS:
        all_of = f"All {text[0].lower()}{text[1:]}"
        yield Alteration("word put in: all", all_of, is_new(_LISTS["all"]["same"]))
    if eases := _EASES.search(text):
        cures = _put(text, eases, f"cure{eases['s']}")
        yield Alteration("word put in: cures", cures, is_new(_LISTS["cures"]["same"]))


def _outside(
    pattern: re.Pattern[str], not_in: re.Pattern[str], text: str
) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern that do not overlap with what must not be changed."""
    kept = [match.span() for match in not_in.finditer(text)]
    for match in pattern.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in kept):
            yield match


def _put(text: str, match: re.Match[str], other: str) -> str:
    """Put `other` in place of a match."""
    return _tidy(text[: match.start()] + other + text[match.end() :])


def _tidy(text: str) -> str:
    """Mend the spaces and the beginning of a text that has lost words."""
    text = re.sub(r" +(?=[ .,;:)])", "", text).lstrip(" ,;")
    return text[:1].upper() + text[1:] if text.endswith((".", ":")) else text


def _value(written: str) -> Decimal:
    return Decimal(written.replace(",", ""))


def _written(value: Decimal, like: str) -> str:
    return f"{value:,}" if value >= 1_000 and ("," in like or value not in _YEARS) else f"{value}"


def _moved(value: Decimal, sign: int) -> Decimal:
    """Return a number near another, with as many digits: a fifth away, or the next one."""
    step = Decimal(1).scaleb(int(value.as_tuple().exponent))
    if value in _YEARS:
        return value + sign
    return value + sign * max(step, (value / 5).quantize(step))
