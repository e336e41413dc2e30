"""What a rule reports, and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Severity(Enum):
    """Whether a finding stops a build; the values are SARIF's levels."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Place:
    """A position in a file an editor wrote.

    `file` is relative to the project; `line` and `column` count from 1, columns in characters.
    """

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, order=True)
class Finding:
    """One fault: where, which rule, what was written and what is wrong, what to do."""

    place: Place
    rule: str
    name: str
    message: str
    help: str = ""
    severity: Severity = field(default=Severity.ERROR, compare=False)

    def as_text(self) -> str:
        """Return the contract's text form: `path:line:col: CODE message (name)` and a help line."""
        place = self.place
        text = f"{place.file}:{place.line}:{place.column}: {self.rule} {self.message} ({self.name})"
        return f"{text}\n    help: {self.help}" if self.help else text

    def as_dict(self) -> dict[str, str | int]:
        """Return the finding as plain values, for JSON."""
        return {
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "severity": self.severity.value,
            "rule": self.rule,
            "name": self.name,
            "message": self.message,
            "help": self.help,
        }
