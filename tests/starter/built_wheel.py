"""The wheel, built from a copy of the package: setuptools writes into the folder of its sources."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from ..conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def made_wheel(folder: Path) -> Path:
    """Build the wheel in a folder and return its path."""
    sources = folder / "sources"
    sources.mkdir()
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, sources)
    shutil.copytree(ROOT / "hooks", sources / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"),
            *("--no-build-isolation", "--wheel-dir", folder, sources),
        ],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))
