"""One step of a build: what it reads, what it writes, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sourced_guide.claims.model.finding import Finding


class StepFailedError(Exception):
    """A step could not do its work, and has said why; no other step can run.

    `findings` are what the check has found, where that is why.
    """

    def __init__(self, code: int, findings: Sequence[Finding] = ()) -> None:
        super().__init__(f"a step ended with code {code}")
        self.code = code
        self.findings = tuple(findings)


@dataclass(frozen=True)
class StepResult:
    """What a step has done, as one line, the files that it wants to be there, and what it found.

    `written` are names as in `Step.writes`. Other files that match `writes` are of an earlier run.
    """

    summary: str
    written: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Step:
    """One step of a build.

    `reads` and `writes` are patterns as in .gitignore, where the last that matches decides. Files
    are named from the areas `generated/` and `site/`; `project` is all that a project is made of.
    `publishes` says that the step is for a site without findings only.

    `run` raises UnusableProjectError where the step cannot do its work.
    """

    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    run: Callable[[], StepResult]
    publishes: bool = False
