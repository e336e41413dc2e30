"""How tests run commands: as an editor does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent
CLAIMS = BIN / "claims"
# In seconds; a command that never ends fails its test. How long one takes is not what tests ask.
_GIVEN_UP_AFTER = 900


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of the project's own environment, which knows nothing else of this machine."""
    return subprocess.run(
        [BIN / command[0], *command[1:]],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=_GIVEN_UP_AFTER,
        env={"PATH": str(BIN), "NO_MKDOCS_2_WARNING": "1"}
        | {"SOURCE_DATE_EPOCH": os.environ["SOURCE_DATE_EPOCH"]},
    )


def claims(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the `claims` command as an editor does."""
    return subprocess.run(
        [CLAIMS, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=_GIVEN_UP_AFTER,
    )
