"""The sources of a guide in the formats of reference managers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sourced_guide.records.formats.bibtex import write_bibtex
from sourced_guide.records.formats.ris import write_ris

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sourced_guide.claims.model.source import Source

_DATES = ("issued", "accessed")


def bibliography(sources: Mapping[str, Source], form: str) -> str:
    """Return all sources as `csl` (CSL JSON), `bibtex` (BibLaTeX) or `ris`."""
    items = {key: source.csl for key, source in sources.items()}
    if form == "bibtex":
        return write_bibtex(items)
    if form == "ris":
        return write_ris(items.values())
    listed = [{"id": key, **_as_csl_json(item)} for key, item in items.items()]
    return json.dumps(listed, ensure_ascii=False, indent=1) + "\n"


def _as_csl_json(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return CSL fields with their dates in parts, as CSL JSON has them."""
    return {
        name: {"date-parts": [[int(part) for part in str(value).split("-")]]}
        if name in _DATES
        else value
        for name, value in item.items()
    }
