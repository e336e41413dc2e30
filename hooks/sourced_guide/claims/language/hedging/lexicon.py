"""The words of `lexicon.yml`, made ready to be found in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# LibYAML, where it is installed, reads the lists in a tenth of the time.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Kinds of words besides those of hedges, which are named in `lexicon.yml`.
NEGATION, AIM = "negation", "aim"
HARMLESS, STRONG_WORD, LINK = "harmless", "strong", "link"


@dataclass(frozen=True)
class Phrase:
    """Words with a meaning here: the kind of mark or word that they are, and its step."""

    words: tuple[str, ...]
    kind: str
    step: int = 0


@dataclass(frozen=True)
class Lists:
    """`lexicon.yml`, made ready.

    Phrases are found by their first word, the longest first, the harmless ones before all others.
    `marking` are the first words of those that soften a sentence, turn it or make it strong.
    `allowed_by` says for a strong word what a passage has to have.
    """

    phrases: Mapping[str, tuple[Phrase, ...]]
    marking: frozenset[str]
    allowed_by: Mapping[str, re.Pattern[str]]
    nearly_negations: re.Pattern[str]


@cache
def lists() -> Lists:
    """Return the lists, read once."""
    text = files(__package__).joinpath("lexicon.yml").read_text("utf-8")
    listed: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 (a safe loader)
    phrases = [
        Phrase(tuple(words.split()), kind, step)
        for kind, steps in listed["hedges"].items()
        for step, of_step in enumerate(steps)
        for words in _split(of_step)
    ]
    for name, kind in (("aims", AIM), ("negations", NEGATION), ("links", LINK)):
        phrases += [Phrase(tuple(words.split()), kind) for words in _split(listed[name])]
    allowed_by = {
        words: _any_of([*_split(group["words"]), *_split(group["like"])])
        for group in listed["strong"]
        for words in _split(group["words"])
    }
    strong = [Phrase(tuple(words.split()), STRONG_WORD) for words in allowed_by]
    harmless = [Phrase(tuple(words.split()), HARMLESS) for words in _split(listed["harmless"])]
    return Lists(
        phrases=_by_first_word([*harmless, *strong, *phrases]),
        marking=frozenset(each.words[0] for each in [*strong, *phrases] if each.kind != LINK),
        allowed_by=allowed_by,
        nearly_negations=_any_of(_split(listed["nearly_negations"])),
    )


def _split(words: str) -> list[str]:
    return [word.strip() for word in words.split(",")]


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")


def _by_first_word(phrases: Sequence[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, list[Phrase]] = {}
    for phrase in sorted(phrases, key=lambda each: -len(each.words)):
        found.setdefault(phrase.words[0], []).append(phrase)
    return {first: tuple(each) for first, each in found.items()}
