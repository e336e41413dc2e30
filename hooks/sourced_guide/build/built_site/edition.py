"""The edition of a built site, which is identified by its content, not by the time of the build."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.report.claims_file import EDITION_DIGITS

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Edition:
    """A state of the guide: when readers' pages were last checked, when the next check is due.

    Days are written as YYYY-MM-DD (ISO 8601), or are empty where no page gives any.
    """

    checked: str
    due: str
    digest: str

    def __str__(self) -> str:
        return f"{self.checked} {self.digest}".strip()


def edition(claims: Mapping[str, Any]) -> Edition:
    """Return the edition of a site, given its claims.json."""
    pages = [page for page in claims["pages"] if not page["editorial"]]
    return Edition(
        checked=max((page.get("reviewed") or "" for page in pages), default=""),
        # The earliest day: from then on, a page may be out of date.
        due=min(filter(None, (page.get("next-review") for page in pages)), default=""),
        digest=claims["digest"][:EDITION_DIGITS],
    )
