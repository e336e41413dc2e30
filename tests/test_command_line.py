"""The `guide` command in a terminal: its help, and what TAB completes."""

from __future__ import annotations

import os
import pty
import shlex
import subprocess
from typing import TYPE_CHECKING

import pytest

from .commands import BIN, run
from .conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = (
    *(
        "build",
        "serve",
        "check",
        "report",
        "verify",
        "fetch",
        "confirm",
        "review",
        "export",
        "certify",
    ),
    *("rules", "clean"),
)


def test_help_fits_a_screen_and_gives_every_subcommand_one_line(tmp_path: Path) -> None:
    result = run("guide", "--help", cwd=tmp_path)
    assert result.returncode == 0
    lines = result.stdout.splitlines()
    assert len(lines) <= 33
    assert max(map(len, lines)) <= 80
    listed = [line.split() for line in lines if line.startswith("    ")]
    described = [words[0] for words in listed if len(words) > 2 and words[0] in COMMANDS]
    assert described == list(COMMANDS)
    assert "examples:" in lines


@pytest.mark.parametrize("name", ["guide", "claims"])
def test_the_version_is_named(name: str, tmp_path: Path) -> None:
    assert run(name, "--version", cwd=tmp_path).stdout.startswith(f"{name} 1.")


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("guide che\t", "check"),
        ("guide check --for\t", "check --format"),
        ("guide check --format sa\t", "check --format sarif"),
        ("guide check docs/ste\t", "check docs/steroids.md"),
        ("guide report --si\t", "report --site"),
        ("claims ver\t", "verify"),
    ],
)
def test_bash_completes_what_is_typed(typed: str, completed: str, tmp_path: Path) -> None:
    name = typed.partition(" ")[0]
    script = run(name, "--print-completion", "bash", cwd=tmp_path)
    assert (script.returncode, script.stderr) == (0, "")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/steroids.md").touch()
    # In place of the command, what notes the words that it gets from the shell.
    rc = f'{name}() {{ printf "%s\\n" "$*" > words; exit; }}\n'
    (tmp_path / "rc").write_text(script.stdout + rc)
    # A shell completes only what somebody types at a terminal.
    ours, theirs = pty.openpty()
    shell = subprocess.Popen(
        ["bash", "--noprofile", "--rcfile", "rc", "-i"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "TERM": "dumb", "INPUTRC": os.devnull},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    os.write(ours, f"{typed}\n".encode())
    try:
        shell.wait(timeout=30)
    finally:
        shell.kill()
        os.close(ours)
    assert (tmp_path / "words").read_text().split() == shlex.split(completed)


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_get_a_script_that_names_every_subcommand(shell: str, tmp_path: Path) -> None:
    result = run("guide", "--print-completion", shell, cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert all(command in result.stdout for command in COMMANDS)


def test_help_does_not_load_what_only_some_commands_need() -> None:
    script = "import sys, sourced_guide.cli.main; print(*sys.modules)"
    modules = subprocess.run(
        [BIN / "python", "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert "sourced_guide.cli.main" in modules
    assert not {"pikepdf", "pypdf", "segno", "shtab", "tqdm", "typst", "urllib3"} & {*modules}
