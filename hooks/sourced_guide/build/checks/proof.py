"""A stored proof that a guide was checked, so that a build runs the check only once.

It has a digest of every file, setting and program that the check depends on, and of the day. If the
digest does not match the project, the proof is ignored and the check runs again.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.build.inputs import digest, engine_digest, project_digest
from sourced_guide.claims.model.errors import UnwritableFileError
from sourced_guide.claims.model.finding import Finding, Severity
from sourced_guide.claims.model.place import Place
from sourced_guide.claims.project.io.atomic_write import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.project import Project

FILE = Path(".cache", "check.json")


@dataclass(frozen=True)
class CheckResult:
    """The findings of a check of the whole guide, and how much was checked."""

    pages: int
    claims: int
    sources: int
    findings: tuple[Finding, ...]


def checked_inputs(project: Project) -> str:
    """Return the digest of everything that a check depends on."""
    day = project.today.isoformat().encode()
    return digest([("project", project_digest(project, engine_digest()).encode()), ("today", day)])


def check_result(guide: Guide, findings: Iterable[Finding]) -> CheckResult:
    """Return the result of a check with these findings."""
    return CheckResult(
        pages=len(guide.pages),
        claims=sum(len(page.claims) for _, page in guide.pages),
        sources=len(guide.references.sources),
        findings=tuple(findings),
    )


def write_proof(project: Project, inputs: str, result: CheckResult) -> None:
    """Store the result of a check, if its inputs are unchanged."""
    if checked_inputs(project) != inputs:
        return
    data = {
        "inputs": inputs,
        "pages": result.pages,
        "claims": result.claims,
        "sources": result.sources,
        "findings": [finding.as_dict() for finding in result.findings],
    }
    with suppress(UnwritableFileError):
        write_atomically(project.folder / FILE, json.dumps(data))


def read_proof(project: Project) -> CheckResult | None:
    """Return the result of the last check, if the project has not changed since."""
    try:
        data = json.loads((project.folder / FILE).read_text("utf-8"))
        if data["inputs"] != checked_inputs(project):
            return None
        return CheckResult(
            pages=int(data["pages"]),
            claims=int(data["claims"]),
            sources=int(data["sources"]),
            findings=tuple(map(_finding, data["findings"])),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _finding(data: Mapping[str, str | int | bool]) -> Finding:
    return Finding(
        place=Place(str(data["file"]), int(data["line"]), int(data["column"])),
        rule=str(data["rule"]),
        name=str(data["name"]),
        message=str(data["message"]),
        help=str(data["help"]),
        severity=Severity(data["severity"]),
        known=bool(data["known"]),
    )
