"""What a figure of a passage is bound to: the words beside it, by which two can be told apart.

"CT found 70 percent, MRI 93": a claim that says "MRI found 70 out of 100" has a figure of its
passage, and the wrong one.
"""

from __future__ import annotations

import re
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from sourced_guide.claims.language.normalize import content_forms, words
from sourced_guide.claims.language.quantities.compare import complement_of, equals
from sourced_guide.claims.language.quantities.parse import all_figures_in, figures_in
from sourced_guide.claims.language.quantities.quantity import COUNT, PERCENT, Bound, Figure
from sourced_guide.claims.language.tokens import cached_by_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

# Where the words of one figure end and those of the next begin.
_CHUNK_END = re.compile(
    r"[,;:.|]\s|\s(?:and|but|while|whereas|than|against|versus|or|compared)\s", re.IGNORECASE
)
# Those who are told from a group that is named.
_OTHERS = re.compile(r"\bother(?= [a-z])|\b(?:others|rest)\b")
# When a figure was counted: each of these prepositions excludes the others (Quirk et al.,
# chapter 9).
_WHEN = re.compile(r"\b(?:before|during|after)(?= [a-z])")
# "19 more, so 45 of 100": a difference leads to a share, and is none of the numbers that it stands
# with. What follows is said of the share.
_DIFFERENCE = re.compile(r" (?:more|fewer|less)\b(?=[,.;:]| of\b)", re.IGNORECASE)
_TIMES = frozenset(("before", "during", "after"))
_SENTENCE_ENDS = (".", "|")
_NO_BRACKETS = str.maketrans("()", "  ")
_MOST_FIGURES = 12


class _Bound(NamedTuple):
    """A figure, and the words and the other numbers, with their units, that it stands with."""

    figure: Figure
    words: frozenset[str]
    numbers: frozenset[tuple[str, Decimal]]

    def joined(self, other: _Bound) -> _Bound:
        """Return this figure with what the other one stands with, too."""
        return _Bound(self.figure, self.words | other.words, self.numbers | other.numbers)

    def unlike(self, other: _Bound) -> frozenset[object]:
        """Return what this figure stands with and the other one does not.

        A number counts where the other one stands with another number of its unit: "after one
        treatment", "after five".
        """
        is_share = self.figure.unit == PERCENT or self.figure.is_unitless
        units = {unit for unit, _ in other.numbers} if is_share else set()
        numbers = {number for number in self.numbers - other.numbers if number[0] in units}
        return frozenset[object](self.words - other.words) | numbers


def exchanged_figures(claim: str, passages: Sequence[str]) -> Iterator[tuple[Figure, Figure]]:
    """Yield each figure of a claim that its passages have for something else, and the one meant.

    The figure stands with words that only another figure of the same passage stands with.
    """
    stated = figures_in(claim)
    if not stated or not any(len(_comparable_in(passage)) > 1 for passage in passages):
        return
    bound = _bound_in(claim, stated)
    for own in bound:
        verdicts = [
            _other_meant(own, bound, claim, _comparable_in(passage)) for passage in passages
        ]
        has_it = [verdict for verdict in verdicts if verdict is not None]
        # One passage that has the figure for the same thing is enough.
        if has_it and all(has_it):
            yield own.figure, has_it[0][0]


@cached_by_text
def _comparable_in(passage: str) -> list[_Bound]:
    figures = [figure for figure in all_figures_in(passage) if not figure.is_implied]
    return _bound_in(passage, figures) if 1 < len(figures) <= _MOST_FIGURES else []


def _other_meant(
    own: _Bound, stated: Sequence[_Bound], claim: str, known: Sequence[_Bound]
) -> list[Figure] | None:
    """Return the figure that a claim's words are about, [] if it is its own, None if unknown.

    `stated` are all figures of the claim.
    """
    same = [each for each in known if _is_equal(own.figure, each.figure)]
    if not same:
        return _share_meant(own, stated, known)
    together = reduce(_Bound.joined, same)
    own_has = own.words | own.numbers
    for other in known:
        if other in same or not _may_be_meant(own.figure, other.figure):
            continue
        is_share = own.figure.unit == PERCENT or own.figure.is_unitless
        if is_share and _is_of_the_time(own, other) and not _is_of_the_time(own, together):
            return [other.figure]
        only_other = other.unlike(together)
        if not own_has & only_other:
            continue
        only_same = together.unlike(other)
        if partner := _stated_as(other.figure, stated):
            # A claim that has both figures may have exchanged them: each stands with words of the
            # other one, unlike in "81 percent of these and 63 percent of those could walk".
            partner_has = partner.words | partner.numbers
            is_exchanged = not (own_has & only_same or partner_has & only_other)
            if is_exchanged and partner_has & only_same:
                return [other.figure]
        elif only_same and not _around(claim, own.figure) & only_same:
            return [other.figure]
    return []


def _is_of_the_time(own: _Bound, known: _Bound) -> bool:
    """Say whether both stand with "before", "during" or "after", or one of them with none."""
    when, known_when = own.words & _TIMES, known.words & _TIMES
    return bool(when & known_when) or not (when and known_when)


def _share_meant(
    own: _Bound, stated: Sequence[_Bound], known: Sequence[_Bound]
) -> list[Figure] | None:
    """Return the share that a claim has for the rest of 100, and the rest for it, or None.

    "65 percent in the first 4 months": of a claim with both figures, 35 are not of these months.
    """
    for share in known:
        rest = complement_of(share.figure)
        if share.figure.unit != PERCENT or not _is_equal(own.figure, rest):
            continue
        if (partner := _stated_as(share.figure, stated)) and (
            _numbers_without(own, partner) & share.numbers
            and not _numbers_without(partner, own) & share.numbers
        ):
            return [share.figure]
    return None


def _numbers_without(own: _Bound, other: _Bound) -> frozenset[tuple[str, Decimal]]:
    """Return the numbers that a figure stands with, but not by way of another figure."""
    is_after = any(low == other.figure.low for _, low in own.numbers)
    return own.numbers - other.numbers if is_after else own.numbers


def _stated_as(other: Figure, stated: Sequence[_Bound]) -> _Bound | None:
    same = (
        each
        for each in stated
        if each.figure.bound == other.bound and _is_equal(each.figure, other)
    )
    return next(same, None)


def _is_equal(figure: Figure, known: Figure) -> bool:
    return _is_alike(figure, known) and equals(figure, known)


def _is_alike(figure: Figure, known: Figure) -> bool:
    units = {figure.unit, known.unit}
    return len(units) == 1 or units == {COUNT, PERCENT}


def _may_be_meant(figure: Figure, other: Figure) -> bool:
    """Say whether another figure is of the same kind and size."""
    is_kind = figure.unit == other.unit or figure.is_unitless
    return is_kind and figure.low <= 10 * other.low and other.low <= 10 * figure.low


def _around(text: str, figure: Figure) -> frozenset[object]:
    """Return the words and the other numbers, with their units, of the sentence of a figure."""
    sentence = _sentence_around(text, figure)
    others = (other for other in all_figures_in(sentence) if other.low != figure.low)
    return _words(sentence) | {(other.unit, other.low) for other in others}


def _sentence_around(text: str, figure: Figure) -> str:
    start = max(text.rfind(stop, 0, figure.start) for stop in (". ", "| ", "; "))
    end = min(
        (at for stop in (". ", " |", "; ") if (at := text.find(stop, figure.end)) >= 0),
        default=len(text),
    )
    return text[start + 1 : end]


def _bound_in(text: str, figures: Sequence[Figure]) -> list[_Bound]:
    """Return figures with the words of their chunk, or of the next where it has none."""
    # What stands in brackets belongs to the words before: "35 percent of the group (35 of 100)".
    text = text.translate(_NO_BRACKETS)
    ends = [match.start() for match in _CHUNK_END.finditer(text)]
    every_figure = all_figures_in(text)
    every_number = [other for other in every_figure if not _is_difference(other, text)]
    bound = []
    for figure in figures:
        start, introduced = _start_of_chunk(text, figure, ends, every_figure)
        following = [end for end in ends if end >= figure.end]
        beside: frozenset[str] = frozenset()
        numbers: frozenset[tuple[str, Decimal]] = frozenset()
        ends_of_words = [*following[:2], len(text)]
        for end in ends_of_words[:1] if _is_difference(figure, text) else ends_of_words:
            beside = _words(text[start:end])
            numbers = _numbers_beside(figure, introduced, end, every_number)
            if beside or numbers or text[end : end + 1] in _SENTENCE_ENDS:
                break
        bound.append(_Bound(figure, beside, numbers))
    return bound


def _numbers_beside(
    figure: Figure, start: int, end: int, figures: Sequence[Figure]
) -> frozenset[tuple[str, Decimal]]:
    """Return the numbers between two places that are not shares, as the one of a figure may be."""
    is_share = any(other.is_denominator for other in figures)
    return frozenset(
        (other.unit, other.low)
        for other in figures
        if start <= other.start and other.end <= end
        if other.unit != PERCENT and not other.is_denominator and other is not figure
        if other.unit != figure.unit or (is_share and other.start != figure.start)
    )


def _is_difference(figure: Figure, text: str) -> bool:
    return figure.is_unitless and bool(_DIFFERENCE.match(text, figure.end))


def _start_of_chunk(
    text: str, figure: Figure, ends: Sequence[int], figures: Sequence[Figure]
) -> tuple[int, int]:
    """Return where the words of a figure begin, and where the numbers that it stands with begin.

    "Over 80, about 33 of 100 did": what stands before the comma and has no share of its own leads
    to the figure. "Of 100 people who had five treatments" has words about all of them.
    """
    before = [0, *(end + 1 for end in ends if end < figure.start)]
    start = before[-1]
    if len(before) == 1 or text[start - 1] != ",":
        return start, start
    earlier = [other for other in figures if before[-2] <= other.start < start]
    kinds = {PERCENT, figure.unit} - {COUNT}
    if any(other.unit in kinds or _is_listed(other, text) for other in earlier):
        return start, start
    is_of_all = any(other.is_denominator or other.counted_noun for other in earlier)
    return start if is_of_all else before[-2], before[-2]


def _is_listed(figure: Figure, text: str) -> bool:
    """Say whether a number is one of a list of shares: "MRI 93, PET 82", not "Over 80, 33 did"."""
    is_plain = figure.is_unitless and figure.bound is Bound.NONE
    return is_plain and text[figure.end : figure.end + 1] == ","


def _words(text: str) -> frozenset[str]:
    """Return the words of a text by which a figure may be told from another one."""
    text = text.lower()
    # Nobody else reads the few words beside a figure, so they are not remembered.
    named = frozenset([word for word in content_forms(words(text)) if not word[0].isdigit()])
    return named.union(_OTHERS.findall(text), _WHEN.findall(text))
