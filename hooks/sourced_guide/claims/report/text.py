"""`--format text`: for people, and for editors that parse the output of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sourced_guide.claims.report.result import Outcome


def as_text(outcome: Outcome) -> str:
    """Return every finding in its text form, then the summary."""
    return "\n".join([*(finding.as_text() for finding in outcome.findings), summary(outcome)])


def summary(outcome: Outcome) -> str:
    """Return the last line of the output of a check."""
    stopping = [finding for finding in outcome.findings if finding.stops_the_build]
    new_warnings = [
        finding
        for finding in outcome.findings
        if finding.severity is Severity.WARNING and not finding.known
    ]
    known = sum(finding.known for finding in outcome.findings)
    if stopping:
        files = len({finding.place.file for finding in stopping})
        text = f"{counted(len(stopping), 'finding')} in {counted(files, 'file')}"
    else:
        checked = f"{counted(outcome.claims, 'claim')} checked"
        text = f"no findings: {checked}, {counted(outcome.sources, 'source')}"
    if new_warnings:
        text += f", {counted(len(new_warnings), 'warning')}"
    if known:
        text += f", {known} known"
    if outcome.resolved:
        entries = "entry" if outcome.resolved == 1 else "entries"
        text += f"; {outcome.resolved} baseline {entries} resolved: run --write-baseline"
    return text + summary_note(outcome.ignored)


def summary_note(codes: Sequence[str]) -> str:
    """Return the part of a summary that names ignored rules; empty where there are none."""
    return f"; ignored by mkdocs.yml: {', '.join(codes)}" if codes else ""


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 claim", "2 claims"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
