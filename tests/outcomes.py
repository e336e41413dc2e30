"""Findings and outcomes for what shows them: formats, the baseline, editors' tools."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs

from sourced_guide.claims.model.finding import Finding, Severity
from sourced_guide.claims.model.place import Place
from sourced_guide.claims.report import FORMATS
from sourced_guide.claims.report.result import Outcome
from sourced_guide.claims.rules import RULES

from .conftest import ROOT

SARIF = json.loads((ROOT / "tests/schemas/sarif-schema-2.1.0.json").read_text("utf-8"))


def finding(
    message: str = "it is wrong", at: str = "docs/page.md", line: int = 1, **more: Any
) -> Finding:
    return Finding(
        Place(at, line, 2), "SRC001", "claim-without-source", message, "do right", **more
    )


def outcome(*findings: Finding, resolved: int | None = None) -> Outcome:
    return Outcome(findings, RULES, claims=3, sources=2, resolved=resolved)


def shown(form: str, *findings: Finding, resolved: int | None = None) -> str:
    return FORMATS[form](outcome(*findings, resolved=resolved))


def sarif_run(*findings: Finding, resolved: int | None = None) -> Any:
    data = json.loads(shown("sarif", *findings, resolved=resolved))
    jsonschema_rs.validator_for(SARIF).validate(data)
    return data["runs"][0]


WARNING = finding("it is old", severity=Severity.WARNING)
KNOWN = finding("it was wrong before", known=True)
