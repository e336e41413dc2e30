"""`--format github`: annotations that GitHub shows at the lines of a pull request.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions; escaping as in
actions/toolkit, packages/core/src/command.ts (`escapeData`, `escapeProperty`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.model.finding import Finding, Severity
from sourced_guide.claims.model.sanitize import visible
from sourced_guide.claims.report.text import summary

if TYPE_CHECKING:
    from sourced_guide.claims.report.result import Outcome

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def as_github(outcome: Outcome) -> str:
    """Return one workflow command for each finding, then the summary."""
    return "\n".join([*map(_annotation, outcome.findings), summary(outcome)])


def _annotation(finding: Finding) -> str:
    command = "notice" if finding.known else _COMMANDS[finding.severity]
    properties = {
        "file": finding.place.file,
        "line": str(finding.place.line),
        "col": str(finding.place.column),
        "title": f"{finding.rule} {finding.name}",
    }
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    lines = [visible(finding.message), visible(finding.help)]
    return f"::{command} {written}::{_data(chr(10).join(filter(None, lines)))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return visible(_data(text).replace(":", "%3A").replace(",", "%2C"))
