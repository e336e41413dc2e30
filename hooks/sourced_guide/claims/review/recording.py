"""Makes entries of review logs from what a person answered. It never answers itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sourced_guide.claims.model.confirmation import AGREE, ReviewEntry, Reviewer
from sourced_guide.claims.project.review_logs import read_review_logs, slug_of
from sourced_guide.claims.review.links import project_file
from sourced_guide.claims.review.reviews import active_confirmations, review_links, usable_logs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.project import Project
    from sourced_guide.claims.review.links import ClaimPassageLink, LinkKey
    from sourced_guide.claims.review.questions import Question


def identified(
    project: Project, name: str, role: str, interests: str | None, *, clinician: bool
) -> Reviewer:
    """Return a person; what is not told is as in their log, where they have one.

    Raises UnusableProjectError where the name is none.
    """
    slug = slug_of(name)
    known = [log for log in read_review_logs(project.folder) if log.slug == slug and log.entries]
    if not known:
        return Reviewer(name, role, interests or "", clinician)
    was = known[0].reviewer
    return Reviewer(
        name,
        role or was.role,
        was.interests if interests is None else interests,
        clinician or was.clinician,
    )


def agreed_entry(guide: Guide, links: Sequence[ClaimPassageLink], by: Reviewer) -> ReviewEntry:
    """Return the entry for a claim that a person, in a terminal, found to agree with passages.

    It has what it replaces. `links` are of one claim.
    """
    entry = entry_of(links, by, AGREE, guide.project.today)
    return replace(entry, replaces=replaced_by(guide, links))


def replaced_by(guide: Guide, links: Iterable[ClaimPassageLink]) -> dict[str, int]:
    """Return what no longer holds once links are confirmed: see `Reviews.replaced_by`."""
    active = active_confirmations(usable_logs(guide))
    return review_links(guide).replaced_by(links, active)


def entry_of(links: Sequence[ClaimPassageLink], by: Reviewer, answer: str, on: date) -> ReviewEntry:
    """Return the entry for an answer to a claim with the passages of its links."""
    return ReviewEntry(
        by,
        links[0].claim,
        {link.file: link.times for link in links},
        {link.reference: link.fingerprint for link in links},
        answer,
        on,
    )


def links_of(
    guide: Guide, question: Question, links: Mapping[LinkKey, ClaimPassageLink]
) -> list[ClaimPassageLink]:
    """Return the links of a question, in all files where it stands."""
    root = guide.project.root
    files = dict.fromkeys(project_file(guide, root / claim.file) for _, claim in question.places)
    keys = ((file, question.claim, reference) for file in files for reference in question.passages)
    return [links[key] for key in keys if key in links]
