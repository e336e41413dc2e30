"""The page "Bring it to a site you have", followed word for word."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ..commands import run
from ..conftest import ROOT
from .sites import write_site
from .test_records import BIBTEX

if TYPE_CHECKING:
    from pathlib import Path

PAGE = ROOT / "docs/editors/a-site-you-have.md"
_BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
SITE = {
    "docs/index.md": "# Bicycles\n\nA chain breaks after 5,000 km. The BB holds the cranks.\n\n"
    "*[BB]: Bottom bracket\n",
    "docs/chains.md": "# Chains\n\nOil a chain twice a week.\n",
    "references.bib": BIBTEX,
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(
        tmp_path,
        SITE,
        theme={"name": "mkdocs", "highlightjs": False},
        plugins=["search"],
        markdown_extensions=["abbr", "def_list"],
        exclude_docs="references/*.yml",
        nav=None,
    )


def change(site: Path, settings: dict[str, Any]) -> None:
    """Put settings of the page into mkdocs.yml: lists of extensions follow what is there."""
    file = site / "mkdocs.yml"
    mine = yaml.safe_load(file.read_text("utf-8"))
    if extensions := settings.get("markdown_extensions"):
        settings = {"markdown_extensions": ["abbr", "def_list", *extensions]}
    file.write_text(yaml.safe_dump({**mine, **settings}, sort_keys=False), "utf-8")


def follow(site: Path, language: str, text: str) -> str:
    """Do what a block of the page says; return what commands say."""
    if language == "sh":
        said = ""
        for line in text.splitlines():
            result = run(*shlex.split(line), cwd=site)
            assert result.returncode == 0, f"{line}: {result.stdout}{result.stderr}"
            said += result.stdout + result.stderr
        return said
    settings = yaml.safe_load(text)
    if "passages" in settings:
        # What the command has left to fill in, below its comment.
        file = site / "docs/references/chain-book.yml"
        comment = file.read_text("utf-8").splitlines()[0]
        file.write_text(f"{comment}\n{text}", "utf-8")
        (site / "docs/chains.md").write_text(
            "# Chains\n\nA chain wears as it is used. [@chain-book#wear]\n", "utf-8"
        )
    else:
        change(site, settings)
    return ""


# Four builds of a small site.
@pytest.mark.exhaustive
def test_the_page_leads_to_a_check_that_stops_builds(site: Path) -> None:
    text = PAGE.read_text("utf-8")
    said = [follow(site, *block.groups()) for block in _BLOCK.finditer(text)]
    assert "which this build has written" in said[1]
    assert "sources: 1 added" in "".join(said)
    assert "docs/glossary.md: 1 word added" in "".join(said)
    assert said[-1] == "certified: site shows what was checked, and nothing else\n"
    assert "[1]" not in (site / "site/chains/index.html").read_text("utf-8")
    assert "The Chain Book" in (site / "site/chains/index.html").read_text("utf-8")

    file = site / "mkdocs.yml"
    file.write_text(file.read_text("utf-8").replace("    gate: report\n", ""), "utf-8")
    assert run("mkdocs", "build", "--strict", cwd=site).returncode == 0
    page = site / "docs/chains.md"
    page.write_text(f"{page.read_text('utf-8')}\nChains never break.\n", "utf-8")
    stopped = run("mkdocs", "build", cwd=site)
    assert "Build stopped: 1 claim-check error" in stopped.stdout
    assert "docs/chains.md:5:1: SRC001" in stopped.stderr


def test_the_page_says_what_to_do_in_blocks() -> None:
    languages = [block["language"] for block in _BLOCK.finditer(PAGE.read_text("utf-8"))]
    assert languages.count("sh") > languages.count("yaml") > 1
