"""Causes and effects that have changed places: "sore skin causes pain" for "pain makes skin sore".

The verbs are the causative ones of English (R. Quirk et al., "A Comprehensive Grammar of the
English Language", 1985, chapter 16; VerbNet: engender). What stands before one of them in its part
of the sentence is the cause, what stands after it the effect; with a passive it is the other way
round.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sourced_guide.claims.language.normalize import content_words
from sourced_guide.claims.language.tokens import cached_by_text, vocabulary_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CAUSES = re.compile(
    r"\b(?:causes?|caused|causing|makes?|made|making|leads? to|led to|leading to|brings? on"
    r"|brought on|results? in|resulted in|resulting in|triggers?|triggered|triggering)\b",
    re.IGNORECASE,
)
_IS_CAUSED = re.compile(
    r"\b(?:caused|made|brought on|triggered) by\b"
    r"|\b(?:comes?|came|coming|results?|resulted|resulting) from\b|\bdue to\b|\bbecause of\b",
    re.IGNORECASE,
)
# Without one of these words, a text names no cause.
_VERBS = frozenset(
    (
        *("cause", "causes", "caused", "causing", "make", "makes", "made", "making", "lead"),
        *("leads", "led", "leading", "brings", "bring", "brought", "result", "results"),
        *("resulted", "resulting", "trigger", "triggers", "triggered", "triggering"),
        *("comes", "come", "came", "coming", "due", "because"),
    )
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_END = re.compile(r"[.;:!?|]")


class _Cause(NamedTuple):
    """The words of a cause and of its effect, without those of both, and of what joins them."""

    written: str
    cause: frozenset[str]
    effect: frozenset[str]


def exchanged_causes(claim: str, says: Sequence[str]) -> Iterator[str]:
    """Yield the words that join a cause and its effect in `claim` where the passages exchange them.

    One that a passage has as the claim does is right, whatever others say.
    """
    if _VERBS.isdisjoint(vocabulary_of(claim)):
        return
    known = [each for text in says for each in _causes_in(text)]
    for own in _causes_in(claim):
        is_told = any(_is_same(own, other) for other in known)
        if not is_told and any(_is_exchanged(own, other) for other in known):
            yield own.written


@cached_by_text
def _causes_in(text: str) -> tuple[_Cause, ...]:
    if _VERBS.isdisjoint(vocabulary_of(text)):
        return ()
    parts = _END.split(_IN_BRACKETS.sub("", text))
    return tuple(cause for part in parts for cause in _causes_in_part(part))


def _causes_in_part(part: str) -> Iterator[_Cause]:
    passive = _IS_CAUSED.search(part)
    if match := passive or _CAUSES.search(part):
        before, after = (
            content_words(text) for text in (part[: match.start()], part[match.end() :])
        )
        cause, effect = (after, before) if passive else (before, after)
        yield _Cause(match.group(), cause - effect, effect - cause)


def _is_same(own: _Cause, other: _Cause) -> bool:
    return not (own.cause.isdisjoint(other.cause) and own.effect.isdisjoint(other.effect))


def _is_exchanged(own: _Cause, other: _Cause) -> bool:
    return not (own.cause.isdisjoint(other.effect) or own.effect.isdisjoint(other.cause))
