"""Which hedges of a claim are as weak as one of its passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.language.hedging.lexicon import AIM, NEGATION
from sourced_guide.claims.language.normalize import normal_form

if TYPE_CHECKING:
    from sourced_guide.claims.language.hedging.cues import Cue, Sentence

# Which kind of cue (in a claim) can replace which (in a passage), up to which degree. "Sometimes",
# "some people" and "may" can replace one another; but "some people" says who, which "may" does not.
_SAME_DEGREE = -1
_CAN_REPLACE = {
    **{(kind, kind): _SAME_DEGREE for kind in ("possibility", "frequency", "scope", AIM, NEGATION)},
    ("frequency", "possibility"): 0,
    ("possibility", "frequency"): 0,
    ("scope", "frequency"): _SAME_DEGREE,
    ("frequency", "scope"): _SAME_DEGREE,
    (AIM, "possibility"): 0,
    (AIM, "frequency"): _SAME_DEGREE,
}
_CANNOT = frozenset(("cannot", "can't"))
_CAN, _ABLE = frozenset(("can", "could")), normal_form("able")
_NON = "non"


def softens(own: Cue, cue: Cue) -> bool:
    """Say whether a claim with its `own` cue is no stronger than a passage with the `cue`."""
    if own.written in _CANNOT and cue.kind == "possibility":
        # "You can't drive" for "you may not drive".
        return True
    if own.kind == "possibility" and cue.written.startswith("help"):
        # "With it, you can get back strength" for "it helps you get back strength".
        return True
    highest = _CAN_REPLACE.get((own.kind, cue.kind))
    return highest is not None and own.degree <= (
        cue.degree if highest == _SAME_DEGREE else highest
    )


def softens_here(own: Cue, cue: Cue, sentence: Sentence) -> bool:
    """Say whether the claim's `own` cue softens what the `cue` softens in the sentence."""
    if own.kind == cue.kind:
        return True
    if own.kind == AIM:
        # "It aims to" is as soft as a "may", but not as "may aim to" or "may help".
        return not any(other.kind == AIM for other in sentence.cues)
    return own.is_near(cue)


def needs_no_hedge(cue: Cue, words: frozenset[str], sentence: Sentence) -> bool:
    """Say whether a claim with these `words` may leave out a `cue` of its passage's sentence."""
    if cue.kind == AIM:
        # What "helps with pain" eases it.
        return cue.written.endswith(" with")
    if cue.kind == NEGATION:
        # "Non-slip mats help" says nothing of other mats.
        return cue.written == _NON
    # "They were able to walk" for "they could walk". If the passage says "able", too, it says that
    # of something else: "people who are able to walk now can walk afterward".
    return cue.written in _CAN and _ABLE in words and _ABLE not in sentence.words
