"""From inline text to segments: its sentences, and the texts that belong to them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from sourced_guide.claims.language.labels import stated_in_label, stated_in_question
from sourced_guide.claims.language.sentences import sentences
from sourced_guide.claims.model.statement import Role, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourced_guide.claims.markdown.segments.block_context import Context
    from sourced_guide.claims.markdown.segments.inline_text import (
        Anchors,
        CitationAnchor,
        InlineText,
    )
    from sourced_guide.claims.model.citation import Citation
    from sourced_guide.claims.model.suppression import Suppression

WORD = re.compile(r"\w")
_QUESTION = re.compile(r"\?[\s\"'”’)\]]*$")
_LEAD_IN = re.compile(r":[\s\"'”’)\]]*$")
# The most words of a name before a colon, as in "Pain:" before a citation.
_LONGEST_NAME = 4


@dataclass
class Segment:
    """A statement, its span in the inline text, and the citations that cover it."""

    statement: Statement
    inline: InlineText
    start: int = 0
    end: int = 0
    anchors: Anchors = ()


@dataclass
class SuppressedBlock:
    """A suppression, with the statements and citations of the block that it covers."""

    suppression: Suppression
    segments: list[Segment] = field(default_factory=list)
    anchors: list[CitationAnchor] = field(default_factory=list)
    broken: list[Citation] = field(default_factory=list)


def sentence_segments(inline: InlineText, context: Context) -> Iterator[Segment]:
    """Yield the sentences of an inline text with the citations in or after them."""
    spans = [span for span in _spans(inline) if WORD.search(inline.text, *span)]
    for number, (start, end) in enumerate(spans):
        anchors: Anchors = ()
        if inline.anchors:
            # A citation where the next sentence starts still directly follows this one.
            begin = start + 1 if number else 0
            after = spans[number + 1][0] if number + 1 < len(spans) else len(inline.text)
            anchors = tuple([each for each in inline.anchors if begin <= each.offset <= after])
        segment = Segment(
            Statement(
                text=" ".join(inline.text[start:end].split()),
                kind=context.kind,
                role=_role(inline, start, end, context),
                box=context.box,
            ),
            inline,
            start,
            end,
        )
        attach_citations(segment, anchors)
        yield segment


def aside_segments(
    inline: InlineText, segments: list[Segment], context: Context
) -> Iterator[Segment]:
    """Yield alternative texts and tooltips, covered like the sentence that they belong to."""
    for aside in inline.asides:
        if not WORD.search(aside.text):
            continue
        sentence = enclosing_sentence(segments, aside.offset)
        after = tuple(anchor for anchor in inline.anchors if anchor.offset >= aside.offset)
        anchors = sentence.anchors if sentence else after
        editorial = context.editorial or aside.editorial
        statement = Statement(
            text=" ".join(aside.text.split()),
            kind=aside.kind,
            role=Role.EDITORIAL if editorial else Role.CLAIM,
        )
        segment = Segment(statement, inline, aside.offset, aside.offset)
        attach_citations(segment, anchors or context.caption, inherited=not anchors)
        yield segment


def _role(inline: InlineText, start: int, end: int, context: Context) -> Role:
    if context.editorial or inline.is_within(inline.editorial, start, end):
        return Role.EDITORIAL
    text = inline.text[start:end]
    if _QUESTION.search(text):
        return Role.CLAIM if stated_in_question(text) else Role.LABEL
    if context.label or inline.is_within(inline.buttons, start, end):
        return Role.CLAIM if stated_in_label(text) else Role.LABEL
    return Role.LABEL if _is_name(inline, start, end) else Role.CLAIM


def _is_name(inline: InlineText, start: int, end: int) -> bool:
    """Say whether a text only names what its citation is for: "Pain: [@key#passage]"."""
    text = inline.text[start:end]
    is_short = bool(_LEAD_IN.search(text)) and len(text.split()) <= _LONGEST_NAME
    is_cited = is_short and any(end <= anchor.offset <= end + 1 for anchor in inline.anchors)
    return is_cited and not stated_in_label(text)


def _spans(inline: InlineText) -> Iterator[tuple[int, int]]:
    """Yield the span of every sentence; a citation after a colon ends one, too."""
    ends = (
        (anchor.offset, inline.text[max(anchor.offset - 4, 0) : anchor.offset])
        for anchor in inline.anchors
    )
    cuts = [offset for offset, end in ends if _LEAD_IN.search(end)]
    if not cuts:
        yield from sentences(inline.text)
        return
    for start, end in sentences(inline.text):
        yield from pairwise([start, *(cut for cut in cuts if start < cut < end), end])


def enclosing_sentence(segments: list[Segment], offset: int) -> Segment | None:
    """Return the sentence at an offset of the inline text."""
    return next((found for found in segments if found.start <= offset <= found.end), None)


def with_asides(sentences: list[Segment], asides: list[Segment]) -> Iterator[Segment]:
    """Yield sentences, each followed by the asides that belong to it; then all other asides."""
    if not asides:
        yield from sentences
        return
    owners = [enclosing_sentence(sentences, aside.start) for aside in asides]
    for sentence in [*sentences, None]:
        if sentence:
            yield sentence
        yield from (aside for aside, owner in zip(asides, owners, strict=True) if owner is sentence)


def list_intro_citations(segments: list[Segment]) -> Anchors:
    """Return the citations of the last sentence, where it ends in a colon."""
    return segments[-1].anchors if segments and _LEAD_IN.search(segments[-1].statement.text) else ()


def attach_citations(segment: Segment, anchors: Anchors, *, inherited: bool = False) -> None:
    """Set the citation groups that cover a statement, `inherited` from a lead-in or a caption."""
    segment.anchors = anchors
    segment.statement.citations = tuple(
        [citation for anchor in anchors for citation in anchor.citations]
    )
    segment.statement.inherited = inherited and bool(anchors)
