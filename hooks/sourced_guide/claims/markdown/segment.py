"""From running text to statements: its sentences, and what stands beside them."""

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

    from sourced_guide.claims.markdown.block_context import Context
    from sourced_guide.claims.markdown.flow import Flow, Mark
    from sourced_guide.claims.model.citation import Citation
    from sourced_guide.claims.model.suppression import Suppression

WORD = re.compile(r"\w")
_QUESTION = re.compile(r"\?[\s\"'”’)\]]*$")
_LEAD_IN = re.compile(r":[\s\"'”’)\]]*$")
# A name with a colon after it, as "Pain:" before a citation, is no longer, in words.
_LONGEST_NAME = 4


@dataclass
class Told:
    """A statement, the place of its words in their flow, and the citation groups that cover it."""

    statement: Statement
    flow: Flow
    start: int = 0
    end: int = 0
    marks: tuple[Mark, ...] = ()


@dataclass
class Allowed:
    """A suppression, with the statements and citations of the block that it covers."""

    suppression: Suppression
    told: list[Told] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    broken: list[Citation] = field(default_factory=list)


def told_sentences(flow: Flow, context: Context) -> Iterator[Told]:
    """Yield the sentences of a flow, each with the citations that stand in it or follow it."""
    spans = [span for span in _spans(flow) if WORD.search(flow.text[slice(*span)])]
    for number, (start, end) in enumerate(spans):
        # A mark where the next sentence starts still directly follows this one.
        begin = start + 1 if number else 0
        next_start = spans[number + 1][0] if number + 1 < len(spans) else len(flow.text)
        marks = tuple(mark for mark in flow.marks if begin <= mark.offset <= next_start)
        told = Told(
            Statement(
                text=" ".join(flow.text[start:end].split()),
                kind=context.kind,
                role=_role(flow, start, end, context),
                box=context.box,
            ),
            flow,
            start,
            end,
        )
        cover(told, marks)
        yield told


def told_asides(flow: Flow, told: list[Told], context: Context) -> Iterator[Told]:
    """Alternative texts and tooltips are covered as the sentence they belong to is."""
    for aside in flow.asides:
        if not WORD.search(aside.text):
            continue
        sentence = beside(told, aside.offset)
        after = tuple(mark for mark in flow.marks if mark.offset >= aside.offset)
        marks = sentence.marks if sentence else after
        editorial = context.editorial or aside.editorial
        statement = Statement(
            text=" ".join(aside.text.split()),
            kind=aside.kind,
            role=Role.EDITORIAL if editorial else Role.CLAIM,
        )
        each = Told(statement, flow, aside.offset, aside.offset)
        cover(each, marks or context.caption, inherited=not marks)
        yield each


def _role(flow: Flow, start: int, end: int, context: Context) -> Role:
    if context.editorial or flow.lies_in(flow.editorial, start, end):
        return Role.EDITORIAL
    text = flow.text[start:end]
    if _QUESTION.search(text):
        return Role.CLAIM if stated_in_question(text) else Role.LABEL
    if context.label or flow.lies_in(flow.buttons, start, end):
        return Role.CLAIM if stated_in_label(text) else Role.LABEL
    return Role.LABEL if _is_name(flow, start, end) else Role.CLAIM


def _is_name(flow: Flow, start: int, end: int) -> bool:
    """Say whether a text only names what its citation is for: "Pain: [@key#passage]"."""
    text = flow.text[start:end]
    is_short = bool(_LEAD_IN.search(text)) and len(text.split()) <= _LONGEST_NAME
    is_cited = is_short and any(end <= mark.offset <= end + 1 for mark in flow.marks)
    return is_cited and not stated_in_label(text)


def _spans(flow: Flow) -> Iterator[tuple[int, int]]:
    """Yield where each sentence starts and ends; a citation after a colon ends one, too."""
    ends = ((mark.offset, flow.text[max(mark.offset - 4, 0) : mark.offset]) for mark in flow.marks)
    cuts = [offset for offset, end in ends if _LEAD_IN.search(end)]
    for start, end in sentences(flow.text):
        yield from pairwise([start, *(cut for cut in cuts if start < cut < end), end])


def beside(told: list[Told], offset: int) -> Told | None:
    """Return the sentence in which an offset of its flow lies."""
    return next((each for each in told if each.start <= offset <= each.end), None)


def lead_in(told: list[Told]) -> tuple[Mark, ...]:
    """Return the citations of the last sentence told, where it ends in a colon."""
    return told[-1].marks if told and _LEAD_IN.search(told[-1].statement.text) else ()


def cover(told: Told, marks: tuple[Mark, ...], *, inherited: bool = False) -> None:
    """Let citation groups cover a statement, `inherited` from a lead-in or a caption."""
    told.marks = marks
    told.statement.citations = tuple(each for mark in marks for each in mark.citations)
    told.statement.inherited = inherited and bool(marks)
