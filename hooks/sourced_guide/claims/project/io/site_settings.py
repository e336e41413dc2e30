"""What a guide is about and who may review it: settings under `extra` of mkdocs.yml.

extra:
  urgent_page: warning-signs.md
  urgent_label: Warning signs
  expert: clinician
  json_ld: {page_type: MedicalWebPage}

They stand there, because templates read them too, whatever the generator.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_VOWELS = "aeiou"


@dataclass(frozen=True)
class SiteSettings:
    """The settings of a site.

    `urgent_page` has the block for what is urgent, which every handout prints; `urgent_label` is
    the link to it in the header. `expert` is the noun for the people whose review counts. `json_ld`
    are the kind of page, its subject and its audience for search engines (schema.org).
    """

    urgent_page: str = ""
    urgent_label: str = ""
    expert: str = "expert"
    json_ld: Mapping[str, Any] = field(default_factory=dict)

    @property
    def an_expert(self) -> str:
        """The noun with its article."""
        return f"{'an' if self.expert[:1].lower() in _VOWELS else 'a'} {self.expert}"

    def as_data(self) -> dict[str, Any]:
        """Return what the steps of a build need, as plain values."""
        return {
            "urgent-page": self.urgent_page,
            "expert": self.expert,
            "json-ld": dict(self.json_ld),
        }


def read_site_settings(extra: Any) -> SiteSettings:
    """Return the settings under `extra`; those of other kinds are as if they were not there."""
    given: dict[str, Any] = extra if isinstance(extra, dict) else {}
    texts = {
        name: value
        for name in ("urgent_page", "urgent_label", "expert")
        if isinstance(value := given.get(name), str) and value
    }
    described = given.get("json_ld")
    return SiteSettings(**texts, json_ld=described if isinstance(described, dict) else {})
