"""Reviews as text for editors, and as data: who read what, what is in dispute, the levels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sourced_guide.claims.project.review_logs import read_review_logs
from sourced_guide.claims.review.levels import levels_of
from sourced_guide.claims.review.questions import digest_of_question, questions_of
from sourced_guide.claims.review.reviews import open_disagreements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.review.levels import Level

_NOBODY = "no review is on record: the program has checked the guide, and no person"


def level_data(level: Level) -> dict[str, Any]:
    """Return the level of a page, or of the guide, as plain values, with its words for readers."""
    return {
        "level": level.name,
        "says": level.says,
        "readers": [
            {
                "name": (who := reading.log.reviewer).name,
                "role": who.role,
                "clinician": who.clinician,
                "interests": who.interests,
                "on": reading.on.isoformat(),
                "read": reading.read,
                "of": reading.of,
            }
            for reading in level.readings
        ],
    }


def review_lines(guide: Guide) -> Iterator[str]:
    """Yield the reviewers, the levels of pages, and every comment with its place in the guide."""
    logs = read_review_logs(guide.project.folder)
    if not logs:
        yield _NOBODY
        return
    for log in logs:
        if log.faults:
            yield f"{log.file}: broken, does not count: `guide check` says what is wrong (REV004)"
            continue
        last = log.entries[-1]
        yield f"{log.file}: {log.reviewer}: {len(log.entries)} entries, last on {last.on}"
    pages, whole = levels_of(guide)
    yield ""
    yield f"whole guide: {whole.says}"
    for path, level in pages.items():
        yield f"{path}: {level.says}"
    yield from _remarks(guide)


def _remarks(guide: Guide) -> Iterator[str]:
    """Yield what reviewers wrote or did not agree to, with where the claim is now."""
    questions = {question.id: question for question in questions_of(guide)}
    disputed = {entry.chain for _, entry, _ in open_disagreements(guide)}
    yield ""
    yield "Remarks:"
    count = 0
    for log in read_review_logs(guide.project.folder):
        for entry in () if log.faults else log.entries:
            if entry.answer == "agree" and not entry.comment:
                continue
            count += 1
            question = questions.get(digest_of_question(entry.claim, entry.passages.values()))
            if question is None:
                where = f"{next(iter(entry.files))}: changed since"
            else:
                claim = question.places[0][1]
                where = f"{claim.file}:{claim.line}"
            state = " (not settled: REV003)" if entry.chain in disputed else ""
            yield f"{where}: {entry.answer}{state}: {entry.claim}"
            yield f"    {entry.reviewer.name}, {entry.on}: {entry.comment or 'no comment'}"
    yield f"remarks: {count}"
