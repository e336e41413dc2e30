"""A small project that is ready for its host, for commands to fail on."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from ..built import made_once
from ..commands import run_here
from ..conftest import AS_BUILT


@pytest.fixture(scope="session")
def finished(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of a few pages with an offline copy, too. No test changes it."""

    def prepare(folder: Path) -> None:
        project = Path(shutil.copytree(ready, folder / "project"))
        (project / "snapshots").mkdir()
        shutil.copytree(ready.with_name(AS_BUILT), folder / "as-built")
        for site in (project / "site", folder / "as-built"):
            # A twin that would be made anew.
            (site / "sitemap.xml.gz").unlink()
        result = run_here("offline", "site", cwd=project)
        assert result.returncode == 0, result.stderr
        shutil.copytree(project / ".cache/handouts", project / "kept")

    return made_once(tmp_path_factory, "faults", prepare) / "project"


@pytest.fixture
def finished_copy(finished: Path, tmp_path: Path) -> Path:
    # Links are made sooner than copies, and no command writes into a file that is there.
    return Path(shutil.copytree(finished, tmp_path / "project", copy_function=os.link))
