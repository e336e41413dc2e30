"""The workflow that publishes to Pages: nothing goes up but by way of the gate, with few rights."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from ..conftest import ROOT


@pytest.fixture(scope="module")
def jobs() -> dict[str, Any]:
    workflow = yaml.safe_load((ROOT / ".github/workflows/publish.yml").read_text("utf-8"))
    assert workflow["permissions"] == {}
    return dict(workflow["jobs"])


def test_what_is_published_was_tested_and_certified(jobs: dict[str, Any]) -> None:
    steps = jobs["build"]["steps"]
    commands = [step.get("run", step.get("uses")) for step in steps]
    gate, built = commands.index("bash .ci/run"), commands.index("make all")
    uploaded = next(i for i, each in enumerate(commands) if "upload-pages-artifact" in each)
    assert gate < built < uploaded
    assert not any("continue-on-error" in step or "if" in step for step in steps)
    assert jobs["publish"]["needs"] == "build"
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert "$(BIN)/guide build" in makefile, "which certifies, or stops"


def test_only_the_job_that_publishes_may_write_and_it_runs_nothing_of_ours(
    jobs: dict[str, Any],
) -> None:
    assert jobs["build"]["permissions"] == {"contents": "read"}
    assert jobs["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert not any("run" in step for step in jobs["publish"]["steps"])


def test_every_action_is_pinned_to_one_commit(jobs: dict[str, Any]) -> None:
    used = [step["uses"] for job in jobs.values() for step in job["steps"] if "uses" in step]
    assert len(used) == 3
    for action in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action)
