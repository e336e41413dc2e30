"""How `claims check` tells what it found: one function for each `--format`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from guide.claims.formats.github import as_github
from guide.claims.formats.json_ import as_json
from guide.claims.formats.outcome import Outcome
from guide.claims.formats.plain import as_text
from guide.claims.formats.sarif import as_sarif

FORMATS: Mapping[str, Callable[[Outcome], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
