"""Steps of a build run when they have something to do, and only then."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from sourced_guide.build.areas import Areas
from sourced_guide.build.built_site.site import BuiltSite
from sourced_guide.build.pipeline import is_unchanged, run_steps
from sourced_guide.build.rules import build_finding, built_place
from sourced_guide.build.step import Step, StepResult

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sourced_guide.claims.model.finding import Finding


@dataclass
class TwoSteps:
    """A build that copies a file and then packs all copies; `ran` are the steps of the last run."""

    folder: Path
    program: str = "1"
    is_faulty: bool = False
    ran: list[str] = field(default_factory=list)

    def build(self) -> list[Finding]:
        self.ran.clear()
        generated, site = BuiltSite(self.folder / "generated"), BuiltSite(self.folder / "site")

        def copy() -> StepResult:
            self.ran.append("copy")
            texts = {name: generated.content(name) for name in generated.names}
            site.write(texts)
            found = (build_finding("BLD008", built_place(site, "a.txt"), "'b' leads to nothing"),)
            written = frozenset(f"site/{name}" for name in texts)
            return StepResult("copied", written, found if self.is_faulty else ())

        def pack() -> StepResult:
            self.ran.append("pack")
            texts = [site.text(name) for name in sorted(site.names) if name.endswith(".txt")]
            site.write({"all.zip": "".join(texts)})
            return StepResult("packed", frozenset({"site/all.zip"}))

        steps = [
            Step("copy", ("generated/**",), ("site/**", "!site/*.zip"), copy),
            Step("pack", ("site/*.txt",), ("site/*.zip",), pack, publishes=True),
        ]
        areas = Areas(self.program, "", {"generated": generated, "site": site})
        was_unchanged = is_unchanged(areas, self.state)
        report = run_steps(steps, areas, self.state, lambda _line: None)
        assert report.ran == bool(self.ran) == (not was_unchanged)
        return report.findings

    @property
    def state(self) -> Path:
        return self.folder / "build.json"

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)

    def files(self) -> dict[str, str]:
        return {path.name: path.read_text() for path in (self.folder / "site").iterdir()}


@pytest.fixture
def two_steps(tmp_path: Path) -> TwoSteps:
    steps = TwoSteps(tmp_path)
    steps.write("generated/a.txt", "a")
    steps.build()
    assert steps.files() == {"a.txt": "a", "all.zip": "a"}
    return steps


def test_what_has_not_changed_is_not_made_again(two_steps: TwoSteps) -> None:
    two_steps.write("generated/a.txt", "a")
    assert not two_steps.build()
    assert two_steps.ran == []


CHANGES: dict[str, tuple[Callable[[TwoSteps], object], list[str]]] = {
    "an input": (lambda steps: steps.write("generated/a.txt", "b"), ["copy", "pack"]),
    # What comes out is the same, so the next step has nothing to do.
    "an output": (lambda steps: steps.write("site/a.txt", "changed by hand"), ["copy"]),
    "an output is gone": (lambda steps: (steps.folder / "site/all.zip").unlink(), ["pack"]),
    "a file that no step has written": (lambda steps: steps.write("site/x.txt", "x"), ["copy"]),
    "the state is gone": (lambda steps: steps.state.unlink(), ["copy", "pack"]),
    "the state is broken": (lambda steps: steps.state.write_text("{"), ["copy", "pack"]),
    "the state is another thing": (lambda steps: steps.state.write_text("[]"), ["copy", "pack"]),
    "the program": (lambda steps: setattr(steps, "program", "2"), ["copy", "pack"]),
    "a hidden file of the host": (lambda steps: steps.write("site/.keep", ""), []),
}


@pytest.mark.parametrize(("change", "runs"), CHANGES.values(), ids=CHANGES)
def test_a_step_runs_again_where_anything_of_it_has_changed(
    change: Callable[[TwoSteps], None], runs: list[str], two_steps: TwoSteps
) -> None:
    change(two_steps)
    two_steps.build()
    assert two_steps.ran == runs
    source = (two_steps.folder / "generated/a.txt").read_text()
    files = {name: text for name, text in two_steps.files().items() if name != ".keep"}
    assert files == {"a.txt": source, "all.zip": source}
    two_steps.build()
    assert two_steps.ran == []


def test_of_a_site_with_findings_nothing_is_published(two_steps: TwoSteps) -> None:
    two_steps.is_faulty = True
    two_steps.write("generated/a.txt", "b")
    for _ in range(2):
        (finding,) = two_steps.build()
        assert finding.rule == "BLD008"
        assert two_steps.ran == ["copy"]
        assert two_steps.files() == {"a.txt": "b"}
    two_steps.is_faulty = False
    assert not two_steps.build()
    assert two_steps.ran == ["copy", "pack"]


def test_files_of_an_earlier_run_do_not_stay(two_steps: TwoSteps) -> None:
    two_steps.write("generated/b.txt", "b")
    (two_steps.folder / "generated/a.txt").unlink()
    two_steps.build()
    assert two_steps.files() == {"b.txt": "b", "all.zip": "b"}
