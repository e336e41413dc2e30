"""REV001 and REV002: pages say when they were last reviewed, and are not overdue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sourced_guide.claims.project.front_matter import NEXT_REVIEW, day, front_matter_problems, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sourced_guide.claims.model.place import Place
    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.io.schema import Problem

# The start of the message about a missing field.
_MISSING_FIELD = re.compile(r"^the page lacks the field ")


def missing(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A page does not say when it was last checked, by whom, and when the next check is due.

    Why:  Medicine changes, and readers must be able to see how old a page is.
    Bad:  reviewed: 2026-13-01
    Good: reviewed: 2026-11-21
          next-review: 2027-11-21
          reviewer: none yet
    Fix:  Add the three fields between the two `---` lines at the top of the page. Record only
          reviews that took place; if no clinician has read the page, the reviewer is `none yet`.
          A page with `editorial:` does not need the fields, but if it has them, they must be valid.
    """
    kept = guide.project.store.shelf("REV001")
    for file, _ in guide.pages:
        # Front matter that cannot be read at all is a finding of SRC009.
        if not file.problems:
            shown = guide.project.shown(guide.project.docs / file.path)
            problems = list(front_matter_problems(file, shown, guide.project.today, kept))
            missing_fields = [
                problem for problem in problems if _MISSING_FIELD.match(problem.message)
            ]
            yield from _as_one_finding(missing_fields)
            for problem in problems:
                if problem not in missing_fields:
                    yield problem.place, problem.message, problem.help


def _as_one_finding(missing_fields: Sequence[Problem]) -> Iterator[tuple[Place, str, str]]:
    """Yield one finding for all the fields that a page lacks."""
    if missing_fields:
        names = [_MISSING_FIELD.sub("", problem.message) for problem in missing_fields]
        listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
        fields = "field" if len(names) == 1 else "fields"
        advice = "; ".join(
            f"{name}: {problem.help.removeprefix('add it: ')}"
            for name, problem in zip(names, missing_fields, strict=True)
        )
        help_ = missing_fields[0].help if len(names) == 1 else f"add {advice}"
        yield missing_fields[0].place, f"the page lacks the {fields} {listed}", help_


def overdue(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """The day of a page's next review has passed.

    Why:  A guideline may have changed since the page was last checked. It is a warning, because
          the page may still be right.
    Bad:  next-review: 2025-11-21  (and today is 2026-11-21)
    Good: next-review: 2027-11-21
    Fix:  Check the page against its sources, then set `reviewed` and `next-review`.
    """
    for file, _ in guide.pages:
        due = day(file, NEXT_REVIEW)
        if due and due < guide.project.today:
            late = (guide.project.today - due).days
            yield (
                place(file, NEXT_REVIEW, guide.project.shown(guide.project.docs / file.path)),
                f"the page's review was due on {due}, {late} {'day' if late == 1 else 'days'} ago",
                "check the page against its sources, then set 'reviewed' and 'next-review'",
            )
