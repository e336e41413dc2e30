"""Whether a sentence explains a medical word in it.

The house rule: plain word first, medical word in brackets, "the tough cover around the nerves
(the dura)". Other ways to say what a word means are accepted, too: "(dura) a ...", "called the
dura", "the dura is a ...", "the dura, a tough cover, ...". They are recognized by their form alone;
whether the plain words are right, only a person can judge.
"""

from __future__ import annotations

import re

from sourced_guide.claims.model.statement import BETWEEN_CELLS

# How far from the word its explanation may be, in characters.
_NEAR = 200

# Brackets around the word, with the plain words before them: "the cover of the cord (the dura".
_IN_BRACKETS = re.compile(r"\w\W{1,3}\([^()]*$")
# Brackets after it that hold more than another short form: "dura (the cover of the cord)".
_BRACKETS_AFTER = re.compile(r"^(?: [\w-]+)?\s?\((?=[^()]*\b[a-z]{3})[^()]+\)")
# The word is given as a name: "is called the dura", "known as dura", "another name is dura".
_NAMED = re.compile(
    r"\b(?:call(?:s|ed)?|known as|named|term(?:ed)?|(?:name|word)s? (?:for|is|are))\b"
    r"[^.;:()]{0,40}$",
    re.IGNORECASE,
)
# A definition with a verb: "dura is a", "steroids are drugs that", "biopsy takes".
_DEFINED = re.compile(
    r"^(?: [\w-]+)? (?:means?|(?:is|are) (?:also )?(?:an?|the|one|another|when|where|what)"
    r"|are (?:(?!that\b|which\b|who\b)[\w-]+ ){1,5}(?:that|which|who)"
    r"|uses?|stands? for)\b"
)
# An apposition after it, or before it: "the dura, a tough cover,".
_APPOSED_AFTER = re.compile(r"^(?:,| [–—-]|:) (?:an?|the|one|which|also|drugs?|meaning|that is)\b")
_APPOSED_BEFORE = re.compile(r"^(?:An?|The) [^,.;:()]{8,}(?:,| [–—-]) (?:an?|the) $")
# One comma and "or": with more it would be a list of several things.
_OR_AFTER = re.compile(r"^, or (?:an? |the )?[a-z]")
_OR_BEFORE = re.compile(r"^[^,]*, or (?:an? |the )?$")


def sentence_explains(text: str, start: int, end: int) -> bool:
    """Say whether `text` has plain words beside the word at `start` to `end`.

    In a table row another cell explains a word that has a cell to itself.
    """
    before, after = _context(text, start, end)
    has_own_cell = len((before + after).split()) <= 1 and BETWEEN_CELLS in text
    return bool(
        has_own_cell
        or _IN_BRACKETS.search(before)
        or _BRACKETS_AFTER.search(after)
        or _NAMED.search(before)
        or _DEFINED.search(after)
        or _APPOSED_AFTER.search(after)
        or _APPOSED_BEFORE.search(before)
        or _OR_BEFORE.search(before)
        or ("," not in before and _OR_AFTER.search(after))
    )


def label_explains(text: str, start: int, end: int) -> bool:
    """Say whether a heading or another label explains the word in it, by brackets."""
    before, after = _context(text, start, end)
    return bool(_IN_BRACKETS.search(before) or _BRACKETS_AFTER.search(after))


def _context(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the text just before and after a word; in a table, only that of its cell."""
    before = text[max(0, start - _NEAR) : start].rpartition(BETWEEN_CELLS)[2]
    return before, text[end : end + _NEAR].partition(BETWEEN_CELLS)[0]
