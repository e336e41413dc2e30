"""Claims as data: `claims.json`, described by claims.schema.json beside this file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from guide.claims.files import write_whole
from guide.claims.site import Site
from guide.claims.sources import Source

VERSION = 1


def claims_data(site: Site) -> dict[str, Any]:
    """Return every claim and every source as plain values."""
    return {
        "version": VERSION,
        "claims": [
            {
                "id": claim.id,
                "page": page.path,
                "file": claim.file,
                "line": claim.line,
                "text": claim.text,
                "kind": claim.kind,
                "anchor": claim.anchor,
                "citations": [
                    {"source": citation.key, "passage": citation.passage}
                    for citation in claim.citations
                ],
            }
            for _, page in site.pages()
            for claim in page.claims
        ],
        "sources": [_source_data(source, site) for source in site.library.sources.values()],
    }


def write_claims(site: Site, path: Path) -> None:
    """Write `claims.json`, whole or not at all."""
    text = json.dumps(claims_data(site), ensure_ascii=False, indent=1, sort_keys=False)
    write_whole(path, text + "\n")


def _source_data(source: Source, site: Site) -> dict[str, Any]:
    return {
        "key": source.key,
        "kind": source.kind,
        "read": source.read,
        "status": source.status,
        "checked": source.checked,
        "reference": "".join(site.bibliography.reference(source).itertext()),
        "csl": dict(source.csl),
        "passages": {
            passage.id: {
                "section": passage.section,
                "start": passage.start,
                "end": passage.end,
                "says": passage.says,
                "figures": list(passage.figures),
            }
            for passage in source.passages.values()
        },
    }
