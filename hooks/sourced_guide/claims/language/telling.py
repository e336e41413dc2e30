"""When text that is not checked against a source tells something of the illness.

Text about a guide says how it is made, read and printed. "Take 16 mg each day" and "The pain is
worse at night" are about the illness, wherever they stand. What gives them away is a measured
figure, a medicine, a command, a verb of what is done to an illness, or the illness as the subject.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from sourced_guide.claims.language.quantities.parse import figures_in
from sourced_guide.claims.language.quantities.quantity import COUNT, DATE, PERCENT, PHONE, RANK
from sourced_guide.claims.language.topics.reader import Mention, mentions_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# LibYAML, where it is installed, reads the lists in a tenth of the time.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_REMEDIES = frozenset(("medicine", "remedy", "treatment"))
_SWALLOWED = frozenset(("medicine", "remedy"))
_NOT_MEASURED = frozenset((COUNT, DATE, PHONE, RANK))
# What people or doses are measured in: no text about a guide needs it together with an illness.
_OF_PEOPLE = frozenset((PERCENT, "mass", "radiation"))
# How many words of a sentence its subject has at most, and how many stand before its verb.
_SUBJECT, _TO_VERB = 4, 5


def tells_of_illness(text: str, *, figures: bool = True) -> str:
    """Return the words by which text about a guide tells something of the illness, or nothing.

    `figures` says whether a measured figure is enough.
    """
    if text.rstrip(" \"'”’)]").endswith("?"):
        return ""
    words = _words(text)
    remedies = _remedies(text)
    measured = [
        each for each in (figures_in(text) if figures else ()) if each.unit not in _NOT_MEASURED
    ]
    if _phrase(words, "guide"):
        is_medical = bool(remedies) or _has(words, "illness")
        of_people = [each for each in measured if each.unit in _OF_PEOPLE and is_medical]
        return of_people[0].written if of_people else ""
    if measured:
        return measured[0].written
    swallowed = [each for each in remedies if each.facet in _SWALLOWED]
    if swallowed and (_verbs(words) or command_in(text)):
        return swallowed[0].written
    return command_in(text) or _effect(text, words) or _subject(words)


def command_in(text: str) -> str:
    """Return the verb by which a text tells a reader what to take or do against the illness."""
    words = [word for word in _words(text) if word not in _list("before_commands")]
    is_command = bool(words) and words[0] in _list("commands")
    return words[0] if is_command and (_remedies(text) or _has(words[1:], "illness")) else ""


def praised_in(text: str) -> str:
    """Return the words by which a text praises or runs down a remedy, or nothing."""
    praise = _phrase(_words(text), "praise")
    return praise if praise and _remedies(text) else ""


def loaded_in(text: str) -> str:
    """Return the verb by which a topic or question takes for granted what a remedy does."""
    if not (remedies := _remedies(text)):
        return ""
    after = _words(text[remedies[0].end :])
    return next((word for word in after[:3] if word in _list("effects")), "")


def _effect(text: str, words: Sequence[str]) -> str:
    about = _remedies(text) or _has(words, "illness")
    return next((word for word in words[1:] if word in _list("effects")), "") if about else ""


def _subject(words: Sequence[str]) -> str:
    for at, word in enumerate(words[:_SUBJECT]):
        if word in _list("finite"):
            return ""
        if word in _list("illness") and _list("finite").intersection(
            words[at + 1 : at + 1 + _TO_VERB]
        ):
            return word
    return ""


def _verbs(words: Iterable[str]) -> frozenset[str]:
    return (_list("finite") | _list("effects")).intersection(words)


def _has(words: Iterable[str], group: str) -> bool:
    return not _list(group).isdisjoint(words)


def _phrase(words: Iterable[str], group: str) -> str:
    """Return the first of a group's words and phrases that stands there, or nothing."""
    plain = f" {' '.join(words)} "
    return next((each for each in sorted(_list(group)) if f" {each} " in plain), "")


def _remedies(text: str) -> list[Mention]:
    named = [each for each in mentions_in(text) if each.facet in _REMEDIES and each.named]
    stems = tuple(_list("medicine_stems"))
    named += [
        Mention("medicine", frozenset(), frozenset(), match.group(), match.start(), match.end())
        for match in _WORD.finditer(text)
        if len(match.group()) > 6 and match.group().lower().endswith(stems)
    ]
    return named


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def _list(group: str) -> frozenset[str]:
    return _lists()[group]


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = files(__package__).joinpath("telling.yml").read_text("utf-8")
    lists: dict[str, str] = yaml.load(text, Loader=_LOADER)  # noqa: S506 (a safe loader)
    return {
        group: frozenset(
            words.split()
            if group == "medicine_stems"
            else (each.strip() for each in words.split(","))
        )
        for group, words in lists.items()
    }
