"""Docs for a guide of one's own, followed word for word: a guide to bicycles."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sourced_guide.cli.main import main

from ..commands import claims
from ..conftest import ROOT
from .built_wheel import made_wheel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = ROOT / "docs/editors/your-own-guide.md"


def script(page: str) -> str:
    """Return the commands of a page, with one for each file that it says to write.

    A semicolon keeps the page itself from including a file; readers of the page do not see it.
    """
    lines = ["set -eux"]
    for file, text in steps(page):
        lines.append(f"cat > {file} <<'END'\n{text}END\n" if file else text)
    return "\n".join(lines)


def steps(page: str) -> Iterator[tuple[str, str]]:
    """Yield what a page says to write, with its file, and what it says to run, without one."""
    end, page = 0, page.replace(";--8<--", "--8<--")
    for step in re.finditer(r"^```(\w+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        language, text = step.groups()
        named = re.findall(r"Put this into `([^`]+)`", page[end : step.start()])
        yield "" if language == "sh" else named[-1], text
        end = step.end()


@pytest.fixture
def bicycles(tmp_path: Path) -> Path:
    """The guide of the page, before it is built."""
    folder = tmp_path / "bicycles"
    assert main(["init", str(folder), "--title", "Bicycles"]) == 0
    (folder / "docs/references/wcag-22.yml").unlink()
    for file, text in steps(PAGE.read_text("utf-8")):
        if file:
            (folder / file).write_text(text, "utf-8")
    return folder


def test_a_guide_of_another_field_has_no_findings(bicycles: Path) -> None:
    result = claims("check", cwd=bicycles)
    assert (result.returncode, result.stdout) == (0, "no findings: 4 claims checked, 1 source\n")


@pytest.mark.parametrize(
    ("was", "becomes", "finding"),
    [
        ("a red rear light", "a green rear light", "SRC014 'green' is in no passage"),
        ("It must\n", "It need not\n", "SRC012 'need not' is the opposite of what"),
        (" [@highway-code#reflector]", "", "SRC001 a sentence has no source"),
        ("front light and", "front light within 5 metres and", "SRC005 the figure '5 metres'"),
        ("#reflector]", "#bell]", "SRC003"),
    ],
)
def test_its_errors_are_found(was: str, becomes: str, finding: str, bicycles: Path) -> None:
    page = bicycles / "docs/index.md"
    text = page.read_text("utf-8")
    assert was in text
    page.write_text(text.replace(was, becomes), "utf-8")
    result = claims("check", cwd=bicycles)
    assert result.returncode == 1
    assert finding in result.stdout


# It installs all packages and builds a guide twice: two minutes.
@pytest.mark.exhaustive
def test_a_guide_of_ones_own_is_made_by_the_page(tmp_path: Path) -> None:
    wheel = made_wheel(tmp_path)
    made = subprocess.run(
        ["bash", "-c", script(PAGE.read_text("utf-8"))],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={
            "PATH": f"{sys.base_prefix}/bin:/usr/bin:/bin",
            "HOME": os.environ["HOME"],
            "GUIDE_WHEEL": str(wheel),
        },
    )
    assert made.returncode == 0, made.stdout + made.stderr
    folder = tmp_path / "bicycles"
    for name in ("site/handouts/start-a4.pdf", "site/claims.json", "review.html"):
        assert (folder / name).is_file(), name
    assert "rear reflector" in (folder / "site/index.html").read_text("utf-8")
