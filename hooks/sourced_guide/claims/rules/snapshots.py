"""LIB004 and LIB005: each passage is in the saved copy of its source, with its figures.

Copies are not part of a build; without a folder of them these rules have nothing to say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sourced_guide.claims.rules.snapshot_lookup import Lookup, look_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourced_guide.claims.model.finding import Place
    from sourced_guide.claims.project.guide import Guide

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def passage_not_in_snapshot(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A passage's start and end are not found in the saved copy of its source, or found twice.

    Why:  A reader who follows the citation has to find the passage. Where it is gone, the source
          has changed, or it was never there.
    Bad:  start: usually worse by night  (the source has "usually worse at night")
    Good: start: usually worse at night
    Fix:  Look the passage up in the source. Mend `start` and `end` so that they lead to one place,
          or drop what rests on it.
    """
    for found in (
        look_up(guide.references, guide.project.snapshots) if guide.project.snapshots else ()
    ):
        if found.texts is not None and len(found.texts) != 1:
            times = f"stands {len(found.texts)} times" if found.texts else "is not"
            yield (
                found.passage.place,
                f"passage '{found.passage.id}' of '{found.source.key}' {times} in the snapshot",
                "look it up in the source; mend `start` and `end` so that they lead to one place",
            )


def figure_not_in_snapshot(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A passage lists a figure that its text in the saved copy lacks.

    Why:  Claims are checked against the figures of the passage, so these have to be the source's.
    Bad:  figures: [70 percent]  (the text of the passage has "30 percent")
    Good: figures: [30 percent]
    Fix:  Mend the figure, or let the passage reach as far as the figure does.
    """
    for found in (
        look_up(guide.references, guide.project.snapshots) if guide.project.snapshots else ()
    ):
        if found.texts is None or len(found.texts) != 1:
            continue
        numbers = set(_NUMBER.findall(found.texts[0]))
        for figure in found.passage.figures:
            if missing := [each for each in _NUMBER.findall(figure) if each not in numbers]:
                name = f"passage '{found.passage.id}' of '{found.source.key}'"
                lacking = ", ".join(missing)
                yield (
                    found.passage.place,
                    f"{name} lists the figure '{figure}', but its text has no {lacking}",
                    "mend the figure, or let the passage reach as far as the figure does",
                )


def _looked_up(guide: Guide) -> Iterator[Lookup]:
    snapshots = guide.project.snapshots
    return look_up(guide.references, snapshots) if snapshots else iter(())
