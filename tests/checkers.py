"""Programs from npm that look at the markup of pages; `make test-all` installs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from .front_matter import ROOT

_MODULES = ROOT / ".build/checkers/node_modules"
AXE = Path("axe-core/axe.min.js")
NU = Path("vnu-jar/build/dist/vnu.jar")


def installed(name: Path) -> Path:
    """Return the file of a program; where it is not installed, the test fails with how to."""
    path = _MODULES / name
    if not path.is_file():
        pytest.fail(f"{path} is missing: make .build/checkers/installed", pytrace=False)
    return path
