"""Runs the steps of a build one after another, and passes over what has nothing to do.

A step is passed over where the files that it reads, the files that it has written and the program
are the same as after its last run; all are known by their content (SHA-256). Anything else runs the
step again: where a file that it wrote was touched, too.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pathspec import PathSpec

from sourced_guide.build.inputs import digest
from sourced_guide.claims.model.errors import UnwritableFileError
from sourced_guide.claims.project.io.atomic_write import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from sourced_guide.build.built_site.site import BuiltSite
    from sourced_guide.build.step import Step
    from sourced_guide.claims.model.finding import Finding

PROJECT = "project"
UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Areas:
    """What steps read and write: the digest of the project, and folders by their names."""

    project: str
    folders: Mapping[str, BuiltSite]

    def matching(self, patterns: Sequence[str]) -> dict[str, str]:
        """Return the digests of all files that match the patterns, by their names.

        Hidden files are the host's or the user's own.
        """
        spec = PathSpec.from_lines("gitignore", patterns)
        found = {
            f"{area}/{name}": site
            for area, site in self.folders.items()
            for name in site.names
            if not name.startswith(".") and spec.match_file(f"{area}/{name}")
        }
        digests = {
            name: site.digest(name.partition("/")[2]) for name, site in sorted(found.items())
        }
        return digests | ({PROJECT: self.project} if spec.match_file(PROJECT) else {})

    def remove(self, names: Iterable[str]) -> None:
        """Remove files, given by area and name."""
        for name in names:
            area, _, file = name.partition("/")
            self.folders[area].remove([file])


@dataclass(frozen=True)
class Report:
    """What came of a build: the findings of all steps, and whether any step had to run."""

    findings: list[Finding] = field(default_factory=list)
    ran: bool = False


def run_steps(
    steps: Iterable[Step],
    areas: Areas,
    state_file: Path,
    program: str,
    announce: Callable[[str], None],
) -> Report:
    """Run the steps that have anything to do; steps that publish only where nothing was found.

    `program` tells this version of the program from any other. `announce` is given one line for
    each step. What is known of earlier runs is in `state_file`, which may be missing.

    Raises what a step raises; what the steps before it have done is known the next time.
    """
    state = _State(state_file, program)
    findings: set[Finding] = set()
    ran = False
    for step in steps:
        if step.publishes and findings:
            # Of a site with findings, nothing of an older edition stays beside it.
            areas.remove(areas.matching(step.writes))
            state.forget(step.name)
            continue
        inputs = _digest(areas.matching(step.reads))
        if state.knows(step.name, inputs, _digest(areas.matching(step.writes))):
            announce(f"{step.name}: {UNCHANGED}")
            continue
        ran = True
        result = step.run()
        areas.remove(areas.matching(step.writes).keys() - result.written)
        announce(f"{step.name}: {result.summary}")
        findings.update(result.findings)
        if result.findings:
            state.forget(step.name)
        else:
            state.note(step.name, inputs, _digest(areas.matching(step.writes)))
    return Report(sorted(findings), ran)


class _State:
    """What each step read and wrote when it last ran, as digests."""

    def __init__(self, file: Path, program: str) -> None:
        self._file = file
        self._program = program
        self._steps: dict[str, Any] = {}
        with suppress(OSError, ValueError, TypeError, KeyError):
            data = json.loads(file.read_text("utf-8"))
            if data["program"] == program:
                self._steps = dict(data["steps"])

    def knows(self, step: str, inputs: str, outputs: str) -> bool:
        """Say whether a step has read and written exactly this."""
        return bool(self._steps.get(step) == {"inputs": inputs, "outputs": outputs})

    def note(self, step: str, inputs: str, outputs: str) -> None:
        """Note what a step has read and written."""
        self._steps[step] = {"inputs": inputs, "outputs": outputs}
        self._write()

    def forget(self, step: str) -> None:
        """Let a step run the next time."""
        if self._steps.pop(step, None):
            self._write()

    def _write(self) -> None:
        # Without it, the next build takes longer.
        with suppress(UnwritableFileError):
            write_whole(self._file, json.dumps({"program": self._program, "steps": self._steps}))


def _digest(files: Mapping[str, str]) -> str:
    return digest((name, content.encode()) for name, content in files.items())
