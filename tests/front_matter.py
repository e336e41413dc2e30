"""What the guide's own pages say of their reviews: tests compare with it, and repeat no date."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import yaml

from sourced_guide.build.built_site.page import built_name
from sourced_guide.build.built_site.site import BuiltSite

ROOT = Path(__file__).parent.parent
NOBODY = "none yet"
_REVIEWED = re.compile(r"^reviewed: (\d{4}-\d\d-\d\d)$", re.MULTILINE)


def front_matter(page: Path) -> dict[str, Any]:
    """Return the front matter of a page."""
    found: dict[str, Any] = yaml.safe_load(page.read_text("utf-8").split("---\n")[1])
    return found


def last_check(docs: Path = ROOT / "docs") -> date:
    """Return the newest day on which a page was checked."""
    heads = (page.read_text("utf-8").partition("\n---\n")[0] for page in docs.rglob("*.md"))
    return max(date.fromisoformat(day) for head in heads for day in _REVIEWED.findall(head))


def epoch_of_the_tests() -> str:
    """Return the moment at which tests run, as SOURCE_DATE_EPOCH: the day of the last check.

    It does not pass by itself, and no page was checked later: that would be a fault of it.
    """
    noon = datetime.combine(last_check(), time(12), UTC)
    return str(int(noon.timestamp()))


def reviewer_of(page: Path, subject: str) -> str:
    """Return the sentence about who reviewed a page, which names it by `subject`."""
    reviewer = front_matter(page)["reviewer"]
    if reviewer == NOBODY:
        return f"No clinician has reviewed {subject}."
    return f"Reviewed by {reviewer}."


def source_of(docs: Path, built: str) -> Path:
    """Return the page that a built file like tests/index.html is made from."""
    stem = built.removesuffix("/index.html").removesuffix(".html")
    # Long lists are cut into several files.
    folder = (docs / stem).parent
    written = (
        docs / f"{stem}.md",
        docs / stem / "index.md",
        folder / "index.md",
        folder.with_suffix(".md"),
    )
    return next(file for file in written if file.is_file())


def edition_of(site: Path, page: str) -> str:
    """Return what the edition of a page of a built site is called: its last check, and its code."""
    edition = BuiltSite(site).page_edition(built_name(page))
    assert edition
    return f"{front_matter(ROOT / 'docs' / page)['reviewed']} {edition.digest}"
