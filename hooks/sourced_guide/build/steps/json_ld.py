"""What a page is, for search engines: a schema.org `MedicalWebPage` as JSON-LD.

Only what the guide knows: when the page was last checked and what it cites. There is no reviewer
until a clinician has reviewed it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sourced_guide.build.html_head import language, named_in_head, with_in_head

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARKER = 'type="application/ld+json"'
_NOBODY = "none yet"
_SUBJECT = {
    "@type": "MedicalCondition",
    "name": "Spinal metastases",
    "alternateName": "Cancer that has spread to the spine",
}
_TYPES = {"article-journal": "ScholarlyArticle", "webpage": "WebPage", "report": "Report"}


def with_facts(html: str, page: Mapping[str, Any], cited: list[Mapping[str, Any]]) -> str:
    """Return a built page with its facts, given its entry in claims.json and its sources there."""
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": page["title"],
        "description": page.get("description"),
        "inLanguage": language(html),
        "url": named_in_head(html, "canonical") or None,
        "about": _SUBJECT,
        "audience": {"@type": "PeopleAudience", "audienceType": "Patients and carers"},
        "lastReviewed": page.get("reviewed"),
        "citation": [_work(source) for source in cited] or None,
    }
    if page.get("reviewer", _NOBODY) != _NOBODY:
        facts["reviewedBy"] = {"@type": "Person", "name": page["reviewer"]}
    known = {name: value for name, value in facts.items() if value}
    # `</` would end the element that it stands in.
    text = json.dumps(known, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return with_in_head(html, f"<script {_MARKER}>{text}</script>", _MARKER)


def _work(source: Mapping[str, Any]) -> dict[str, Any]:
    csl = source["csl"]
    work = {
        "@type": _TYPES.get(csl.get("type", ""), "CreativeWork"),
        "name": csl.get("title"),
        "datePublished": csl.get("issued"),
        "url": csl.get("URL"),
    }
    return {name: value for name, value in work.items() if value}
