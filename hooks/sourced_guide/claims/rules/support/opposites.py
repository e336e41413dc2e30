"""SRC012: a claim does not say the opposite of its passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.rules.support.cited_claims import faults_of_each

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourced_guide.claims.model.place import Place
    from sourced_guide.claims.project.guide import Guide


def opposite_of_passage(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A claim says the opposite of what its passages say of the same thing.

    Why:  Higher for lower, before for after, or a lost "not" turns good advice into harm, and the
          sentence looks as if it were sourced.
    Bad:  Stop steroids without asking your doctor. [@key#passage]  (the passage: never stop them)
    Good: Never stop steroids without asking your doctor. [@key#passage]
    Fix:  Read the passage again and say it the way round in which it does. If the claim is right,
          cite a passage that says so, or correct the passage's `says`.
    """
    yield from faults_of_each(guide, "SRC012", "opposites")
