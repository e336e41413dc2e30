"""The monthly job: what it may do, and what its own script does where sources need a person."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ..commands import BIN
from ..conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

FILE = ROOT / ".github/workflows/sources.yml"


@pytest.fixture(scope="module")
def jobs() -> dict[str, Any]:
    workflow = yaml.safe_load(FILE.read_text("utf-8"))
    assert workflow["permissions"] == {}
    found: dict[str, Any] = workflow["jobs"]
    return found


def test_no_job_may_both_meet_strangers_and_write(jobs: dict[str, Any]) -> None:
    assert jobs["look"]["permissions"] == {"contents": "read"}
    assert jobs["tell"]["permissions"] == {"issues": "write"}
    assert not [step for step in jobs["tell"]["steps"] if "uses" in step]


def test_actions_are_pinned_and_no_copy_leaves_the_job(jobs: dict[str, Any]) -> None:
    used = [step["uses"] for step in jobs["look"]["steps"] if "uses" in step]
    assert [each.partition("@")[0] for each in used] == ["actions/checkout"]
    assert all(re.fullmatch(r".+@[0-9a-f]{40}", each) for each in used)


def _look(jobs: dict[str, Any], two_sources: Path) -> subprocess.CompletedProcess[str]:
    """Run the script of the job in a project."""
    script = next(step["run"] for step in jobs["look"]["steps"] if step.get("id") == "look")
    temporary = two_sources / "temporary"
    temporary.mkdir(exist_ok=True)
    files = {name: str(temporary / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    return subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=two_sources,
        env={"PATH": os.environ["PATH"], "RUNNER_TEMP": str(temporary), "SITE_URL": "", **files},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_job_reports_what_needs_a_person_and_fails_where_it_could_not_run(
    jobs: dict[str, Any], two_sources: Path
) -> None:
    (two_sources / ".venv").mkdir()
    (two_sources / ".venv/bin").symlink_to(BIN)
    result = _look(jobs, two_sources)
    assert result.returncode == 0, result.stderr
    reported = (two_sources / "temporary/GITHUB_OUTPUT").read_text().splitlines()
    assert reported[0].startswith("report<<end-")
    assert reported[1:-1] == [
        "    legs: unreachable: its source file has neither a URL nor a DOI",
        "    spine: unreachable: its source file has neither a URL nor a DOI",
        "    sources: 0 fetched, 0 unchanged, 0 changed, 0 gone, 2 unreachable",
        "    passages: 0 found, 0 not found, 4 unchecked",
        "    claims: 0 found, 0 not found, 0 unchecked",
    ]
    (two_sources / "mkdocs.yml").write_text("a: [")
    result = _look(jobs, two_sources)
    assert result.returncode != 0
    assert "mkdocs.yml is not usable YAML" in result.stderr
