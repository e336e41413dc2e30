"""The command in a terminal, and what a page or a full disk may do to it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from urllib.parse import unquote

import jsonschema_rs

from sourced_guide.claims.model.sanitize import visible
from sourced_guide.claims.report import FORMATS

from .commands import CLAIMS, claims
from .outcomes import SARIF

# The command in a terminal


def test_names_with_spaces_umlauts_colons_and_line_ends(faulty_project: Path) -> None:
    names = ["über uns.md", "a:1:2.md", "new\nline.md", "::error::x.md", "tab\t.md"]
    for name in names:
        (faulty_project / "docs" / name).write_text("It has no source.\n")
    for name in names:
        result = claims("check", f"docs/{name}", "--select", "SRC001", cwd=faulty_project)
        assert result.returncode == 1
        first, *_ = result.stdout.split("\n")
        assert first.startswith(f"docs/{visible(name)}:1:1: SRC001 a sentence has no source")
        assert len(result.stdout.splitlines()) == 3
        run = json.loads(
            claims("check", f"docs/{name}", "--format", "sarif", cwd=faulty_project).stdout
        )
        jsonschema_rs.validator_for(SARIF).validate(run)
        location = run["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
        assert unquote(location["artifactLocation"]["uri"]) == f"docs/{name}"


def test_a_page_cannot_speak_to_the_terminal_or_to_ci(faulty_project: Path) -> None:
    page = faulty_project / "docs/page.md"
    page.write_text("It \x1b[31mhurts ##[error]badly\n::error::x at night.\n")
    for form in ("text", "github"):
        result = claims("check", "docs/page.md", "--format", form, cwd=faulty_project)
        assert result.returncode == 1
        assert "\x1b" not in result.stdout
        assert "##[" not in result.stdout
        assert not [each for each in result.stdout.splitlines() if each.startswith("::error::")]


def test_a_reader_that_leaves_early_is_no_error(faulty_project: Path) -> None:
    (faulty_project / "docs/page.md").write_text("It has no source.\n\n" * 800)
    command = subprocess.Popen(
        [CLAIMS, "check"], cwd=faulty_project, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert command.stdout
    assert command.stderr
    command.stdout.read(1)
    command.stdout.close()
    assert command.stderr.read() == b""
    command.stderr.close()
    assert command.wait(timeout=60) == 1


def test_a_terminal_without_umlauts_shows_the_finding(faulty_project: Path) -> None:
    (faulty_project / "docs/page.md").write_text("Über ≥ 3 Tage.\n", "utf-8")
    for form in FORMATS:
        result = claims("check", "--format", form, cwd=faulty_project, encoding="ascii")
        assert (result.returncode, result.stderr) == (1, "")
        assert "SRC001" in result.stdout


def test_a_full_disk_is_reported(faulty_project: Path) -> None:
    assert Path("/dev/full").exists(), "this needs a device that is full, as Linux has"
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [CLAIMS, "check"],
            cwd=faulty_project,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
        )
    assert result.returncode == 2
    assert result.stderr.startswith("claims: the output cannot be written: ")
    assert len(result.stderr.splitlines()) == 1
