"""Structured data for search engines: schema.org as JSON-LD.

It says when the page was last checked and what it cites. It has no reviewer until somebody has
reviewed the page. What kind of page it is, and about what, stands as `json_ld` under `extra` of
mkdocs.yml.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sourced_guide.build.built_site.html_edit import insert_in_head
from sourced_guide.build.built_site.page import built_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sourced_guide.build.built_site.page import BuiltPage

KIND = "application/ld+json"
_MARKER = f'type="{KIND}"'
_NOBODY = "none yet"


class Descriptions:
    """The JSON-LD of the pages of a site, from its claims.json."""

    def __init__(self, claims: Mapping[str, Any]) -> None:
        self._entries = {built_name(page["path"]): page for page in claims["pages"]}
        self._settings: Mapping[str, Any] = claims.get("site", {}).get("json-ld", {})
        self._sources: Sequence[Mapping[str, Any]] = claims["sources"]
        self._cited: dict[str, set[str]] = {}
        for claim in claims["claims"]:
            keys = self._cited.setdefault(claim["page"], set())
            keys.update(citation["source"] for citation in claim["citations"])

    def of(self, page: BuiltPage) -> str | None:
        """Return the JSON-LD of a page; None where claims.json does not know the page."""
        if not (entry := self._entries.get(page.name)):
            return None
        keys = self._cited.get(entry["path"], ())
        cited = [source for source in self._sources if source["key"] in keys]
        return _json_ld(page, entry, cited, self._settings)


def with_json_ld(html: str, text: str) -> str:
    """Return a built page with its JSON-LD in the head, replacing an older one."""
    return insert_in_head(html, f"<script {_MARKER}>{text}</script>", _MARKER)


def _json_ld(
    page: BuiltPage,
    entry: Mapping[str, Any],
    cited: list[Mapping[str, Any]],
    settings: Mapping[str, Any],
) -> str:
    audience = settings.get("audience")
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": settings.get("page_type", "WebPage"),
        "name": entry["title"],
        "description": entry.get("description"),
        "inLanguage": page.language,
        "url": page.address or None,
        "about": settings.get("about"),
        "audience": {"@type": "PeopleAudience", "audienceType": audience} if audience else None,
        "lastReviewed": entry.get("reviewed"),
        "citation": [_work(source) for source in cited] or None,
    }
    if reviewers := list(_reviewers(entry)):
        facts["reviewedBy"] = reviewers[0] if len(reviewers) == 1 else reviewers
    known = {name: value for name, value in facts.items() if value}
    # `</` would end the `<script>` element.
    return json.dumps(known, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")


def _reviewers(entry: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Yield the experts who have read all of a page as it is now, or whom its file names."""
    names = [
        reader["name"]
        for reader in entry["review"]["readers"]
        if reader["clinician"] and reader["read"] == reader["of"]
    ]
    if not names and entry.get("reviewer", _NOBODY) != _NOBODY:
        names = [entry["reviewer"]]
    for name in names:
        yield {"@type": "Person", "name": name}


def _work(source: Mapping[str, Any]) -> str:
    """Return the address of a work that has a DOI, or its title: a page may cite a hundred."""
    csl = source["csl"]
    return f"https://doi.org/{csl['DOI']}" if "DOI" in csl else str(csl.get("title", ""))
