"""SRC005 across sentences: a figure that follows from those before it has to add up with them."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING

from sourced_guide.claims.model.statement import Role
from sourced_guide.claims.project.store.store import digest_of

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
    kept = guide.project.store.shelf("derived figures")
    for _, page in guide.pages:
        found = kept.get(_key(guide, page), lambda: list(_in_page(guide, page)))  # noqa: B023
        for at, message, help_ in found:
            yield page.statements[at].place, message, help_


def _key(guide: Guide, page: PageText) -> str:
    """Return a key for all that it depends on: a page and the sources that it cites."""
    sources = guide.references.sources
    cited = {citation.key for citation in page.citations} & sources.keys()
    return page.digest and digest_of(page.digest, *(sources[key].digest for key in sorted(cited)))


def _in_page(guide: Guide, page: PageText) -> Iterator[tuple[int, str, str]]:
    """Yield the number of each statement that is at fault, what is wrong, what to do."""
    # Most checks have no new page, and so read no figure.
    from sourced_guide.claims.rules.support.faults.arithmetic import (  # noqa: PLC0415
        wrong_differences,
        wrong_rests,
    )

    before: deque[str] = deque(maxlen=_BEFORE)
    picture = ""
    for at, statement in enumerate(page.statements):
        text = statement.text
        if statement.kind == "heading":
            before.clear()
        if statement.role is not Role.CLAIM:
            continue
        if picture and statement.kind == "caption":
            yield from (
                (at, message, "give the picture and its words the same figure")
                for message in _unlike_picture(picture, text)
            )
        picture = text if statement.kind == "drawing" and _IN_A_PICTURE.fullmatch(text) else ""
        if _DERIVED.search(text):
            earlier = tuple(before)
            for rest, left in wrong_rests(text, earlier):
                message = f"the figure '{rest.written}' is not what the share before it leaves"
                yield at, message, f"that leaves {left.normalize():f} of 100"
            passages = guide.references.passages(statement.citations).values()
            for figure in wrong_differences(text, earlier, [each.says for each in passages]):
                message = f"the figure '{figure.written}' is not the difference of those before it"
                yield at, message, "subtract the two shares again"
        before.append(text)


def _unlike_picture(picture: str, caption: str) -> Iterator[str]:
    """Yield what is wrong with the first words below a picture of people: another figure."""
    # As above.
    from sourced_guide.claims.language.quantities.compare import equals  # noqa: PLC0415
    from sourced_guide.claims.rules.support.faults.arithmetic import figures_by_part  # noqa: PLC0415

    shown = next(iter(figures_by_part(picture).shares), None)
    told = [*figures_by_part(caption).shares, *figures_by_part(caption).rests]
    if shown and told and not any(equals(shown, each) or shown.low == each.low for each in told):
        yield f"the picture shows '{shown.written}', and the words below it '{told[0].written}'"
