"""Where a command writes: what is no file that could be replaced is written to, as it is."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from sourced_guide.claims.model.errors import UnwritableFileError
from sourced_guide.claims.project.io.atomic_write import (
    remove_unfinished,
    write_all_atomically,
    write_atomically,
)

from .commands import CLAIMS, claims, run


def kind(path: Path) -> int:
    return stat.S_IFMT(os.lstat(path).st_mode)


def test_a_device_stays_a_device(bare_project: Path) -> None:
    full = Path("/dev/full")
    result = claims("export", str(full), cwd=bare_project)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        "claims: /dev/full cannot be written: No space left on device; "
        "free some space, then run it again\n"
    )
    assert kind(full) == stat.S_IFCHR
    assert claims("export", "/dev/null", cwd=bare_project).returncode == 0
    assert kind(Path("/dev/null")) == stat.S_IFCHR


def test_standard_output_gets_the_data_and_nothing_else(bare_project: Path) -> None:
    # The name is that of a process's own output, which nothing in this one can take the place of.
    result = run("claims", "export", "/dev/stdout", cwd=bare_project)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["sources"]
    assert kind(Path("/dev/stdout")) == stat.S_IFLNK


def test_standard_output_that_is_a_file_is_written_on(bare_project: Path) -> None:
    file = bare_project / "all.txt"
    file.write_text("before\n")
    with file.open("a") as output:
        command = [str(CLAIMS), "export", "/dev/stdout"]
        subprocess.run(command, cwd=bare_project, stdout=output, check=True, timeout=60)
        output.write("after\n")
    first, *middle, last = file.read_text("utf-8").splitlines()
    assert (first, last) == ("before", "after")
    assert json.loads("\n".join(middle))["sources"]


def test_what_was_printed_before_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading) as output:
        with os.fdopen(writing, "w") as stream, monkeypatch.context() as patched:
            patched.setattr(sys, "stdout", stream)
            stream.write("before\n")
            write_atomically(Path(f"/dev/fd/{stream.fileno()}"), "after\n")
        assert output.read() == "before\nafter\n"


def test_a_reader_of_standard_output_may_leave(bare_project: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [str(CLAIMS), "export", "/dev/stdout"]
    with os.fdopen(writing) as output:
        result = subprocess.run(
            command, cwd=bare_project, stdout=output, stderr=subprocess.PIPE, check=False
        )
    assert (result.returncode, result.stderr) == (0, b"")


def test_a_pipe_with_a_name_is_written_to(bare_project: Path) -> None:
    pipe = bare_project / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text("utf-8")))
    reader.start()
    assert claims("export", "pipe", cwd=bare_project).returncode == 0
    reader.join()
    assert json.loads(read[0])["sources"]
    assert kind(pipe) == stat.S_IFIFO


def test_a_link_stays_and_the_file_that_it_leads_to_is_replaced(tmp_path: Path) -> None:
    far = tmp_path / "far"
    far.mkdir()
    (far / "file").write_text("old")
    links = {"link": "far/file", "link-to-link": "link", "to-nothing": "far/new"}
    with (far / "file").open() as old:
        for name, to in links.items():
            (tmp_path / name).symlink_to(to)
            write_atomically(tmp_path / name, name)
            assert kind(tmp_path / name) == stat.S_IFLNK
        assert old.read() == "old", "it was written into, not replaced"
    assert (far / "file").read_text() == "link-to-link"
    assert (far / "new").read_text() == "to-nothing"


def test_a_link_to_itself_is_reported(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("link")
    with pytest.raises(UnwritableFileError, match="link cannot be written: "):
        write_atomically(tmp_path / "link", "text")
    assert kind(tmp_path / "link") == stat.S_IFLNK


def test_of_several_files_all_are_written_or_none(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("old")
    (tmp_path / "folder").mkdir()
    new = {tmp_path / name: "new" for name in ("old", "more/of/them")}
    with pytest.raises(UnwritableFileError, match="folder cannot be written: Is a directory"):
        write_all_atomically({**new, tmp_path / "folder": "new"})
    assert (tmp_path / "old").read_text() == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"old", "folder"}
    write_all_atomically(new)
    assert all(path.read_text() == "new" for path in new)
    assert {stat.S_IMODE(path.stat().st_mode) for path in new} == {0o644}


def test_a_file_is_closed_before_it_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows renames no file that is open."""
    still_open: list[str] = []
    rename = Path.replace

    def watched(path: Path, to: Path) -> Path:
        ours = [each for each in Path("/proc/self/fd").iterdir() if each.exists()]
        still_open.extend(path.name for each in ours if each.samefile(path))
        return rename(path, to)

    monkeypatch.setattr(Path, "replace", watched)
    write_atomically(tmp_path / "file", "text")
    assert (tmp_path / "file").read_text() == "text"
    assert not still_open


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    killed = "import os, sys; from pathlib import Path\n"
    killed += "from sourced_guide.claims.project.io import atomic_write as files\n"
    killed += "files._Pending.rename_all = lambda self: os._exit(1)\n"
    killed += "files.write_atomically(Path('folder/file'), 'text')\n"
    subprocess.run([sys.executable, "-c", killed], cwd=tmp_path, check=False)
    (left,) = (tmp_path / "folder").iterdir()
    (tmp_path / "folder/file").write_text("text")
    remove_unfinished(tmp_path)
    assert not left.exists()
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["file"]
