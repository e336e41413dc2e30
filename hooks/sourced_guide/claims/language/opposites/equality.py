"""Comparisons of equality and of inequality: "as common as" against "more common than".

Both are read by their form (R. Quirk et al., "A Comprehensive Grammar of the English Language",
1985, chapter 15). Which of two is more than the other is for `antonyms`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sourced_guide.claims.language.normalize import normal_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# What may stand between what is compared and what it is compared with.
_BETWEEN = r"(?: [a-z'-]+){0,5}?"
_EQUAL = re.compile(
    rf"(?P<not>\b(?:not|n't) (?:quite |nearly )?)?\bas (?P<word>[a-z]+){_BETWEEN} as\b"
)
_UNEQUAL = re.compile(
    r"(?P<not>\b(?:no|not) )?\b(?:(?:more|less) (?P<word>[a-z]+)|(?P<ending>[a-z]{3,}er))"
    rf"{_BETWEEN} than\b"
)
# "It works as well as": elsewhere these words join two things.
_AS_WELL = re.compile(
    r"(?P<not>\b(?:not|n't) )?\b(?:works?|worked|working|does|do|did|helps?|helped)"
    r"(?: (?:about|just|nearly|almost|much))? as (?P<word>well) as\b"
)
# "No worse than" is neither.
_BETTER = re.compile(rf"(?P<not>\bnot )?(?<!\bno )\b(?:better|worse){_BETWEEN} than\b")
# "As soon as", "as well as", "as much as 40", "rather than" and "other than" compare nothing.
_NO_COMPARISON = frozenset(
    (
        *("far", "few", "if", "little", "long", "many", "much", "soon", "though", "well"),
        *("rather", "other"),
    )
)


def other_degree(claim: str, says: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what a claim has as equal and its passages as unequal, or the other way round.

    Each is a pair of the claim's words and the passage's.
    """
    own = _compared(claim)
    if not own:
        return
    known = [_compared(text) for text in says]
    for (form, is_equal), written in own.items():
        others = [each[form, not is_equal] for each in known if (form, not is_equal) in each]
        if others and not any((form, is_equal) in each for each in known):
            yield written, others[0]


def _compared(text: str) -> Mapping[tuple[str, bool], str]:
    """Return the words for what a text compares, by their form and whether it is equal."""
    text = text.lower()
    found: dict[tuple[str, bool], str] = {}
    for pattern, is_equal in ((_EQUAL, " as "), (_UNEQUAL, " than")):
        if is_equal in text:
            found.update(_matches(pattern, text, is_equal=is_equal == " as "))
    return found


def _matches(
    pattern: re.Pattern[str], text: str, *, is_equal: bool
) -> Iterator[tuple[tuple[str, bool], str]]:
    for match in _AS_WELL.finditer(text) if is_equal else _BETTER.finditer(text):
        yield (normal_form("well"), is_equal != bool(match["not"])), match.group()
    for match in pattern.finditer(text):
        groups = match.groupdict()
        word = groups["word"] or _positive(groups["ending"])
        if word not in _NO_COMPARISON and (groups.get("ending") not in _NO_COMPARISON):
            yield (normal_form(word), is_equal != bool(match["not"])), match.group()


def _positive(comparative: str) -> str:
    """Return what a comparative compares: "weak" for "weaker", "easy" for "easier"."""
    stem = comparative.removesuffix("er")
    return f"{stem[:-1]}y" if stem.endswith("i") else stem
