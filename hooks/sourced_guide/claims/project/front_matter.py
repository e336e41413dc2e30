"""Validates the front matter of a page: its schema and its dates.

`page.schema.json` declares the fields; editors' tools can read it too. Other fields are ignored,
unless they look like a declared one that is missing.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from sourced_guide.claims.model.place import Place
from sourced_guide.claims.model.suggest import did_you_mean
from sourced_guide.claims.project.io.located_yaml import MarkedYaml
from sourced_guide.claims.project.io.schema import Problem, Schema, is_day
from sourced_guide.claims.project.store.store import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourced_guide.claims.project.page_file import PageFile
    from sourced_guide.claims.project.store.store import Shelf

REVIEWED = "reviewed"
NEXT_REVIEW = "next-review"
# The fields of a page's review.
REVIEW = (REVIEWED, NEXT_REVIEW, "reviewer")

_SCHEMA = Schema("page.schema.json", "the page")


def front_matter_problems(
    page: PageFile, shown: str, today: date, kept: Shelf
) -> Iterator[Problem]:
    """Yield what is wrong with a page's front matter; `shown` is the page's name in findings.

    What does not depend on the day is `kept` by the front matter.
    """
    faults = kept.get(digest_of(page.content[: page.start]), partial(_faults, page))
    for line, column, message, help_ in faults:
        yield Problem(Place(shown, line, column), message, help_)
    yield from _contradictory(page, shown, today)


def _faults(page: PageFile) -> list[tuple[int, int, str, str]]:
    """Return the lines and columns of the faults, what is wrong, and what to do."""
    marked = MarkedYaml(dict(page.meta))
    marked.places.update({(name,): at for name, at in page.meta_places.items()})
    problems = chain(_SCHEMA.problems(marked, ""), _misspelt(page, ""))
    return [(each.place.line, each.place.column, each.message, each.help) for each in problems]


def day(page: PageFile, field: str) -> date | None:
    """Return the day in a field of the front matter, or nothing where it holds none."""
    value = page.meta.get(field)
    return date.fromisoformat(value) if isinstance(value, str) and is_day(value) else None


def place(page: PageFile, field: str, shown: str) -> Place:
    """Return the place of a field of the front matter, or the top of the page."""
    return Place(shown, *page.meta_places.get(field, (1, 1)))


def _misspelt(page: PageFile, shown: str) -> Iterator[Problem]:
    absent = _SCHEMA.properties.keys() - page.meta.keys()
    for name in page.meta:
        if name not in _SCHEMA.properties and (guess := did_you_mean(name, sorted(absent))):
            message = f"the page has a field '{name}', which is not used"
            yield Problem(place(page, name, shown), message, guess)


def _contradictory(page: PageFile, shown: str, today: date) -> Iterator[Problem]:
    reviewed, due = day(page, REVIEWED), day(page, NEXT_REVIEW)
    if reviewed and reviewed > today:
        yield Problem(
            place(page, REVIEWED, shown),
            f"'{REVIEWED}' is {reviewed}, which is in the future",
            "write the day on which the page was last checked against its sources",
        )
    if reviewed and due and due < reviewed:
        yield Problem(
            place(page, NEXT_REVIEW, shown),
            f"'{NEXT_REVIEW}' is {due}, before the review of {reviewed}",
            "write the day on which the next check is due",
        )
