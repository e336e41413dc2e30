"""Somebody new: a fresh copy of the repository, and the first command of the README."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from .front_matter import ROOT

if TYPE_CHECKING:
    from pathlib import Path


# It installs everything and builds the guide: two minutes.
@pytest.mark.exhaustive
def test_a_fresh_copy_installs_and_builds_the_guide(tmp_path: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tmp_path / name)
    left_out = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "VIRTUAL_ENV", "PYTHONPATH")
    made = subprocess.run(
        ["make", "site", f"PYTHON={sys.base_prefix}/bin/python3"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={name: value for name, value in os.environ.items() if name not in left_out},
    )
    assert made.returncode == 0, made.stdout + made.stderr
    for name in ("index.html", "claims.json", "_headers", "handouts/guide-a4.pdf"):
        assert (tmp_path / "site" / name).is_file(), name
    assert list((tmp_path / "site/offline").glob("*.zip"))
