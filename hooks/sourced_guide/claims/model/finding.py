"""What a rule reports."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from sourced_guide.claims.model.sanitize import visible, visible_path

if TYPE_CHECKING:
    from sourced_guide.claims.model.place import Place


class Severity(Enum):
    """Whether a finding stops a build; the values are SARIF's levels."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Finding:
    """One fault: where, which rule, what was written and what is wrong, what to do.

    `known` are those that a baseline lists.
    """

    place: Place
    rule: str
    name: str
    message: str
    help: str = ""
    severity: Severity = field(default=Severity.ERROR, compare=False)
    known: bool = field(default=False, compare=False)

    @property
    def stops_the_build(self) -> bool:
        """Whether it is new and more than a warning."""
        return self.severity is Severity.ERROR and not self.known

    def as_text(self) -> str:
        """Return the contract's text form: `path:line:col: CODE message (name)` and a help line.

        Between the two, a line says why a finding stops no build. Whatever the page holds, a
        message stays on one line.
        """
        place = f"{visible_path(self.place.file)}:{self.place.line}:{self.place.column}"
        lines = [f"{place}: {self.rule} {visible(self.message)} ({self.name})"]
        if self.known:
            lines.append("    known: in the baseline")
        elif not self.stops_the_build:
            lines.append("    warning: it does not stop the build")
        if self.help:
            lines.append(f"    help: {visible(self.help)}")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, str | int | bool]:
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
            "known": self.known,
        }
