"""REV001 and REV002: every page says when it was last checked, and the next check is not late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.project.front_matter import NEXT_REVIEW, day, front_matter_problems, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourced_guide.claims.model.place import Place
    from sourced_guide.claims.project.guide import Guide


def missing(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A page does not say when it was last checked, by whom, and when the next check is due.

    Why:  Medicine changes, and a reader must be able to see how old a page is.
    Bad:  reviewed: 2026-13-01
    Good: reviewed: 2026-11-21
          next-review: 2027-11-21
          reviewer: none yet
    Fix:  Write the three fields between the two lines `---` at the top of the page. Write only a
          review that took place; where no clinician has read the page, the reviewer is `none yet`.
          A page that is editorial as a whole may go without, but what it says has to be right.
    """
    for file, _ in guide.pages:
        # Front matter that cannot be read at all is a finding of SRC009.
        if not file.problems:
            shown = guide.project.shown(guide.project.docs / file.path)
            for problem in front_matter_problems(file, shown, guide.project.today):
                yield problem.place, problem.message, problem.help


def overdue(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """The day of a page's next review has passed.

    Why:  A guideline may have changed since the page was last checked. It is a warning, because
          the page may still be right: nobody has looked.
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
