"""Takes the answers that a reviewer saved in a browser, or the confirmations of earlier versions.

An answer names its question by a digest of what was read. If no claim of the guide has that digest
any more, the claim, its passages or its citations have changed, and the answer is not taken.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.model.confirmation import AGREE, ReviewEntry, Reviewer
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.io.located_yaml import MarkedYaml
from sourced_guide.claims.project.io.schema import Schema, is_day
from sourced_guide.claims.project.reviews import read_confirmations
from sourced_guide.claims.review.links import claim_passage_links
from sourced_guide.claims.review.questions import questions_of
from sourced_guide.claims.review.recording import entry_of, identified, links_of, replaced_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.review.links import ClaimPassageLink

_SCHEMA = Schema("answers.schema.json", "the file")
# A review of the whole guide, with a comment on every claim.
_LARGEST = 32_000_000
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Answers:
    """A file of answers: who gave them, the pack, and each answer as it was saved."""

    file: str
    reviewer: Mapping[str, str]
    pack: str
    answers: Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Taken:
    """What becomes of a file of answers: entries for a log, and those that cannot be taken."""

    entries: tuple[ReviewEntry, ...]
    changed: tuple[Mapping[str, str], ...] = ()


def read_answers(path: Path) -> Answers:
    """Read a file of answers.

    Raises UnusableProjectError where it is none.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise _unusable(path, "it is larger than any review")
        data: Any = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise UnusableProjectError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise _unusable(path, "it is not JSON, or not all of it is there") from error
    for problem in _SCHEMA.problems(MarkedYaml(data), path.name):
        raise _unusable(path, f"{problem.message}; {problem.help}")
    answers = [
        {name: _SURROGATE.sub("\ufffd", value) for name, value in answer.items()}
        for answer in data["answers"]
    ]
    for answer in answers:
        if not is_day(answer["at"][:10]):
            raise _unusable(path, f"there is no day '{answer['at'][:10]}'")
    told = {name: " ".join(value.split()) for name, value in data["reviewer"].items()}
    if not told["name"].isprintable() or not any(letter.isalpha() for letter in told["name"]):
        raise _unusable(path, "it does not name the reviewer")
    return Answers(path.name, told, data["pack"], answers)


def taken(guide: Guide, given: Answers, *, clinician: bool) -> Taken:
    """Return the entries that a file of answers becomes.

    Raises UnusableProjectError where none of the answers is about a claim of this guide.
    """
    told = given.reviewer
    by = identified(
        guide.project, told["name"], told["role"], told["interests"], clinician=clinician
    )
    questions = {question.id: question for question in questions_of(guide)}
    current = [answer for answer in given.answers if answer["id"] in questions]
    changed = tuple(answer for answer in given.answers if answer["id"] not in questions)
    if changed and not current:
        reason = f"none of the {len(changed)} answers is about a claim of this guide as it is now"
        raise UnusableProjectError(f"{given.file}: {reason}: is it from another guide?")
    links = {link.link_key: link for link in claim_passage_links(guide)}
    entries, agreed = [], []
    for answer in current:
        question = questions[answer["id"]]
        read = links_of(guide, question, links)
        entry = entry_of(read, by, answer["answer"], date.fromisoformat(answer["at"][:10]))
        comment = answer["comment"].strip()
        entries.append(replace(entry, comment=comment, at=answer["at"], pack=given.pack))
        agreed += read if answer["answer"] == AGREE else []
    return Taken(tuple(_with_replaced(guide, entries, agreed)), changed)


def _with_replaced(
    guide: Guide, entries: Sequence[ReviewEntry], agreed: Sequence[ClaimPassageLink]
) -> Iterator[ReviewEntry]:
    """Yield the entries; the first that agrees has what all of them replace."""
    replaces = replaced_by(guide, agreed) if agreed else {}
    for entry in entries:
        if entry.answer == AGREE:
            yield replace(entry, replaces=replaces)
            replaces = {}
        else:
            yield entry


def confirmed_before(path: Path) -> list[list[ReviewEntry]]:
    """Return the entries that a confirmations file becomes, by person.

    Raises UnusableProjectError where it cannot be read.
    """
    by_person: dict[str, list[ReviewEntry]] = {}
    for was in sorted(read_confirmations(path), key=lambda entry: (entry.on, entry)):
        name, _, role = (part.strip() for part in was.by.partition(","))
        entry = ReviewEntry(
            Reviewer(name, role, "", clinician=False),
            was.claim,
            {was.file: was.times},
            {was.passage: was.fingerprint},
            AGREE,
            was.on,
        )
        by_person.setdefault(name, []).append(entry)
    return list(by_person.values())


def _unusable(path: Path, reason: str) -> UnusableProjectError:
    return UnusableProjectError(f"{path.name} is not a file of answers: {reason}")
