"""The current day, for reviews that fall due, and days as readers write them."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from sourced_guide.claims.model.errors import UnusableProjectError

# The convention for reproducible builds: seconds since 1970, in UTC
# (https://reproducible-builds.org/specs/source-date-epoch/).
_VARIABLE = "SOURCE_DATE_EPOCH"

# Not from Python's `calendar`, whose names depend on the locale.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def humanize(day: str) -> str:
    """Return a day, a month or a year as readers write it: `2026-11-21` is November 21, 2026.

    `theme/cs/day.html` does the same. Raises ValueError where it is no date.
    """
    year, *rest = (int(part) for part in day.split("-"))
    if not rest:
        return str(year)
    month, *days = rest
    read = date(year, month, *(days or [1]))
    return f"{MONTHS[read.month - 1]} {f'{read.day}, ' if days else ''}{read.year}"


def today() -> date:
    """Return the day that SOURCE_DATE_EPOCH names, or today where it is not set.

    Raises UnusableProjectError where it is not a moment in time.
    """
    seconds = os.environ.get(_VARIABLE)
    if not seconds:
        return date.today()
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise UnusableProjectError(
            f"{_VARIABLE} is '{seconds}', not a number of seconds since 1970"
        ) from error
