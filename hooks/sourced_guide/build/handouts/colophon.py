"""What every sheet says about itself: title, edition, when it was checked, by whom, where it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import segno

from sourced_guide.build.handouts.typst_code.literal import string
from sourced_guide.claims.project.clock import humanize

if TYPE_CHECKING:
    from sourced_guide.build.handouts.page_model import Built, Page

_NOBODY = ("", "none yet")


@dataclass(frozen=True)
class Facts:
    """What every sheet says about itself."""

    title: str
    # What the page is called, without the guide that it is of.
    name: str
    language: str
    edition: str
    reviewed: str
    next_review: str
    reviewer: str
    address: str


def facts_of(built: Built, page: Page) -> Facts:
    """Return the facts of one page's handout."""
    return Facts(
        # The start page has the title of the guide.
        page.title if page.title == built.title else f"{built.title}: {page.title}",
        page.title,
        page.language,
        built.edition,
        page.reviewed,
        page.next_review,
        page.reviewer,
        page.address,
    )


def told(facts: Facts) -> str:
    """Return facts as a Typst dictionary."""
    checked = f"Checked against its sources on {_day(facts.reviewed)}." if facts.reviewed else ""
    due = f"Next check: {_day(facts.next_review)}." if facts.next_review else ""
    nobody = facts.reviewer in _NOBODY
    values = {
        "title": string(facts.title),
        "name": string(facts.name),
        "lang": string(facts.language or "en"),
        "date": _date(facts.reviewed),
        "edition": string(f"Edition {facts.edition}."),
        "checked": string(f"{checked} {due}".strip()),
        "reviewer": string(
            "No clinician has reviewed this." if nobody else f"Reviewed by {facts.reviewer}."
        ),
        "address": string(facts.address) if facts.address else "none",
        "code": string(_code(facts.address)) if facts.address else "none",
    }
    return "(" + ", ".join(f"{name}: {value}" for name, value in values.items()) + ")"


def _code(address: str) -> str:
    """Return the QR code of an address as an SVG file."""
    file = BytesIO()
    segno.make(address, micro=False, error="m").save(file, kind="svg", xmldecl=False, nl=False)
    return file.getvalue().decode()


def _day(day: str) -> str:
    try:
        return humanize(day)
    except ValueError:
        return day


def _date(day: str) -> str:
    try:
        at = date.fromisoformat(day)
    except ValueError:
        return "none"
    return f"datetime(year: {at.year}, month: {at.month}, day: {at.day})"
