"""The Nu HTML checker finds nothing wrong with any page, also of the offline copy."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

from sourced_guide.build.steps.valid_markup import with_valid_markup

from .checkers import NU, installed

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.html import HtmlElement

# It asks of data what policies ask of scripts, and does not know the host of a file.
NOT_OURS = "Content Security Policy"
CONTENTS = '<nav class="md-nav md-nav--secondary">'


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ('<label class="a" for="b" tabindex="">', '<label class="a" for="b">'),
        ('<label class="a" for="b" tabindex="0">', '<label class="a" for="b" tabindex="0">'),
        ('<input name="query" autocomplete="off">', '<input name="query" autocomplete="off">'),
        ('<label class="md-nav__title" for="__toc">', '<label class="md-nav__title">'),
        (
            '<a href="a" class="md-nav__link">\n  <span class="md-ellipsis">\n  Pain\n </span></a>',
            '<a href="a" class="md-nav__link">Pain</a>',
        ),
        (
            '<main class="md-main" a><div class="md-content" b><article>A</article></div></main>',
            '<div class="md-main" a><main class="md-content" b><article>A</article></main></div>',
        ),
        ("<p>a\n   b</p>\n  <pre>c\n  d</pre>", "<p>a\nb</p>\n<pre>c\n  d</pre>"),
        (
            f"<nav>{CONTENTS}<nav>a</nav></nav>b</nav>{CONTENTS}c</nav>",
            f"<nav>b</nav>{CONTENTS}c</nav>",
        ),
        ('<nav class="md-nav" aria-label="Pain">', '<nav class="md-nav" role="none">'),
        ('<nav class="md-nav" aria-labelledby="a">', '<nav class="md-nav" aria-labelledby="a">'),
        ('<hr /><br/><img src="a.png" />', '<hr><br><img src="a.png">'),
    ],
)
def test_only_what_html_does_not_allow_is_corrected(theirs: str, ours: str) -> None:
    assert with_valid_markup(theirs) == ours
    assert with_valid_markup(ours) == ours


def test_no_page_has_what_html_does_not_allow(pages: dict[str, HtmlElement]) -> None:
    faults = (
        "//label[@tabindex='']",
        "//input[@type='checkbox'][@autocomplete]",
        "//label[@for][not(@for = //*/@id)]",
        "//time[not(text())]",
        "//*[@form][not(@form = //form/@id)]",
    )
    found = [(name, fault) for name, page in pages.items() for fault in faults if page.xpath(fault)]
    assert found == []


def nu(folder: Path) -> list[str]:
    """Return what the Nu HTML checker says of the pages of a folder."""
    checked = subprocess.run(
        [
            *("java", "-jar", str(installed(NU)), "--skip-non-html", "--format", "json"),
            *("--exit-zero-always", "--stdout", str(folder)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    messages: list[dict[str, Any]] = json.loads(checked.stdout)["messages"]
    return [
        f"{each['url']}:{each.get('lastLine')}: {each['message']}"
        for each in messages
        if NOT_OURS not in each["message"]
    ]


# It reads a hundred pages in half a minute.
@pytest.mark.exhaustive
def test_the_nu_html_checker_finds_nothing(built_guide: Path, tmp_path: Path) -> None:
    for zipped in (built_guide / "site/offline").glob("*.zip"):
        with ZipFile(zipped) as packed:
            packed.extractall(tmp_path / zipped.stem)
    assert [*nu(built_guide / "site"), *nu(tmp_path)] == []


@pytest.mark.exhaustive
def test_a_page_with_a_fault_is_found(tmp_path: Path) -> None:
    page = '<!doctype html><html lang="en"><title>A page</title><label tabindex="">A</label></html>'
    (tmp_path / "index.html").write_text(page, "utf-8")
    [fault] = nu(tmp_path)
    assert "tabindex" in fault
