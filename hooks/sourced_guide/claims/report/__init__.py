"""Output formats of `guide check`: one function for each `--format`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.report.github import as_github
from sourced_guide.claims.report.json_format import as_json
from sourced_guide.claims.report.sarif import as_sarif
from sourced_guide.claims.report.text import as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sourced_guide.claims.report.result import Outcome

FORMATS: Mapping[str, Callable[[Outcome], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
