"""The colophon of a handout: title, edition, dates, reviewer and web address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import segno

from sourced_guide.build.handouts.typst_code.literal import string
from sourced_guide.claims.project.clock import humanize

if TYPE_CHECKING:
    from sourced_guide.build.handouts.page_model import Page, SiteModel

_NOBODY = ("", "none yet")


@dataclass(frozen=True)
class Colophon:
    """The imprint of a handout."""

    title: str
    # The title of the page alone.
    name: str
    language: str
    edition: str
    reviewed: str
    next_review: str
    reviewer: str
    address: str
    # Who has read it, in whole sentences, if somebody has.
    review: str = ""
    expert: str = "expert"


def page_colophon(model: SiteModel, page: Page) -> Colophon:
    """Return the colophon of one page's handout."""
    return Colophon(
        # The start page has the title of the guide.
        page.title if page.title == model.title else f"{model.title}: {page.title}",
        page.title,
        page.language,
        page.edition,
        page.reviewed,
        page.next_review,
        page.reviewer,
        page.address,
        page.review,
        model.expert,
    )


def colophon_literal(colophon: Colophon) -> str:
    """Return a colophon as a Typst dictionary."""
    checked = (
        f"Checked against its sources on {_day(colophon.reviewed)}." if colophon.reviewed else ""
    )
    due = f"Next check: {_day(colophon.next_review)}." if colophon.next_review else ""
    reviewed = (
        f"No {colophon.expert} has reviewed this."
        if colophon.reviewer in _NOBODY
        else f"Reviewed by {colophon.reviewer}."
    )
    values = {
        "title": string(colophon.title),
        "name": string(colophon.name),
        "lang": string(colophon.language or "en"),
        "date": _date(colophon.reviewed),
        "edition": string(f"Edition {colophon.edition}."),
        "checked": string(f"{checked} {due}".strip()),
        "due": string(due),
        "reviewer": string(colophon.review or reviewed),
        "address": string(colophon.address) if colophon.address else "none",
        "code": string(_code(colophon.address)) if colophon.address else "none",
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
