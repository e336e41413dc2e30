"""Levels: how far a page has been checked, as readers are told.

1. *program*: the check found a passage for each sentence, and no fault.
2. *second person*: somebody read sentences beside their passages again, and agrees.
3. *clinician*: an expert did, such as a doctor or nurse. The setting `expert` names them.

With each person stands how many of the page's claims they read as they are now. So a level falls by
itself when a claim, its passages or its citations change.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.project.clock import humanize
from sourced_guide.claims.project.io.site_settings import SiteSettings
from sourced_guide.claims.review.reviews import confirmed_links, usable_logs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sourced_guide.claims.model.confirmation import Confirmation, ReviewLog
    from sourced_guide.claims.project.guide import Guide

PROGRAM, SECOND_PERSON, CLINICIAN = LEVELS = "program", "second person", "clinician"


@dataclass(frozen=True)
class Reading:
    """What one person read of some pages and found to agree.

    `read` counts claims that are as they were then, `of` all claims; `on` is the last day.
    """

    log: ReviewLog
    read: int
    of: int
    on: date

    @property
    def is_whole(self) -> bool:
        """Whether they have read every claim."""
        return self.read == self.of

    @property
    def says(self) -> str:
        """Who read how much and when, and their interests, in words."""
        who = self.log.reviewer
        interests = who.interests.strip().rstrip(".")
        declared = f"Interests: {interests}." if interests else "No interests were declared."
        day = humanize(self.on.isoformat())
        return f"{who} (read {self.read} of {self.of} statements; {day}). {declared}"


@dataclass(frozen=True)
class Level:
    """How far a page, or the whole guide, has been checked, and by whom."""

    readings: tuple[Reading, ...] = ()
    site: SiteSettings = field(default_factory=SiteSettings)

    @property
    def name(self) -> str:
        """The level, of `LEVELS`."""
        if not self.readings:
            return PROGRAM
        return CLINICIAN if self.clinicians else SECOND_PERSON

    @property
    def clinicians(self) -> list[Reading]:
        """The readings of clinicians."""
        return [reading for reading in self.readings if reading.log.reviewer.clinician]

    @property
    def summary(self) -> str:
        """The level in one short line."""
        if self.name == PROGRAM:
            return f"Not reviewed by {self.site.an_expert} yet"
        if self.name == SECOND_PERSON:
            return (
                f"Sources seen again by a second person; not reviewed by {self.site.an_expert} yet"
            )
        most = max(self.clinicians, key=lambda reading: reading.read)
        if most.is_whole:
            return f"Read by {self.site.an_expert}"
        return f"Read in part by {self.site.an_expert}: {most.read} of {most.of} statements"

    @property
    def says(self) -> str:
        """The level in whole sentences, for pages and paper."""
        if not self.readings:
            return f"Checked by a program only. {self._not_reviewed}"
        clinicians = self.clinicians
        others = [reading for reading in self.readings if reading not in clinicians]
        parts = []
        if clinicians:
            whole = any(reading.is_whole for reading in clinicians)
            parts.append(f"Read {'' if whole else 'in part '}by {self.site.an_expert}:")
            parts += [reading.says for reading in clinicians]
        else:
            parts.append(self._not_reviewed)
        if others:
            parts.append("Sources seen again by a second person:")
            parts += [reading.says for reading in others]
        return " ".join(parts)

    @property
    def _not_reviewed(self) -> str:
        return f"No {self.site.expert} has reviewed this page yet."


def levels_of(guide: Guide) -> tuple[dict[str, Level], Level]:
    """Return the level of every page that somebody has read, by its path, and that of the guide.

    It is quick if nobody has. Raises UnusableProjectError where a log cannot be read.
    """
    site = guide.project.site
    logs = {log.slug: log for log in usable_logs(guide)}
    if not logs:
        return {}, Level(site=site)
    confirmed = {
        (statement.file, statement.id, review.link.reference): confirmation
        for review, confirmation in confirmed_links(guide)
        for statement in review.link.statements
    }
    pages: dict[str, Level] = {}
    # By person, the days of the claims that they have read.
    everywhere: defaultdict[str, list[date]] = defaultdict(list)
    count = 0
    for _, page in guide.pages:
        count += len(page.claims)
        days: defaultdict[str, list[date]] = defaultdict(list)
        for claim in page.claims:
            links = [
                confirmed.get((claim.file, claim.id, f"{cited.key}#{cited.passage}"))
                for cited in claim.citations
            ]
            for reader, day in _readers_of_all(links).items():
                days[reader].append(day)
                everywhere[reader].append(day)
        if days:
            pages[page.path] = _level(days, logs, len(page.claims), site)
    return pages, _level(everywhere, logs, count, site)


def _readers_of_all(links: Sequence[Confirmation | None]) -> dict[str, date]:
    """Return who read a claim with each of its passages, and the day of the last of these."""
    found = [dict(link.readers) for link in links if link]
    if not found or len(found) < len(links):
        return {}
    readers = set.intersection(*map(set, found))
    return {reader: max(days[reader] for days in found) for reader in sorted(readers)}


def _level(
    days: Mapping[str, Sequence[date]],
    logs: Mapping[str, ReviewLog],
    count: int,
    site: SiteSettings,
) -> Level:
    readings = [Reading(logs[slug], len(read), count, max(read)) for slug, read in days.items()]
    readings.sort(key=lambda it: (not it.log.reviewer.clinician, -it.read, it.log.slug))
    return Level(tuple(readings), site)


def log_heads(guide: Guide) -> list[dict[str, Any]]:
    """Return the review logs with how many entries each has, and the chain value of the last."""
    return [
        {
            "file": log.file,
            "name": log.reviewer.name,
            "entries": len(log.entries),
            "head": log.head,
        }
        for log in usable_logs(guide)
    ]
