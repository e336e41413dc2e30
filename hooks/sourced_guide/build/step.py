"""Build steps: what they read and write, and their results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sourced_guide.claims.model.finding import Finding


class StepFailedError(Exception):
    """A step failed and has reported why; no other step can run.

    `findings` are those of the check, if they are the reason.
    """

    def __init__(self, code: int, findings: Sequence[Finding] = ()) -> None:
        super().__init__(f"a step ended with code {code}")
        self.code = code
        self.findings = tuple(findings)


@dataclass(frozen=True)
class StepResult:
    """The result of a step: a summary in one line, the files that it has written, and its findings.

    `written` are names as in `Step.writes`. Other files that match `writes` are outdated. A result
    `is_partial` if the step has left out what `guide build --all` makes.
    """

    summary: str
    written: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
    is_partial: bool = False


@dataclass(frozen=True)
class Step:
    """One step of a build.

    `reads` and `writes` are patterns as in .gitignore, in which the last match decides. Files are
    relative to the areas `generated/` and `site/`; `project` stands for all files of the project. A
    step that `publishes` runs only for a site without findings.

    `run` raises UnusableProjectError where the step cannot do its work.
    """

    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    run: Callable[[], StepResult]
    publishes: bool = False
