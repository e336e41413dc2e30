"""What other sites write is checked without a traceback, and each finding is a line to read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from ..commands import claims, run
from .sites import write_site

CONSTRUCTS: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "constructs.yml").read_text("utf-8")
)
PAGES: dict[str, str] = CONSTRUCTS["pages"]
_LONGEST_LINE = 250
_FINDING = re.compile(r"[\w./-]+:\d+:\d+: [A-Z]{3}\d{3} \S.* \([a-z-]+\)")
_DETAIL = re.compile(r"    (?:help|known|warning): .+")
_SUMMARY = re.compile(r"\d+ findings? in \d+ files?.*|no findings: .+")


def site(folder: Path, pages: dict[str, str], **settings: Any) -> Path:
    files = {
        f"docs/{name.replace(' ', '-')}.md": f"# {name.capitalize()}\n\n{text}"
        for name, text in pages.items()
    }
    return write_site(folder, files, **{**CONSTRUCTS["settings"], "nav": None, **settings})


@pytest.mark.parametrize("name", PAGES)
def test_a_construct_is_checked(name: str, tmp_path: Path) -> None:
    result = claims("check", cwd=site(tmp_path, {name: PAGES[name]}))
    assert (result.returncode, result.stderr) == (1, "")
    *lines, last = result.stdout.splitlines()
    assert _SUMMARY.fullmatch(last), last
    for line in lines:
        assert _FINDING.fullmatch(line) or _DETAIL.fullmatch(line), line
        assert line.isprintable(), line
        assert "wzxhzdk" not in line, line
        assert len(line) <= _LONGEST_LINE or line.startswith("    "), line


def test_code_in_html_is_named_by_its_words(tmp_path: Path) -> None:
    names = ("a block of code in HTML", "HTML in HTML")
    said = claims("check", cwd=site(tmp_path, {name: PAGES[name] for name in names})).stdout
    assert "cannot be checked: '$ bikes repair ---> 100%'" in said
    assert "cannot be checked: 'print(\"chain\")'" in said.replace("print ( ", "print(").replace(
        " )", ")"
    )


# All in one site, built by MkDocs: three seconds.
def test_a_site_with_all_of_them_is_built_with_a_baseline(tmp_path: Path) -> None:
    folder = site(tmp_path, PAGES, validation={})
    built = run("mkdocs", "build", cwd=folder)
    assert built.returncode == 0, built.stderr
    assert "Traceback" not in built.stderr
    assert (folder / "guide-baseline.json").is_file()
    assert "0 new findings" in built.stderr
