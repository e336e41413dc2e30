"""Every command by everything that may go wrong around it: one sentence, nothing half-made."""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from guide.handouts import pdf
from guide.handouts.cli import main as handouts

from .conftest import BIN, run
from .few_pages import few_pages

# Each command on a project that is built and ready, and what it ends with there.
COMMANDS = {
    "claims check": 0,
    "claims verify --snapshots snapshots": 0,
    "claims fetch --snapshots snapshots": 1,
    "claims confirm --by Nurse": 0,
    "claims report": 0,
    "claims export made/claims.json": 0,
    "claims rules made/rules": 0,
    "claims certify site": 0,
    "publish site": 0,
    "handouts site": 0,
    "offline site": 0,
    "hosting site": 0,
}
# What each command that writes is to write, and what has to happen first so that it will.
WRITERS: dict[str, str] = {
    "claims check --write-baseline made/baseline.json": "made/baseline.json",
    "claims confirm --by Nurse": "confirmations.yml",
    "claims export made/claims.json": "made/claims.json",
    "claims rules made/rules": "made/rules/index.md",
    "publish site": "site/stylesheets/guide.",
    "handouts site": ".cache/handouts/fonts",
    "handouts site --cache kept": "site/handouts/",
    "offline site": "site/offline/",
    "hosting site": "site/",
}
FULL = Path("/dev/full")


@pytest.fixture(scope="module")
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
def project(ready: Path, tmp_path: Path) -> Path:
    # Links are made sooner than copies, and no command writes into a file that is there.
    return Path(shutil.copytree(ready, tmp_path / "project", copy_function=os.link))


def with_work_to_do(project: Path, command: str, ready: Path) -> None:
    """Let there be something to write for a command that leaves what it finds done."""
    site = project / "site"
    if command == "publish site":
        shutil.rmtree(site)
        shutil.copytree(ready.with_name("as-built"), site)
    elif command == "handouts site":
        shutil.rmtree(project / ".cache/handouts")
    elif command == "offline site":
        (next((site / "offline").iterdir())).rename(site / "offline/older.zip")


def start(command: str, project: Path, **options: Any) -> subprocess.Popen[str]:
    name, *arguments = command.split()
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return subprocess.Popen(
        [BIN / name, *arguments], cwd=project, stdin=subprocess.PIPE, text=True, **options
    )


def end(command: subprocess.Popen[str]) -> tuple[int, str]:
    """Let a command end, that has a person's yes to read; return its code and what it complains."""
    complaint = command.communicate("y\n", timeout=60)[1]
    return command.returncode, complaint


def assert_one_sentence(complaint: str, command: str, about: str) -> None:
    (sentence,) = complaint.splitlines()
    assert sentence.startswith(f"{command.split(maxsplit=1)[0]}: ")
    assert about in sentence
    assert "; " in sentence, "it says what to do"


def state(project: Path) -> dict[str, str]:
    """Return every file by its content; not what only makes the next run faster."""
    return {
        path.relative_to(project).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(project.rglob("*"))
        if path.is_file() and path.relative_to(project).parts[0] != ".cache"
    }


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_who_has_left_changes_nothing_of_what_a_command_does(
    command: str, project: Path
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    started = start(command, project, stdout=writing)
    os.close(writing)
    assert end(started) == (COMMANDS[command], "")


@pytest.mark.parametrize("command", COMMANDS)
def test_output_to_a_full_disk_is_told(command: str, project: Path) -> None:
    with FULL.open("w") as full:
        code, complaint = end(start(command, project, stdout=full))
    assert code == 2
    assert_one_sentence(complaint, command, "the output cannot be written: No space left")


@pytest.mark.parametrize(("command", "names"), WRITERS.items())
def test_a_disk_that_takes_no_more_leaves_everything_as_it_was(
    command: str, names: str, ready: Path, project: Path
) -> None:
    with_work_to_do(project, command, ready)
    before = state(project)
    code, complaint = end(start(command, project, preexec_fn=take_no_more))
    assert code == 2
    assert_one_sentence(complaint, command, f"{names}")
    assert "cannot be written: File too large" in complaint
    assert state(project) == before
    assert not list(project.rglob(".unfinished-*"))


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


@pytest.mark.parametrize(
    ("command", "taken", "by"),
    [
        ("claims check --write-baseline made/baseline.json", "made", in_place_of_a_folder),
        ("claims fetch --snapshots made", "made", in_place_of_a_folder),
        ("claims fetch --snapshots made/snapshots", "made", in_place_of_a_folder),
        ("claims verify --snapshots made", "made", in_place_of_a_folder),
        ("claims confirm --by Nurse", "confirmations.yml", in_place_of_a_file),
        ("claims export made/claims.json", "made", in_place_of_a_folder),
        ("claims export made", "made", in_place_of_a_file),
        ("claims rules made", "made", in_place_of_a_folder),
        ("claims certify site", "site", in_place_of_a_folder),
        ("publish site", "site", in_place_of_a_folder),
        ("publish site", "site/service-worker.js", in_place_of_a_file),
        ("handouts site", "site/handouts", in_place_of_a_folder),
        ("handouts site --cache made", "made", in_place_of_a_folder),
        ("offline site", "site/offline", in_place_of_a_folder),
        ("hosting site", "site/index.html.gz", in_place_of_a_file),
        ("hosting site", "site/_headers", in_place_of_a_file),
    ],
)
def test_what_stands_in_the_way_is_named(
    command: str, taken: str, by: Callable[[Path], None], project: Path
) -> None:
    by(project / taken)
    before = state(project)
    code, complaint = end(start(command, project))
    assert code == 2
    (sentence,) = complaint.splitlines()
    assert taken in sentence
    assert state(project) == before


def test_a_missing_font_is_told_with_where_it_comes_from(
    project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    before = state(project)
    monkeypatch.chdir(project)
    monkeypatch.setattr(pdf, "_FONTS", ("SourceSansPro-Missing.ttf",))
    assert handouts(["site", "--cache", "other"]) == 2
    assert_one_sentence(capfd.readouterr().err, "handouts", "SourceSansPro-Missing.ttf is missing")
    assert state(project) == before


ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def at_work(command: str, project: Path) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """Start a command in a group of its own; yield it and its processes once it has some."""
    with start(command, project, start_new_session=True) as started:
        try:
            yield started, workers_of(started)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(started.pid, signal.SIGKILL)


def workers_of(command: subprocess.Popen[str]) -> list[int]:
    """Wait until a command has begun processes that do its work, and return their ids."""
    until = time.monotonic() + 30
    while command.poll() is None and time.monotonic() < until:
        listed = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(command.pid)],
            capture_output=True, text=True, check=False,
        ).stdout  # fmt: skip
        if workers := [int(line.split()[0]) for line in listed.splitlines() if "spawn" in line]:
            return workers
    raise AssertionError(f"it has begun no process: {command.communicate()}")


def are_gone(processes: list[int]) -> bool:
    """Whether processes end by themselves; those that have but are not yet cleared away count."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        states = subprocess.run(
            ["ps", "-o", "stat=", *(f"-p{each}" for each in processes)],
            capture_output=True, text=True, check=False,
        ).stdout  # fmt: skip
        if all(each.startswith("Z") for each in states.split()):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("number", [*ENDING, signal.SIGKILL], ids=lambda each: each.name)
def test_handouts_that_are_stopped_leave_no_process_and_nothing_half_made(
    number: signal.Signals, ready: Path, project: Path
) -> None:
    with_work_to_do(project, "handouts site", ready)
    before = state(project)
    with at_work("handouts site", project) as (command, workers):
        command.send_signal(number)
        code, complaint = end(command)
        assert are_gone(workers)
    assert state(project) == before
    # Who is killed by this one can neither say a word nor clear away.
    if number != signal.SIGKILL:
        assert code == 2
        assert_one_sentence(complaint, "handouts", "stopped before it was done")
        assert not list(project.rglob(".unfinished-*"))


def test_a_process_of_handouts_that_is_killed_is_told(ready: Path, project: Path) -> None:
    with_work_to_do(project, "handouts site", ready)
    with at_work("handouts site", project) as (command, workers):
        os.kill(workers[0], signal.SIGKILL)
        code, complaint = end(command)
        assert are_gone(workers)
    assert code == 2
    assert_one_sentence(complaint, "handouts", "perhaps for lack of memory")


def test_a_question_that_is_broken_off_keeps_what_was_answered(project: Path) -> None:
    with start("claims confirm --by Nurse", project, bufsize=0) as command:
        assert command.stdin
        assert command.stdout
        command.stdin.write("y\n")
        while "recorded" not in command.stdout.readline():
            pass
        command.send_signal(signal.SIGTERM)
        said, complaint = command.communicate(timeout=60)
    assert (command.returncode, complaint) == (0, "")
    assert "1 of 4 confirmed, 3 not" in said
    assert (project / "confirmations.yml").read_text("utf-8").count("by: Nurse") == 1
