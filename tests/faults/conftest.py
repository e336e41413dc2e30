"""A small project that is ready for its host, for commands to fail on."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from ..built import made_once
from ..commands import run, run_here
from ..few_pages import few_pages


@pytest.fixture(scope="session")
def finished(small_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of a few pages, built and ready for its host. No test changes it."""

    def prepare(folder: Path) -> None:
        project = few_pages(small_project, folder / "project")
        (project / "snapshots").mkdir()
        result = run("mkdocs", "build", "--strict", cwd=project)
        assert result.returncode == 0, result.stderr
        # A twin that would be made anew.
        (project / "site/sitemap.xml.gz").unlink()
        shutil.copytree(project / "site", folder / "as-built")
        for command in ("publish", "handouts", "offline"):
            result = run_here(command, "site", cwd=project)
            assert result.returncode == 0, result.stderr
        shutil.copytree(project / ".cache/handouts", project / "kept")

    return made_once(tmp_path_factory, "faults", prepare) / "project"


@pytest.fixture
def finished_copy(finished: Path, tmp_path: Path) -> Path:
    # Links are made sooner than copies, and no command writes into a file that is there.
    return Path(shutil.copytree(finished, tmp_path / "project", copy_function=os.link))
