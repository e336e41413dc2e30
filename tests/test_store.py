"""What is kept between runs: never believed when spoilt, bounded, and safe with two processes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sourced_guide.build.checks import processes
from sourced_guide.build.workers import processors
from sourced_guide.claims.markdown.extension import page_reader
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.project.store import store as store_module
from sourced_guide.claims.project.store import versions
from sourced_guide.claims.project.store.store import FOLDER, Store
from sourced_guide.claims.rules import check

from .commands import BIN, run, run_here
from .kept_projects import is_same, made_project, outcome, replace_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return made_project(tmp_path)


def kept(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / FOLDER).rglob("*.json"))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"[", b"(", 1),
        lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
        lambda data: data.partition(b"\n")[0] + b"\n[]",
        lambda data: b"\xff" * 99,
    ],
)
def test_a_spoilt_file_is_not_believed(project: Path, spoil: Callable[[bytes], bytes]) -> None:
    outcome(project, with_store=True)
    files = kept(project.parent)
    whole = {path: path.read_bytes() for path in files}
    for path in files:
        path.write_bytes(spoil(whole[path]))
    assert is_same(project)
    assert {path: path.read_bytes() for path in files} == whole


def test_one_page_is_not_taken_for_another(project: Path) -> None:
    outcome(project, with_store=True)
    first, second, *_ = [path for path in kept(project.parent) if path.parent.name == "pages"]
    shutil.copy(first, second)
    assert is_same(project)


def test_a_check_with_nothing_new_loads_nothing_that_reads(project: Path) -> None:
    script = "import sys; from sourced_guide.cli.main import main; main(); print(*sys.modules)"
    command = [sys.executable, "-c", script, "check", "--config", str(project)]
    first, second = (
        set(subprocess.check_output(command, cwd=project.parent, text=True).split())
        for _ in range(2)
    )
    reading = {
        "markdown",
        "jsonschema_rs",
        "sourced_guide.claims.language.quantities.parse",
        "sourced_guide.claims.language.hedging.tagger",
        "sourced_guide.claims.language.topics.reader",
        "sourced_guide.claims.language.markup.css_rules",
    }
    assert first >= reading
    assert not second & reading


def test_a_page_is_parsed_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome(project, with_store=True)
    replace_in(project.parent / "docs/drawn.md", "hurts", "is weak")
    reader = page_reader(load_project(project, project.parent, with_store=True))
    parsed: list[str] = []
    monkeypatch.setattr(reader, "_parse", lambda _, paths: parsed.extend(paths))
    with pytest.raises(KeyError):
        reader.guide()
    assert parsed == ["drawn.md"]


@pytest.mark.parametrize(
    "extension", ["pymdownx.b64", "pymdownx.snippets: {auto_append: [a.md], base_path: [includes]}"]
)
def test_pages_of_extensions_that_may_read_anything_are_not_kept(
    project: Path, extension: str
) -> None:
    settings = project.read_text("utf-8")
    project.write_text(f"{settings}\n  - {extension}\n", "utf-8")
    (project.parent / "includes/a.md").write_text("")
    outcome(project, with_store=True)
    assert not [path for path in kept(project.parent) if path.parent.name == "pages"]


def test_other_versions_have_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "program"
    program.mkdir()
    monkeypatch.setattr(versions, "files", lambda _: program)
    seen = set()

    def note() -> int:
        versions.versions_digest.cache_clear()
        seen.add(versions.versions_digest())
        return len(seen)

    assert note() == 1
    (program / "rule.py").write_text("a")
    assert note() == 2
    (program / "rule.py").rename(program / "lexicon.yml")
    assert note() == 3
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "Markdown-9.9.dist-info").mkdir()
    assert note() == 4
    (tmp_path / "Markdown-9.9.dist-info").rename(tmp_path / "Markdown-9.10.dist-info")
    assert note() == 5
    monkeypatch.setattr(sys, "version", "3.99")
    assert note() == 6
    monkeypatch.undo()
    versions.versions_digest.cache_clear()


def test_what_is_kept_is_bounded(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome(project, with_store=True)
    before = kept(project.parent)
    os.utime(before[0], (1, 1))
    monkeypatch.setattr(store_module, "_LARGEST", 1)
    (project.parent / "docs/new.md").write_text("It hurts.\n")
    store = Store(project.parent / FOLDER)
    store.keep("new.json", 1)
    store.save()
    assert [path.name for path in kept(project.parent)] == ["new.json"]


def test_without_a_cache_nothing_is_read_or_written(project: Path) -> None:
    folder = project.parent
    result = run_here("guide", "check", "--no-cache", cwd=folder)
    assert not (folder / ".cache").exists()
    for _ in range(2):
        assert run_here("guide", "check", cwd=folder).stdout == result.stdout
    for path in kept(folder):
        path.write_text("spoilt")
    assert run_here("guide", "check", "--no-cache", cwd=folder).stdout == result.stdout
    assert all(path.read_text() == "spoilt" for path in kept(folder))
    run_here("guide", "clean", cwd=folder)
    assert not (folder / ".cache").exists()


@pytest.mark.parametrize("option", ["--jobs=2", "--no-cache"])
def test_several_processes_find_what_one_does(
    project: Path, option: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "FEWEST_PAGES", 1)
    folder = project.parent
    expected = run_here("guide", "check", "--no-cache", cwd=folder).stdout
    assert run_here("guide", "check", "--jobs=2", option, cwd=folder).stdout == expected
    assert bool(kept(folder)) == (option == "--jobs=2")
    assert run_here("guide", "check", cwd=folder).stdout == expected
    replace_in(folder / "docs/drawn.md", "hurts", "is weak")
    changed = run_here("guide", "check", "--jobs=2", cwd=folder).stdout
    assert changed == run_here("guide", "check", "--no-cache", cwd=folder).stdout != expected


def test_many_new_pages_are_checked_in_several_processes(project: Path) -> None:
    folder = project.parent
    for number in range(45):
        pain = "never hurts" if number % 7 else "hurts {.a}"
        text = f"# Page {number}\n\nIt {pain} in part {number}. [@spine#pain]\n"
        (folder / f"docs/page-{number}.md").write_text(text)
    script = (
        "import resource; from sourced_guide.cli.main import main; main(); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime > 0)"
    )

    def told(*options: str) -> tuple[list[str], bool]:
        """Return what a check finds, and whether another process was at work."""
        shutil.rmtree(folder / ".cache", ignore_errors=True)
        command = [sys.executable, "-c", script, "check", *options]
        *found, others = subprocess.check_output(command, cwd=folder, text=True).splitlines()
        return found, others == "True"

    def values() -> dict[Path, object]:
        contents = {path: path.read_bytes().partition(b"\n")[2] for path in kept(folder)}
        return {path: json.loads(content) for path, content in contents.items()}

    found, _ = alone = told("--jobs=1")
    assert alone == (found, False)
    assert len(found) > 45
    before = values()
    assert told("--jobs=3") == (found, True)
    assert values() == before
    assert told("--jobs=2", "--no-cache") == (found, True)
    assert told() == (found, sys.platform == "linux" and processors() > 1)


def test_a_folder_that_cannot_be_written_to_is_no_error(project: Path) -> None:
    (project.parent / ".cache").write_text("")
    assert is_same(project)


def test_two_checks_at_once_and_one_that_is_killed(project: Path) -> None:
    folder = project.parent
    expected = run("guide", "check", "--no-cache", cwd=folder).stdout
    command = [str(BIN / "guide"), "check"]
    environment = {"PATH": str(BIN), "SOURCE_DATE_EPOCH": os.environ["SOURCE_DATE_EPOCH"]}
    both = [
        subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True, env=environment)
        for _ in range(2)
    ]
    assert [each.communicate()[0] for each in both] == [expected] * 2
    shutil.rmtree(folder / ".cache")
    for milliseconds in (300, 500):
        with subprocess.Popen(
            command, cwd=folder, stdout=subprocess.DEVNULL, env=environment
        ) as killed:
            time.sleep(milliseconds / 1000)
            killed.send_signal(signal.SIGKILL)
        assert run_here("guide", "check", cwd=folder).stdout == expected


def test_nothing_is_kept_of_a_guide_that_is_changed_in_memory(project: Path) -> None:
    guide = read_guide(load_project(project, project.parent))
    assert not guide.project.store.is_open
    assert check(replace(guide)) == check(guide)
