"""Every command by everything that may go wrong around it: one sentence, nothing half-made.

Signals, pipes and full disks need real processes, half a second apiece.
"""

from __future__ import annotations

import os
import resource
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sourced_guide.build.handouts import compile as pdf
from sourced_guide.cli.deprecated import handouts

from ..commands import run_here
from .commands import (
    COMMANDS,
    assert_one_sentence,
    complaint_of,
    end,
    some,
    start,
    state,
    with_work_to_do,
)

if TYPE_CHECKING:
    from collections.abc import Callable

# What each command that writes is to write, and what has to happen first so that it will.
WRITERS: dict[str, str] = {
    "claims check --write-baseline made/baseline.json": "made/baseline.json",
    "claims confirm --by Nurse": "reviews/nurse.yml",
    "claims export made/claims.json": "made/claims.json",
    "claims rules made/rules": "made/rules/index.md",
    "publish site": "site/assets/stylesheets/",
    "handouts site": ".cache/handouts/fonts",
    "handouts site --cache kept": "site/handouts/",
    "offline site": "site/offline/",
    "hosting site": "site/",
}
FULL = Path("/dev/full")


@pytest.mark.parametrize("command", some(COMMANDS, "claims check"))
def test_a_reader_who_has_left_changes_nothing_of_what_a_command_does(
    command: str, finished_copy: Path
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    started = start(command, finished_copy, stdout=writing)
    os.close(writing)
    assert end(started) == (COMMANDS[command], "")


@pytest.mark.parametrize("command", some(COMMANDS, "claims report"))
def test_output_to_a_full_disk_is_reported(command: str, finished_copy: Path) -> None:
    with FULL.open("w") as full:
        code, complaint = end(start(command, finished_copy, stdout=full))
    assert code == 2
    assert_one_sentence(complaint, command, "the output cannot be written: No space left")


@pytest.mark.parametrize(
    "command", some(WRITERS, "claims confirm --by Nurse", "handouts site", "publish site")
)
def test_a_disk_that_takes_no_more_leaves_everything_as_it_was(
    command: str, finished: Path, finished_copy: Path
) -> None:
    with_work_to_do(finished_copy, command, finished)
    before = state(finished_copy)
    code, complaint = end(start(command, finished_copy, preexec_fn=take_no_more))
    assert code == 2
    assert_one_sentence(complaint, command, WRITERS[command])
    assert "cannot be written: File too large" in complaint
    assert state(finished_copy) == before
    assert not list(finished_copy.rglob(".unfinished-*"))


def take_no_more() -> None:
    """Let the system refuse to make any file longer than a few bytes, as a full disk does."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))


def in_place_of_a_folder(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    path.write_text("in the way")


def in_place_of_a_file(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


IN_THE_WAY = [
    ("claims check --write-baseline made/baseline.json", "made", in_place_of_a_folder),
    ("claims fetch --snapshots made", "made", in_place_of_a_folder),
    ("claims fetch --snapshots made/snapshots", "made", in_place_of_a_folder),
    ("claims verify --snapshots made", "made", in_place_of_a_folder),
    ("claims confirm --by Nurse", "reviews", in_place_of_a_folder),
    ("claims export made/claims.json", "made", in_place_of_a_folder),
    ("claims export made", "made", in_place_of_a_file),
    ("claims rules made", "made", in_place_of_a_folder),
    ("claims certify site", "site", in_place_of_a_folder),
    ("publish site", "site", in_place_of_a_folder),
    ("publish site", "site/service-worker.js", in_place_of_a_file),
    ("handouts site", "site/handouts", in_place_of_a_folder),
    ("handouts site --cache made", "made", in_place_of_a_folder),
    ("offline site", "site/offline", in_place_of_a_folder),
    # Two seconds each, for packing; both are written in one place.
    pytest.param(
        "hosting site", "site/index.html.gz", in_place_of_a_file, marks=pytest.mark.exhaustive
    ),
    ("hosting site", "site/_headers", in_place_of_a_file),
]


@pytest.mark.parametrize(("command", "taken", "by"), IN_THE_WAY)
def test_what_stands_in_the_way_is_named(
    command: str, taken: str, by: Callable[[Path], None], finished_copy: Path
) -> None:
    by(finished_copy / taken)
    before = state(finished_copy)
    result = run_here(*command.split(), cwd=finished_copy, answers="y\n")
    assert result.returncode == 2
    (sentence,) = complaint_of(result.stderr).splitlines()
    assert taken in sentence
    assert state(finished_copy) == before


def test_a_missing_font_is_told_with_where_it_comes_from(
    finished_copy: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    before = state(finished_copy)
    monkeypatch.chdir(finished_copy)
    monkeypatch.setattr(pdf, "_FONTS", ("SourceSansPro-Missing.ttf",))
    assert handouts(["site", "--cache", "other"]) == 2
    # The first line says that the command has another name now.
    complaint = capfd.readouterr().err.splitlines()[-1]
    assert_one_sentence(complaint, "handouts", "SourceSansPro-Missing.ttf is missing")
    assert state(finished_copy) == before
