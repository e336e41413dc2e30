"""Medical statements in text that is not checked against a source.

Text about a guide says how it is made, read and printed. "Take 16 mg each day" and "The pain is
worse at night" are about the illness, wherever they are. They are recognized by a measured figure,
a medicine, a command, a verb of what is done to an illness, or the illness as the subject.
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

_INGESTED = frozenset(("medicine", "remedy"))
_NOT_MEASURED = frozenset((COUNT, DATE, PHONE, RANK))
# Units of people and doses, which no text about a guide needs together with an illness.
_CLINICAL_UNITS = frozenset((PERCENT, "mass", "radiation"))
# The most words of a subject, and of what is between a subject and its verb.
_SUBJECT, _TO_VERB = 4, 5


def medical_statement_in(text: str, *, figures: bool = True) -> str:
    """Return the words by which text about a guide states something about the illness, or nothing.

    `figures` says whether a measured figure is enough.
    """
    if text.rstrip(" \"'”’)]").endswith("?"):
        return ""
    words = words_in(text)
    measured = [
        figure
        for figure in (figures_in(text) if figures else ())
        if figure.unit not in _NOT_MEASURED
    ]
    if phrase_in(words, "guide"):
        clinical = [figure for figure in measured if figure.unit in _CLINICAL_UNITS]
        return clinical[0].written if clinical and _is_medical(text, words) else ""
    if measured:
        return measured[0].written
    ingested = [remedy for remedy in remedies_in(text) if remedy.facet in _INGESTED]
    if ingested and (_verbs(words) or command_in(text)):
        return ingested[0].written
    return command_in(text) or _effect_verb(text, words) or _illness_as_subject(words)


def _is_medical(text: str, words: Sequence[str]) -> bool:
    return has_word(words, "illness") or bool(remedies_in(text))


def _effect_verb(text: str, words: Sequence[str]) -> str:
    verb = next((word for word in words[1:] if word in word_list("effects")), "")
    return verb if verb and _is_medical(text, words) else ""


def _illness_as_subject(words: Sequence[str]) -> str:
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
