"""Runs the steps of a build in order, and skips those whose inputs have not changed.

A step is skipped if the files that it reads, the files that it has written and the program are the
same as after its last run, by their content (SHA-256). So it also runs if somebody has changed its
output.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sourced_guide.build.inputs import digest
from sourced_guide.claims.model.errors import UnwritableFileError
from sourced_guide.claims.project.io.atomic_write import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from sourced_guide.build.areas import Areas
    from sourced_guide.build.step import Step
    from sourced_guide.claims.model.finding import Finding

UNCHANGED = "unchanged"
# Of a recorded step: whether it has left something out.
_PARTIAL = "partial"


@dataclass(frozen=True)
class Report:
    """The result of a build: the findings of all steps, and whether any step ran."""

    findings: list[Finding] = field(default_factory=list)
    ran: bool = False


def is_unchanged(areas: Areas, state_file: Path, *, with_all: bool = False) -> bool:
    """Say whether the last build was complete and none of its inputs and outputs has changed.

    `with_all`, none of its steps may have left anything out. This does not load the steps, which
    would take longer than reading all files.
    """
    try:
        state = _State(state_file, areas.program)
        return state.is_complete and all(
            _is_done(step, _entry(areas, step["reads"], step["writes"]), with_all=with_all)
            for step in state.steps.values()
        )
    except (KeyError, TypeError):
        return False


def run_steps(
    steps: Sequence[Step],
    areas: Areas,
    state_file: Path,
    announce: Callable[[str], None],
    *,
    with_all: bool = False,
) -> Report:
    """Run the steps that have anything to do; steps that publish only where nothing was found.

    `with_all`, a step that has left something out has that to do. `announce` is given one line per
    step. `state_file` records earlier runs, and may be missing.

    Raises what a step raises; the steps before it need not run again.
    """
    state = _State(state_file, areas.program)
    findings: set[Finding] = set()
    ran = False
    for step in steps:
        if step.publishes and findings:
            # A site with findings must not have published files of an older edition.
            areas.remove(areas.matching(step.writes))
            state.forget(step.name)
            continue
        before = _entry(areas, step.reads, step.writes)
        if _is_done(state.steps.get(step.name), before, with_all=with_all):
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
            after = _digest(areas.matching(step.writes))
            state.record(step.name, {**before, "outputs": after, _PARTIAL: result.is_partial})
    state.end(step.name for step in steps)
    return Report(sorted(findings), ran)


class _State:
    """What each step read and wrote when it last ran: patterns, and digests of what matched."""

    def __init__(self, file: Path, program: str) -> None:
        self._file = file
        self._program = program
        self.steps: dict[str, Any] = {}
        # Whether a build has ended with all of its steps.
        self.is_complete = False
        with suppress(OSError, ValueError, TypeError, KeyError):
            data = json.loads(file.read_text("utf-8"))
            if data["program"] == program:
                self.steps = dict(data["steps"])
                self.is_complete = bool(data["complete"])

    def record(self, step: str, entry: Mapping[str, Any]) -> None:
        """Record what a step has read and written."""
        self.steps[step] = entry
        self._write(is_complete=False)

    def forget(self, step: str) -> None:
        """Make a step run the next time."""
        self.steps.pop(step, None)
        self._write(is_complete=False)

    def end(self, steps: Iterable[str]) -> None:
        """Record that a build with these steps has ended."""
        if not self.is_complete:
            self._write(is_complete=self.steps.keys() == set(steps))

    def _write(self, *, is_complete: bool) -> None:
        self.is_complete = is_complete
        data = {"program": self._program, "complete": is_complete, "steps": self.steps}
        # If this fails, the next build only takes longer.
        with suppress(UnwritableFileError):
            write_atomically(self._file, json.dumps(data))


def _is_done(known: Mapping[str, Any] | None, now: Mapping[str, Any], *, with_all: bool) -> bool:
    """Say whether a step has done its work, given its recorded entry and the one of now."""
    if known is None or (with_all and known.get(_PARTIAL)):
        return False
    return known == {**now, _PARTIAL: known.get(_PARTIAL)}


def _entry(areas: Areas, reads: Iterable[str], writes: Iterable[str]) -> dict[str, Any]:
    return {
        "reads": list(reads),
        "writes": list(writes),
        "inputs": _digest(areas.matching(reads)),
        "outputs": _digest(areas.matching(writes)),
    }


def _digest(files: Mapping[str, str]) -> str:
    return digest((name, content.encode()) for name, content in files.items())
