"""REV003 and REV004: no reviewer disagrees, and no review log was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.model.place import Place
from sourced_guide.claims.project.review_logs import REVIEWS, read_review_logs
from sourced_guide.claims.review.links import project_file
from sourced_guide.claims.review.reviews import open_disagreements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourced_guide.claims.project.guide import Guide


def reviewer_disagrees(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A person who read a claim beside its passages did not agree, and nobody has settled it.

    Why:  Somebody who knows the subject says that the sentence does not follow from its source, or
          is wrong. Until that is settled, readers should not see it.
    Bad:  The pain is always worse at night. [@key#passage]  (a reviewer: "not always")
    Good: The pain is often worse at night. [@key#passage]
    Fix:  Correct the sentence, its citation or the passage: then it is another claim, and has to be
          read again. If a second person has read the two and thinks that the sentence may stand,
          they settle it by name: `guide review resolve FILE:LINE --by "Name, role" --because TEXT`.
          The reviewer can also change their own answer in a new pack. `guide review list` shows
          what they wrote.
    """
    for question, entry, _ in open_disagreements(guide):
        wrote = f": '{entry.comment}'" if entry.comment else ""
        message = (
            f"{entry.reviewer} read the claim beside its passages on {entry.on} and does not "
            f"agree{wrote}"
        )
        for statement in dict.fromkeys(claim.place for _, claim in question.places):
            file = project_file(guide, guide.project.root / statement.file)
            run = f'guide review resolve {file}:{statement.line} --by "Name, role" --because TEXT'
            advice = f"correct the claim or what it cites; or a second person settles it: {run}"
            yield statement, message, advice


def broken_review_log(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A review log is not as the program wrote it.

    Why:  A log says who read what, and readers are told. Each entry has a digest (SHA-256) of the
          one before, so a byte that was changed, and an entry that was moved, removed or added by
          hand, shows. Until it is repaired, nothing in that log counts.
    Bad:  answer: "agree"  (in place of "disagree")
    Good: A log that only `guide review take` and `guide confirm` have written.
    Fix:  Restore the file from the history of the project (`git log -p reviews/NAME.yml`). If two
          branches have added to the log of one person, keep one of the two files as it is, and
          take the answers of the other one again: `guide review take ANSWERS`. The check cannot see
          that somebody has rewritten a log with all of its digests, or removed it. Compare it with
          an edition that was published before: `guide review verify claims.json`.
    """
    for log in read_review_logs(guide.project.folder):
        for line, fault in log.faults:
            file = guide.project.shown(guide.project.folder / REVIEWS / f"{log.slug}.yml")
            yield Place(file, line, 1), fault, "restore the file from the project's history"
