"""SRC005 across sentences: a figure that follows from those before it has to add up with them."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING

from sourced_guide.claims.language.quantities.compare import equals
from sourced_guide.claims.model.statement import Role
from sourced_guide.claims.rules.support.arithmetic import (
    figures_by_part,
    wrong_differences,
    wrong_rests,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourced_guide.claims.model.place import Place
    from sourced_guide.claims.model.statement import PageText
    from sourced_guide.claims.project.guide import Guide

# How many sentences before it a figure may follow from, in the same part of the page.
_BEFORE = 6
# What any figure that follows from others has beside it; nothing else is read.
_DERIVED = re.compile(r"\bother (?:about |nearly |almost )?\d|\d (?:more|fewer|less)\b", re.I)
_IN_A_PICTURE = re.compile(r"\d+ of \d+")


def derived_figure_faults(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """Yield each figure that does not follow from those before it: its place, what to do."""
    for _, page in guide.pages:
        yield from _in_page(guide, page)


def _in_page(guide: Guide, page: PageText) -> Iterator[tuple[Place, str, str]]:
    before: deque[str] = deque(maxlen=_BEFORE)
    picture = ""
    for statement in page.statements:
        text = statement.text
        if statement.kind == "heading":
            before.clear()
        if statement.role is not Role.CLAIM:
            continue
        if picture and statement.kind == "caption":
            yield from (
                (statement.place, message, "give the picture and its words the same figure")
                for message in _unlike_picture(picture, text)
            )
        picture = text if statement.kind == "drawing" and _IN_A_PICTURE.fullmatch(text) else ""
        if _DERIVED.search(text):
            earlier = tuple(before)
            for rest, left in wrong_rests(text, earlier):
                message = f"the figure '{rest.written}' is not what the share before it leaves"
                yield statement.place, message, f"that leaves {left.normalize():f} of 100"
            passages = guide.references.passages(statement.citations).values()
            for figure in wrong_differences(text, earlier, [each.says for each in passages]):
                message = f"the figure '{figure.written}' is not the difference of those before it"
                yield statement.place, message, "subtract the two shares again"
        before.append(text)


def _unlike_picture(picture: str, caption: str) -> Iterator[str]:
    """Yield what is wrong with the first words below a picture of people: another figure."""
    shown = next(iter(figures_by_part(picture).shares), None)
    told = [*figures_by_part(caption).shares, *figures_by_part(caption).rests]
    if shown and told and not any(equals(shown, each) or shown.low == each.low for each in told):
        yield f"the picture shows '{shown.written}', and the words below it '{told[0].written}'"
