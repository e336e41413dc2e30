"""The words of `lexicon.yml`, compiled for matching."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from sourced_guide.claims.language.normalize import normal_form
from sourced_guide.claims.language.phrases import PhraseTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# LibYAML, where it is installed, reads the lists in a tenth of the time.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Kinds of phrases besides those of hedges, which are named in `lexicon.yml`.
NEGATION, AIM = "negation", "aim"
PSEUDO_CUE, BOOSTER, TERMINATION = "pseudo cue", "booster", "termination"
# A booster that a negation or a word such as "almost" makes weak.
AMPLIFIER = "amplifier"
_STRENGTHENING = (BOOSTER, AMPLIFIER, NEGATION)


@dataclass(frozen=True)
class Phrase:
    """A phrase of the lexicon: its words in lower case, its kind, and its degree among its kind."""

    words: tuple[str, ...]
    kind: str
    degree: int = 0


@dataclass(frozen=True)
class Lexicon:
    """The phrases, of those of the same words pseudo cues before all others.

    `cues` are those among them that soften or negate, `strengthening` those that strengthen or
    negate; `licensed_by` has for a booster the pattern of what a passage needs, one word of it at
    least.
    """

    phrases: PhraseTable[Phrase]
    cues: PhraseTable[Phrase]
    strengthening: PhraseTable[Phrase]
    licensed_by: Mapping[str, str]
    implicit_negations: re.Pattern[str]
    approximators: frozenset[str]
    light_verbs: frozenset[str]
    carried_out: frozenset[str]
    attitudes: frozenset[str]
    agents: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, read once."""
    text = files(__package__).joinpath("lexicon.yml").read_text("utf-8")
    lists: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 (a safe loader)
    cues = [
        Phrase(tuple(phrase.split()), kind, degree)
        for kind, degrees in lists["hedges"].items()
        for degree, phrases in enumerate(degrees)
        for phrase in _split(phrases)
    ]
    cues += _phrases(_split(lists["aims"]), AIM)
    cues += _phrases(_split(lists["negations"]), NEGATION)
    approximators = _split(lists["approximators"])
    licensed_by = _licensed_by(lists["boosters"], approximators)
    boosters = _phrases(licensed_by, BOOSTER)
    of_amplifiers = _licensed_by(lists["amplifiers"], approximators)
    boosters += _phrases(of_amplifiers.keys() - licensed_by.keys(), AMPLIFIER)
    licensed_by = {**of_amplifiers, **licensed_by}
    terminations = _phrases(_split(lists["terminations"]), TERMINATION)
    pseudo_cues = _phrases(_split(lists["pseudo_cues"]), PSEUDO_CUE)
    return Lexicon(
        phrases=PhraseTable(
            (phrase.words, phrase) for phrase in (*pseudo_cues, *boosters, *cues, *terminations)
        ),
        cues=PhraseTable((phrase.words, phrase) for phrase in cues),
        strengthening=PhraseTable(
            (phrase.words, phrase) for phrase in (*boosters, *cues) if phrase.kind in _STRENGTHENING
        ),
        licensed_by=licensed_by,
        approximators=frozenset(approximators),
        light_verbs=frozenset(map(normal_form, _split(lists["light_verbs"]))),
        carried_out=frozenset(map(normal_form, _split(lists["carried_out"]))),
        attitudes=frozenset(_split(lists["attitudes"])),
        agents=frozenset(_split(lists["agents"])),
        implicit_negations=re.compile(_any_of(_split(lists["implicit_negations"]))),
    )


@cache
def license_of(booster: str) -> re.Pattern[str]:
    """Return the pattern of what licenses a booster; few of the many are ever needed."""
    return re.compile(lexicon().licensed_by[booster])


def _licensed_by(groups: Iterable[Mapping[str, str]], not_after: Iterable[str]) -> dict[str, str]:
    """Return for each booster of the groups what licenses it, unless after a word of `not_after`.

    "Almost always" does not license "without fail".
    """
    found: dict[str, str] = {}
    for group in groups:
        words = _split(group["words"])
        pattern = _any_of([*words, *_split(group["licensed_by"])], not_after)
        found |= dict.fromkeys(words, pattern)
    return found


def _phrases(written: Iterable[str], kind: str) -> list[Phrase]:
    return [Phrase(tuple(phrase.split()), kind) for phrase in written]


def _split(phrases: str) -> list[str]:
    return [phrase.strip() for phrase in phrases.split(",")]


def _any_of(phrases: Iterable[str], not_after: Iterable[str] = ()) -> str:
    before = "".join(rf"(?<!{word} )" for word in not_after)
    longest_first = sorted(phrases, key=len, reverse=True)
    return rf"{before}\b(?:{'|'.join(map(re.escape, longest_first))})\b"
