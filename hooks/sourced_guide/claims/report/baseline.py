"""Baselines of known findings, so that a project can adopt the check before it is clean.

A baseline lists findings by fingerprint. They are still reported, marked as known, but do not fail
the build. A fingerprint does not depend on line numbers, so that text can be added above it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.model.sanitize import visible
from sourced_guide.claims.project.io.atomic_write import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from sourced_guide.claims.model.finding import Finding
    from sourced_guide.claims.project.project import Project

VERSION = 1
# A reference to a line in a message: "other.md:12:3", "line 12".
_LINE_NUMBER = re.compile(r"(?<=\.md|yml|aml):\d+(?::\d+)?|\blines? \d+")
_FIELDS = ("file", "rule", "message", "fingerprint")


@dataclass(frozen=True)
class Entry:
    """One known finding. The fingerprint decides; the rest is for people who read the file."""

    file: str
    rule: str
    message: str
    fingerprint: str


@dataclass(frozen=True)
class Baseline:
    """The known findings of a project, by fingerprint."""

    entries: Mapping[str, Entry]

    def marked(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings in order, those that are listed marked as known."""
        return [
            dataclasses.replace(finding, known=fingerprint in self.entries)
            for finding, fingerprint in fingerprints(findings).items()
        ]

    def resolved(self, findings: Iterable[Finding], was_checked: Callable[[Entry], bool]) -> int:
        """Count the entries that no longer occur, among those for which `was_checked` is true."""
        found = set(fingerprints(findings).values())
        return sum(
            fingerprint not in found and was_checked(entry)
            for fingerprint, entry in self.entries.items()
        )


def fingerprints(findings: Iterable[Finding]) -> dict[Finding, str]:
    """Return what identifies each finding and does not change when lines move.

    It is a hash of the rule, the file, the message without line numbers, and a number that counts
    the findings that are equal in these, from the top of the file. The findings are sorted.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    result = {}
    for finding in sorted(findings):
        same = (finding.rule, finding.place.file, _LINE_NUMBER.sub("", finding.message))
        seen[same] += 1
        text = json.dumps([*same, seen[same]])
        result[finding] = hashlib.sha256(text.encode()).hexdigest()[:32]
    return result


def baseline_of(findings: Iterable[Finding]) -> Baseline:
    """Return the baseline that lists all of `findings`."""
    return Baseline(
        {
            fingerprint: Entry(
                visible(finding.place.file), finding.rule, visible(finding.message), fingerprint
            )
            for finding, fingerprint in fingerprints(findings).items()
        }
    )


def write_baseline(baseline: Baseline, path: Path) -> None:
    """Write a baseline, one entry a block, in the order of files, rules and messages.

    Raises UnwritableFileError where the file cannot be written.
    """
    entries = sorted(map(dataclasses.astuple, baseline.entries.values()))
    listed = [dict(zip(_FIELDS, entry, strict=True)) for entry in entries]
    text = json.dumps({"version": VERSION, "findings": listed}, ensure_ascii=False, indent=1)
    write_atomically(path, text + "\n")


def read_baseline(path: Path) -> Baseline:
    """Read a baseline; raise UnusableProjectError where the file is not one."""
    try:
        data: Any = json.loads(path.read_bytes())
    except OSError as error:
        reason = f"the baseline '{path}' cannot be read: {error.strerror}"
        raise UnusableProjectError(reason) from error
    except (ValueError, RecursionError) as error:
        raise _unusable(path, "it is not JSON") from error
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise _unusable(path, f"it does not say `version: {VERSION}`")
    listed = data.get("findings")
    if not isinstance(listed, list):
        raise _unusable(path, "it has no list `findings`")
    entries = {}
    for number, item in enumerate(listed, start=1):
        values = item if isinstance(item, dict) else {}
        fields = {name: value for name in _FIELDS if isinstance(value := values.get(name), str)}
        if len(fields) != len(_FIELDS):
            raise _unusable(path, f"finding {number} lacks one of {', '.join(_FIELDS)}")
        entry = Entry(**fields)
        entries[entry.fingerprint] = entry
    return Baseline(entries)


def project_baseline(project: Project) -> Baseline:
    """Return the baseline that the project's settings name; where they name none, an empty one."""
    path = project.folder / project.options.baseline
    if not project.options.baseline or (project.options.only_reports and not path.exists()):
        return Baseline({})
    return read_baseline(path)


def write_first_baseline(findings: Iterable[Finding], project: Project) -> bool:
    """Write the baseline of a project that adopts the check, and say whether there was none."""
    path = project.folder / project.options.baseline
    if not project.options.only_reports or path.exists():
        return False
    write_baseline(baseline_of(findings), path)
    return True


def _unusable(path: Path, reason: str) -> UnusableProjectError:
    advice = "create it with --write-baseline"
    return UnusableProjectError(f"'{path}' is not a baseline: {reason}; {advice}")
