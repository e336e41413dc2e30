"""A built site is published only where it shows what was checked, and nothing else.

Builds and certificates of a small site take a second or two.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sourced_guide.cli.main import claims as main

from .commands import claims, run
from .edits import replace_in

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def built_copy(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "project"))


def certify(project: Path) -> int:
    return main(["certify", str(project / "site"), "--config", str(project / "mkdocs.yml")])


def add(file: str, text: str) -> Callable[[Path], None]:
    def apply(project: Path) -> None:
        path = project / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    return apply


def remove(file: str) -> Callable[[Path], None]:
    return lambda project: (project / file).unlink()


FAULTS = {
    "a word of a page": (
        replace_in("site/index.html", "worse at night", "better at night"),
        "BLD001 after 'The pain is often' it shows 'better' where 'worse' was checked",
    ),
    "a sentence more": (
        replace_in("site/legs/index.html", "</article>", "<p>It is safe.</p></article>"),
        "legs/index.html:1:1: BLD001 shows what was not checked: 'It is safe'",
    ),
    "a sentence below the title": (
        replace_in("site/legs/index.html", "</h1>", "</h1><p>It is safe.</p>"),
        "shows what was not checked: 'It is safe",
    ),
    "a sentence in the middle": (
        replace_in("site/legs/index.html", "<h2", "<p>It is safe.</p><h2"),
        "it shows 'It is safe' where '' was checked",
    ),
    "a sentence less": (
        replace_in("site/index.html", "Legs may feel weak or heavy", ""),
        "where 'Legs may feel weak or heavy' was checked",
    ),
    "two words the other way round": (
        replace_in("site/index.html", "weak or heavy", "heavy or weak"),
        "index.html",
    ),
    "a hidden word": (
        replace_in("site/index.html", "often worse", "<span hidden>often</span> worse"),
        "The pain is' it shows '[hidden]' where '' was checked",
    ),
    "a word crossed out": (
        replace_in("site/index.html", "often worse", "<del>often</del> worse"),
        "it shows '[del]' where '' was checked",
    ),
    "a word in a tooltip": (
        replace_in("site/index.html", "source 1", "it is safe"),
        "index.html",
    ),
    "a banner": (
        replace_in("site/index.html", "<body", "<body><p>Radiation cures cancer.</p"),
        "outside its article, what was not checked: 'Radiation cures cancer.'",
    ),
    "a banner that begins as the theme's own texts do": (
        replace_in("site/index.html", "<body", "<body><p>Previous: Radiation cures cancer.</p"),
        "outside its article, what was not checked: 'Previous: Radiation cures cancer.'",
    ),
    "a page of its own": (
        add("site/new/index.html", "<article>Radiation cures cancer.</article>"),
        "new/index.html:1:1: BLD002 no page of the guide was checked for it",
    ),
    "a page that is gone": (
        remove("site/legs/index.html"),
        "legs.html:1:1: BLD003 the page was checked but not built",
    ),
    "no claims.json": (remove("site/claims.json"), "claims.json:1:1: BLD004 is missing"),
    "a broken claims.json": (add("site/claims.json", "{"), "claims.json:1:1: BLD004 is not JSON"),
    "an odd claims.json": (
        add("site/claims.json", "[]"),
        "claims.json:1:1: BLD004 does not say what was checked",
    ),
    "a claim in claims.json": (
        replace_in("site/claims.json", "worse at night", "better at night"),
        "claims.json:1:1: BLD004 has been changed since it was built",
    ),
    "a script": (
        replace_in("site/index.html", "</body>", "<script>say('It cures.')</script></body>"),
        "BLD005 has a <script> of neither guide nor theme: 'say('It cures.')'",
    ),
    "a style": (
        replace_in(
            "site/index.html", "</head>", "<style>p::after {content: 'It cures.'}</style></head>"
        ),
        "BLD005 has a <style> of neither guide nor theme: 'p::after {content: 'It cures.'}'",
    ),
    "a script of another host": (
        replace_in(
            "site/index.html", "</head>", '<script src="https://x.example/a.js"></script></head>'
        ),
        "BLD005 loads code of neither guide nor theme: 'https://x.example/a.js'",
    ),
    "a changed script of the theme": (
        lambda project: replace_in(
            next(project.glob("site/assets/javascripts/bundle.*.js"))
            .relative_to(project)
            .as_posix(),
            "function",
            "function ",
        )(project),
        "BLD005 loads code of neither guide nor theme: 'assets/javascripts/bundle.",
    ),
    "a script more on a page": (
        replace_in("site/scripts/keep.js", '"use strict"', '"use strict";say("It cures.")'),
        "BLD005 loads code of neither guide nor theme: 'scripts/keep.js'",
    ),
    "a text in the data of a page": (
        replace_in("site/index.html", "Copied to clipboard", "Radiation cures"),
        "BLD005 has a text in its data that was not checked: 'Radiation cures'",
    ),
    "another description for search engines": (
        replace_in(
            "site/index.html", "</head>", '<script type="application/ld+json">{}</script></head>'
        ),
        "BLD005 has JSON-LD that differs from claims.json",
    ),
    "an outdated compressed file": (
        add("site/index.html.gz", "x"),
        "index.html.gz:1:1: BLD006 has other content than its original",
    ),
    "a link out of the site": (
        lambda project: (project / "site/notes.txt").symlink_to(project / "mkdocs.yml"),
        "notes.txt:1:1: BLD007 a symbolic link leads out of the site",
    ),
    "a page changed since": (
        replace_in("docs/legs.md", "# About legs", "# About my legs"),
        "claims.json:1:1: BLD004 was built from another version of 'legs.md'",
    ),
    "a source changed since": (
        replace_in("docs/references/spine.yml", "title: A page", "title: A new page"),
        "claims.json:1:1: BLD004 was built from another version of 'spine'",
    ),
    "a page with a finding": (
        replace_in("docs/legs.md", "[@legs#pain]", "[@spine#pain]"),
        "LIB003",
    ),
}


@pytest.mark.parametrize(("fault", "says"), FAULTS.values(), ids=FAULTS)
def test_what_was_not_checked_is_refused(
    fault: Callable[[Path], None], says: str, built_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fault(built_copy)
    assert certify(built_copy) == 1
    out = capsys.readouterr().out
    assert says in out
    assert re.fullmatch(r"\d+ findings? in \d+ files?", out.splitlines()[-1])


def test_what_was_checked_is_certified(
    built_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert certify(built_copy) == 0
    assert capsys.readouterr().out.startswith("certified: ")


MARKED = """
What you type stays here.
{ .editorial .web-only }

Legs may feel weak or heavy. [@spine#legs]
{ .paper-only }

!!! danger "Call"

    Call [999](tel:999) now.
    { .editorial }
"""


def test_marked_blocks_and_telephone_links_are_certified_and_counted(
    built_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Takes a second, for a build."""
    with (built_copy / "docs/index.md").open("a", encoding="utf-8") as page:
        page.write(MARKED)
    result = run("mkdocs", "build", "--strict", cwd=built_copy)
    assert result.returncode == 0, result.stderr
    assert certify(built_copy) == 0, capsys.readouterr().out
    built = (built_copy / "site/index.html").read_text("utf-8")
    assert '<p class="editorial web-only">' in built
    assert '<a href="tel:999">999</a>' in built
    data = json.loads((built_copy / "site/claims.json").read_text("utf-8"))
    on_paper = [each for each in data["claims"] if each["page"] == "index.md"][-1]
    assert on_paper["text"] == "Legs may feel weak or heavy."
    assert on_paper["citations"]
    searched = (built_copy / "site/search/search_index.json").read_text("utf-8")
    assert "What you type stays here" in searched
    assert searched.count("Legs may feel weak or heavy") == 2


def test_a_site_of_another_generator_is_certified_after_an_export(
    built_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(built_copy / "site")
    result = run("zensical", "build", cwd=built_copy)
    assert result.returncode == 0, result.stderr
    assert certify(built_copy) == 1
    exported = str(built_copy / "site/claims.json")
    assert main(["export", exported, "--config", str(built_copy / "mkdocs.yml")]) == 0
    assert json.loads(Path(exported).read_text("utf-8"))["claims"]
    assert certify(built_copy) == 0, capsys.readouterr().out


def test_a_site_that_is_not_there_cannot_be_certified(
    built_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(built_copy / "site")
    assert certify(built_copy) == 2
    assert "there is no folder" in capsys.readouterr().err


def test_a_build_and_its_certificate_know_the_baseline_of_the_settings(
    built_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Takes more than a second: two builds, one that stops and one that goes through."""
    replace_in("docs/legs.md", "[@legs#legs]", "")(built_copy)
    config = str(built_copy / "mkdocs.yml")
    assert run("mkdocs", "build", "--strict", cwd=built_copy).returncode == 1
    written = claims("check", "--write-baseline", "known.json", cwd=built_copy)
    assert written.returncode == 0, written.stderr
    replace_in("mkdocs.yml", "  - guide.claims:", "  - guide.claims:\n      baseline: known.json")(
        built_copy
    )
    result = run("mkdocs", "build", "--strict", cwd=built_copy)
    assert result.returncode == 0, result.stderr
    certified = claims("certify", "site", cwd=built_copy)
    assert certified.returncode == 0, certified.stdout
    assert main(["check", "--config", config]) == 0
    assert "known: in the baseline" in capsys.readouterr().out
