"""SRC013: a claim is about the people, the part of the body and the country of its passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.rules.support.cited_claims import faults_of_each

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourced_guide.claims.model.place import Place
    from sourced_guide.claims.project.guide import Guide


def other_group(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A claim is about other people, another illness, part of the body or country.

    Why:  What holds for grown-ups need not hold for children, and what holds for an arm not for a
          leg. Readers cannot see whom the source means.
    Bad:  In children, the pain is often worse at night. [@key#passage]  (the passage: adults)
    Good: In adults, the pain is often worse at night. [@key#passage]
    Fix:  Name those whom the passage is about. If the source says who was counted, put that into
          the passage's `population`; if it speaks of this group too, put it into `says`.
    """
    yield from faults_of_each(guide, "SRC013", "groups")
