"""How tests run commands: as an editor does."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from sourced_guide.cli import deprecated, main

BIN = Path(sys.executable).parent
CLAIMS = BIN / "claims"
_MAINS = {
    "claims": main.claims,
    "guide": main.main,
    "handouts": deprecated.handouts,
    "hosting": deprecated.hosting,
    "offline": deprecated.offline,
    "publish": deprecated.publish,
}
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


def claims(*arguments: str, cwd: Path, encoding: str = "utf-8") -> subprocess.CompletedProcess[str]:
    """Run `claims` in this process."""
    return run_here("claims", *arguments, cwd=cwd, encoding=encoding)


def run_here(
    name: str, *arguments: str, cwd: Path, encoding: str = "utf-8", answers: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a command in this process, in a folder; return its exit code and what it prints.

    A process of its own takes half a second, and is needed for signals, pipes and full disks only.
    """
    out, complaint = (io.TextIOWrapper(io.BytesIO(), encoding) for _ in range(2))
    with (
        chdir(cwd),
        redirect_stdout(out),
        redirect_stderr(complaint),
        patch.object(sys, "stdin", io.StringIO(answers)),
    ):
        try:
            code = _MAINS[name](arguments)
        except SystemExit as ended:
            code = int(ended.code or 0)
    texts = [_written(stream) for stream in (out, complaint)]
    return subprocess.CompletedProcess([name, *arguments], code, *texts)


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()
