"""Editions of a built site, which are identified by content, not by the time of the build.

A page and its handouts have an edition of their own, which changes with what they say. The booklet,
the offline copy and the service worker have that of the whole guide.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.report.claims_file import EDITION_DIGITS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Edition:
    """A state of the guide or of a page: when it was checked, when the next check is due.

    Days are written as YYYY-MM-DD (ISO 8601), or are empty where no page gives any. `changed` is
    the day of the release in which a page's claims last changed, or of the last release before they
    did if `is_after`.
    """

    checked: str
    due: str
    digest: str
    changed: str = ""
    is_after: bool = False

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


class PageEditions:
    """The editions of the pages of a site, by its claims.json."""

    def __init__(self, claims: Mapping[str, Any]) -> None:
        self._checked: Mapping[str, str] = claims["checked"]
        self._entries = {page["path"]: page for page in claims["pages"]}
        self._sources = {source["key"]: source for source in claims["sources"]}
        self._cited: dict[str, dict[str, set[str]]] = {}
        for claim in claims["claims"]:
            cited = self._cited.setdefault(claim["page"], {})
            for citation in claim["citations"]:
                cited.setdefault(citation["source"], set()).add(citation["passage"])
        block = self._entries.get(claims.get("site", {}).get("urgent-page"), {})
        # Every handout prints it.
        self._warning = block.get("inserted", "")

    def of(self, path: str, words: Sequence[str]) -> Edition:
        """Return the edition of a page; `words` are the terms that it explains, as it shows them.

        The code depends on all that the page and its handouts say: its text with the blocks that it
        includes, the warning block, the passages cited and the terms.
        """
        entry = self._entries[path]
        content = [
            self._checked.get(path, ""),
            self._warning,
            [
                self._as_cited(key, names)
                for key, names in sorted(self._cited.get(path, {}).items())
            ],
            list(words),
        ]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        since = entry.get("changed-since", "")
        return Edition(
            checked=entry.get("reviewed", ""),
            due=entry.get("next-review", ""),
            digest=hashlib.sha256(text.encode()).hexdigest()[:EDITION_DIGITS],
            changed=since or entry.get("changed", ""),
            is_after=bool(since),
        )

    def _as_cited(self, key: str, names: set[str]) -> dict[str, Any]:
        """Return what a page shows of a source: its record, and the passages cited there."""
        source = self._sources.get(key, {})
        record = {name: source.get(name) for name in ("key", "kind", "read", "reference", "csl")}
        passages = source.get("passages", {})
        return {**record, "passages": {name: passages.get(name) for name in sorted(names)}}
