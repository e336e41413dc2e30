"""Medical statements in text that is not checked against a source.

Text about a guide says how it is made, read and printed. "Take 16 mg each day" and "The pain is
worse at night" are about the illness, wherever they stand. What gives them away is a measured
figure, a medicine, a command, a verb of what is done to an illness, or the illness as the subject.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.language.medical_words import (
    command_in,
    has_word,
    phrase_in,
    remedies_in,
    word_list,
    words_in,
)
from sourced_guide.claims.language.quantities.parse import figures_in
from sourced_guide.claims.language.quantities.quantity import COUNT, DATE, PERCENT, PHONE, RANK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SWALLOWED = frozenset(("medicine", "remedy"))
_NOT_MEASURED = frozenset((COUNT, DATE, PHONE, RANK))
# What people or doses are measured in: no text about a guide needs it together with an illness.
_OF_PEOPLE = frozenset((PERCENT, "mass", "radiation"))
# How many words of a sentence its subject has at most, and how many stand before its verb.
_SUBJECT, _TO_VERB = 4, 5


def medical_statement_in(text: str, *, figures: bool = True) -> str:
    """Return the words by which text about a guide tells something of the illness, or nothing.

    `figures` says whether a measured figure is enough.
    """
    if text.rstrip(" \"'”’)]").endswith("?"):
        return ""
    words = words_in(text)
    remedies = remedies_in(text)
    measured = [
        figure
        for figure in (figures_in(text) if figures else ())
        if figure.unit not in _NOT_MEASURED
    ]
    if phrase_in(words, "guide"):
        is_medical = bool(remedies) or has_word(words, "illness")
        of_people = [figure for figure in measured if figure.unit in _OF_PEOPLE and is_medical]
        return of_people[0].written if of_people else ""
    if measured:
        return measured[0].written
    swallowed = [remedy for remedy in remedies if remedy.facet in _SWALLOWED]
    if swallowed and (_verbs(words) or command_in(text)):
        return swallowed[0].written
    return command_in(text) or _effect(text, words) or _subject(words)


def _effect(text: str, words: Sequence[str]) -> str:
    about = remedies_in(text) or has_word(words, "illness")
    return next((word for word in words[1:] if word in word_list("effects")), "") if about else ""


def _subject(words: Sequence[str]) -> str:
    for at, word in enumerate(words[:_SUBJECT]):
        if word in word_list("finite"):
            return ""
        if word in word_list("illness") and word_list("finite").intersection(
            words[at + 1 : at + 1 + _TO_VERB]
        ):
            return word
    return ""


def _verbs(words: Iterable[str]) -> frozenset[str]:
    return (word_list("finite") | word_list("effects")).intersection(words)
