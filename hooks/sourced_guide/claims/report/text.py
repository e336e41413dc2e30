"""`--format text`: for people, and for editors that parse the output of commands."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sourced_guide.claims.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sourced_guide.claims.model.finding import Finding
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
    if outcome.not_judged:
        text += f"; guide report --merge judges {', '.join(outcome.not_judged)}"
    return text + summary_note(outcome.ignored)


def adoption_report(findings: Sequence[Finding], baseline: str, *, is_first: bool) -> list[str]:
    """Return what a build says that only reports: new findings, and how many of which are known.

    `is_first` is whether it has just written the baseline.
    """
    known = [finding for finding in findings if finding.known]
    rules = Counter(f"{finding.rule} {finding.name}" for finding in known)
    lines = [finding.as_text() for finding in findings if not finding.known]
    shown = f"{counted(len(known), 'finding')} in {baseline}"
    if is_first:
        shown += ", which this build has written: later builds report what is new"
    lines.append(f"{counted(len(lines), 'new finding')}, {shown} (gate: report)")
    lines += [f"    {name}: {number}" for name, number in rules.most_common()]
    if findings:
        lines.append("    guide check lists them all, each with what to do")
    return lines


def summary_note(codes: Sequence[str]) -> str:
    """Return the part of a summary that names ignored rules; empty where there are none."""
    return f"; ignored by mkdocs.yml: {', '.join(codes)}" if codes else ""


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 claim", "2 claims"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
