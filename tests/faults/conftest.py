"""A small project that is ready for its host, for commands to fail on."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from ..commands import run
from ..few_pages import few_pages


@pytest.fixture(scope="session")
def ready(small_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of a few pages, built and ready for its host. No test changes it."""
    project = few_pages(small_project, tmp_path_factory.mktemp("faults") / "project")
    (project / "snapshots").mkdir()
    result = run("mkdocs", "build", "--strict", cwd=project)
    assert result.returncode == 0, result.stderr
    # The theme's largest files, which take long to pack; and a twin that would be made anew.
    shutil.rmtree(project / "site/assets/javascripts/lunr")
    for path in [*project.glob("site/assets/*/*.map"), project / "site/sitemap.xml.gz"]:
        path.unlink()
    shutil.copytree(project / "site", project.with_name("as-built"))
    for command in ("publish", "handouts", "offline"):
        result = run(command, "site", cwd=project)
        assert result.returncode == 0, result.stderr
    shutil.copytree(project / ".cache/handouts", project / "kept")
    return project


@pytest.fixture
def ready_copy(ready: Path, tmp_path: Path) -> Path:
    # Links are made sooner than copies, and no command writes into a file that is there.
    return Path(shutil.copytree(ready, tmp_path / "project", copy_function=os.link))
