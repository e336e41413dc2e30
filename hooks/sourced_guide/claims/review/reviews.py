"""The state of all reviews of a guide: who read what, what holds, and what is in dispute.

It is worked out from the review logs. A person's later answer to the same claim and passages
counts, whatever they answered before. A log that is broken (REV004) counts for nothing.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from sourced_guide.claims.model.confirmation import (
    AGREE,
    DISAGREE,
    Confirmation,
    ReviewEntry,
    ReviewLog,
)
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.review_logs import REVIEWS, read_review_logs
from sourced_guide.claims.review.links import claim_passage_links, project_file
from sourced_guide.claims.review.matching import (
    LinkReview,
    Reviews,
    ReviewStatus,
    match_confirmations,
)
from sourced_guide.claims.review.questions import digest_of_question, questions_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.review.questions import Question

_ID_DIGITS = 16


class Disagreement(NamedTuple):
    """A disagreement that nobody has settled, about a claim as it still is."""

    question: Question
    entry: ReviewEntry
    log: ReviewLog


def usable_logs(guide: Guide) -> list[ReviewLog]:
    """Return the logs that are not broken.

    Raises UnusableProjectError where a log cannot be read, or confirmations are in the old file.
    """
    old = guide.project.options.confirmations
    if _has_entries(guide.project.folder / old):
        advice = f"run `guide review take {old}`, which moves its entries there"
        reason = f"{old} is no longer read, {REVIEWS}/ has taken its place"
        raise UnusableProjectError(f"{reason}; {advice}")
    return [log for log in read_review_logs(guide.project.folder) if not log.faults]


def _has_entries(path: Path) -> bool:
    try:
        text = path.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return False
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return "".join(lines) not in ("", "[]")


def review_links(guide: Guide) -> Reviews:
    """Return the review of every link of the guide.

    Raises UnusableProjectError where a log cannot be read.
    """
    return _reviews(guide, active_confirmations(usable_logs(guide)))


def confirmed_links(guide: Guide) -> list[tuple[LinkReview, Confirmation]]:
    """Return the links that are as a person confirmed them; quick if there are none.

    Raises UnusableProjectError where a log cannot be read.
    """
    confirmations = active_confirmations(usable_logs(guide))
    links = _reviews(guide, confirmations).links if confirmations else ()
    return [
        (review, review.confirmation)
        for review in links
        if review.status is ReviewStatus.CONFIRMED and review.confirmation
    ]


def stale_links(guide: Guide) -> list[LinkReview]:
    """Return the links that changed after they were confirmed; quick if there are none.

    Raises UnusableProjectError where a log cannot be read.
    """
    confirmations = active_confirmations(usable_logs(guide))
    if not confirmations:
        return []
    links = _reviews(guide, confirmations).links
    return [review for review in links if review.status is ReviewStatus.STALE]


def _reviews(guide: Guide, confirmations: Sequence[Confirmation]) -> Reviews:
    unread = {
        project_file(guide, guide.project.docs / file.path)
        for file, _ in guide.pages
        if file.problems
    }
    return match_confirmations(claim_passage_links(guide), confirmations, unread)


def active_confirmations(logs: Iterable[ReviewLog]) -> list[Confirmation]:
    """Return what people found to agree and no later answer replaces.

    Those of several people who read the same in the same file are one, by the last of them.
    """
    usable = list(logs)
    remaining: dict[str, int] = {}
    for log in usable:
        for entry in log.entries:
            for name, times in entry.replaces.items():
                remaining[name] = min(times, remaining.get(name, times))
    groups: dict[tuple[str, str, str], list[Confirmation]] = {}
    for log in usable:
        for found in _agreed(log):
            times = min(found.times, remaining.get(found.ids[0], found.times))
            if times:
                key = (found.file, found.key, found.fingerprint)
                groups.setdefault(key, []).append(replace(found, times=times))
    return [_as_one(group) for group in groups.values()]


def _agreed(log: ReviewLog) -> Iterator[Confirmation]:
    """Yield what a person found to agree, file by file, by their last answer to each."""
    agreed: dict[tuple[str, str], dict[str, Confirmation]] = {}
    for entry in log.entries:
        for reference, mark in entry.passages.items():
            by_file = agreed.setdefault((reference.partition("#")[0], mark), {})
            if entry.answer != AGREE:
                by_file.clear()
                continue
            for file, times in entry.files.items():
                name = hashlib.sha256(json.dumps([entry.chain, file, reference]).encode())
                by_file[file] = Confirmation(
                    file,
                    entry.claim,
                    reference,
                    mark,
                    str(entry.reviewer),
                    entry.on,
                    times,
                    (name.hexdigest()[:_ID_DIGITS],),
                    ((log.slug, entry.on),),
                )
    for by_file in agreed.values():
        yield from by_file.values()


def _as_one(group: Sequence[Confirmation]) -> Confirmation:
    last = max(group, key=lambda found: found.on)
    ids = tuple(name for found in group for name in found.ids)
    readers = {reader: on for found in group for reader, on in sorted(found.readers)}
    return replace(last, ids=ids, readers=tuple(readers.items()))


def open_disagreements(guide: Guide) -> list[Disagreement]:
    """Return the disagreements that still stand; quick if there are none.

    Raises UnusableProjectError where a log cannot be read.
    """
    logs = usable_logs(guide)
    disputed = list(_disputed(logs))
    if not disputed:
        return []
    questions = {question.id: question for question in questions_of(guide)}
    return [
        Disagreement(questions[name], entry, log)
        for name, entry, log in disputed
        if name in questions
    ]


def _disputed(logs: Iterable[ReviewLog]) -> Iterator[tuple[str, ReviewEntry, ReviewLog]]:
    """Yield what somebody's last answer to a question disputes, if no second person settled it."""
    usable = list(logs)
    settled = [
        (chain, log.slug) for log in usable for entry in log.entries for chain in entry.resolves
    ]
    for log in usable:
        last = {
            digest_of_question(entry.claim, entry.passages.values()): entry for entry in log.entries
        }
        for name, entry in last.items():
            others = {slug for chain, slug in settled if chain == entry.chain} - {log.slug}
            if entry.answer == DISAGREE and not others:
                yield name, entry, log
