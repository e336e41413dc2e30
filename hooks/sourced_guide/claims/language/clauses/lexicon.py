"""The words of `lexicon.yml`, made ready to be found in a text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# LibYAML, where it is installed, reads the lists in a tenth of the time.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
OPENER, DENIAL, NEAR_DENIAL, NO_DENIAL = "opener", "denial", "near denial", "no denial"


@dataclass(frozen=True)
class Phrase:
    """Words with a meaning here, and which."""

    words: tuple[str, ...]
    kind: str


@dataclass(frozen=True)
class Lexicon:
    """`lexicon.yml`, made ready. Phrases are found by their first word, the longest first."""

    phrases: Mapping[str, tuple[Phrase, ...]]
    subjects: frozenset[str]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]


@cache
def lexicon() -> Lexicon:
    """Return the lists, read once."""
    text = files(__package__).joinpath("lexicon.yml").read_text("utf-8")
    listed: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 (a safe loader)
    phrases: dict[str, list[Phrase]] = {}
    for phrase in sorted(_phrases(listed), key=lambda phrase: -len(phrase.words)):
        phrases.setdefault(phrase.words[0], []).append(phrase)
    return Lexicon(
        phrases={first: tuple(longest_first) for first, longest_first in phrases.items()},
        subjects=frozenset(_split(listed["subjects"])),
        prefixes=tuple(listed["denying_prefixes"].split()),
        suffixes=tuple(listed["denying_suffixes"].split()),
    )


def _phrases(listed: Mapping[str, object]) -> Iterator[Phrase]:
    for name, kind in (
        # Of phrases of one length, the first counts.
        ("no_denials", NO_DENIAL),
        ("denials", DENIAL),
        ("openers", OPENER),
        ("near_denials", NEAR_DENIAL),
    ):
        groups = listed[name]
        for words in groups.values() if isinstance(groups, dict) else (groups,):
            yield from (Phrase(tuple(phrase.split()), kind) for phrase in _split(str(words)))


def _split(words: str) -> list[str]:
    return [word.strip() for word in words.split(",")]
