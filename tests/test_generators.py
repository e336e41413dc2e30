"""MkDocs, ProperDocs and Zensical build from the same files, and stop at a fault.

Other generators build a site in processes of their own, which takes a second or two.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from .built import copy_project, pages_of
from .commands import BIN, claims, run
from .sampling import first_of

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def unsourced(small_project: Path, tmp_path: Path) -> Path:
    """The project of two pages, one of which has a sentence without a source."""
    folder = Path(shutil.copytree(small_project, tmp_path / "project"))
    page = folder / "docs/legs.md"
    page.write_text(page.read_text("utf-8") + "\nLegs are made of cheese.\n", "utf-8")
    return folder


# A second for each build. What a generator prints without options, it may not with `-q`.
@pytest.mark.parametrize("options", first_of([["-q", "--strict"], [], ["--strict"], ["-q"]]))
def test_a_finding_stops_the_build_and_names_file_and_line(
    options: list[str], unsourced: Path
) -> None:
    result = run("mkdocs", "build", *options, cwd=unsourced)
    assert result.returncode == 1
    assert "docs/legs.md:17:1: SRC001 a sentence has no source" in result.stderr
    assert "Traceback" not in result.stderr
    assert not list((unsourced / "site").rglob("*.html"))


def test_the_live_preview_marks_the_sentence_and_keeps_serving(unsourced: Path) -> None:
    with _serving(unsourced) as address:
        shown = BeautifulSoup(_get(f"{address}legs/"), "html.parser")
        assert [mark.get_text() for mark in shown.select("mark")] == ["Legs are made of cheese."]
        assert "About spine" in _get(address)


def _without_gate(folder: Path, settings: str = "") -> Path:
    """Leave the gate out of a project."""
    config = folder / "mkdocs.yml"
    text = config.read_text("utf-8").replace("  - sourced-guide\n", "")
    config.write_text(
        text.replace("  - guide.claims:\n", f"  - guide.claims:\n{settings}"), "utf-8"
    )
    return folder


@pytest.mark.parametrize(
    "command",
    [
        ("mkdocs", "build", "-q", "--strict"),
        ("zensical", "build", "--strict"),
        pytest.param(("mkdocs", "build"), marks=pytest.mark.exhaustive),
        pytest.param(("properdocs", "build", "--strict"), marks=pytest.mark.exhaustive),
    ],
    ids=" ".join,
)
def test_no_generator_publishes_an_unsourced_sentence_where_no_gate_runs(
    command: tuple[str, ...], unsourced: Path
) -> None:
    folder = _without_gate(unsourced)
    result = run(*command, cwd=folder)
    assert result.returncode == 1
    assert "docs/legs.md:17:1: SRC001 a sentence has no source" in result.stdout + result.stderr
    built = (folder / "site").rglob("*.html")
    assert not [path for path in built if "cheese" in path.read_text("utf-8")]
    assert command[0] == "zensical" or "Traceback" not in result.stderr


@pytest.mark.parametrize("generator", first_of(["mkdocs", "properdocs", "zensical"]))
def test_a_project_that_adopts_the_gate_builds_with_its_findings(
    generator: str, unsourced: Path
) -> None:
    folder = _without_gate(unsourced, "      gate: report\n")
    result = run(generator, "build", "--strict", cwd=folder)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "cheese" in (folder / "site/legs/index.html").read_text("utf-8")
    assert claims("check", cwd=folder).returncode == 1


class _serving:  # noqa: N801 (read as a word: `with _serving(folder)`)
    """`mkdocs serve` on a free port, stopped at the end."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"http://127.0.0.1:{free.getsockname()[1]}/"
        host = self.address.removeprefix("http://").rstrip("/")
        command = [str(BIN / "mkdocs"), "serve", "--dev-addr", host, "--no-livereload"]
        self.process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def __enter__(self) -> str:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                _get(self.address)
            except OSError:
                assert self.process.poll() is None, "mkdocs serve has stopped"
                time.sleep(0.2)
            else:
                return self.address
        raise TimeoutError("mkdocs serve did not answer within a minute")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(10)


def _get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=5) as answer:
        return str(answer.read().decode("utf-8"))


def _article(site: Path, name: Path) -> Iterator[str]:
    page = BeautifulSoup((site / name).read_text("utf-8"), "html.parser")
    article = page.select_one("article")
    assert article
    # Each theme has a way of its own to link back to a heading, and Zensical's templates do not
    # know of packs.
    for left_out in article.select(".headerlink, [data-cs-pack]"):
        left_out.decompose()
    yield from (line for line in map(str.strip, article.get_text("\n").splitlines()) if line)


def test_properdocs_runs_the_gate_as_a_hook(unsourced: Path) -> None:
    result = run("properdocs", "build", "--strict", cwd=unsourced)
    assert result.returncode == 1
    assert "docs/legs.md:17:1: SRC001 a sentence has no source" in result.stderr
    assert "Build stopped: 1 claim-check error\n" in result.stdout
    assert "Traceback" not in result.stderr
    assert not list((unsourced / "site").rglob("*.html"))


@pytest.mark.exhaustive
def test_properdocs_makes_the_same_site(built: Path, tmp_path: Path) -> None:
    copied = shutil.ignore_patterns("site")
    folder = Path(shutil.copytree(built, tmp_path / "project", ignore=copied))
    result = run("properdocs", "build", "--strict", cwd=folder)
    assert result.returncode == 0, result.stderr
    ours, theirs = _files(built / "site"), _files(folder / "site")
    # The theme writes the generator's name and version into each page, and nothing else differs.
    named = re.compile(rb'<meta name="generator"[^>]*>')
    for name in ours.keys() | theirs.keys():
        assert named.sub(b"", ours[name]) == named.sub(b"", theirs[name]), name


def _files(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        # Packed with the time of the build in it.
        if path.is_file() and path.name != "sitemap.xml.gz"
    }


def test_zensical_makes_the_same_articles(built: Path, tmp_path: Path) -> None:
    copied = shutil.ignore_patterns("site")
    folder = Path(shutil.copytree(built, tmp_path / "project", ignore=copied))
    assert _same_articles(built / "site", folder) == 2


# All of the guide takes two builds and the comparison a minute.
@pytest.mark.exhaustive
def test_zensical_makes_the_same_articles_of_the_whole_guide(tmp_path: Path) -> None:
    folder = copy_project(tmp_path)
    # As it is before the later steps of `guide build`, which work on what either has made.
    result = run("mkdocs", "build", "--site-dir", "as-built", cwd=folder)
    assert result.returncode == 0, result.stderr
    assert _same_articles(folder / "as-built", folder) > 80


def _same_articles(site: Path, folder: Path) -> int:
    """Build `folder` with Zensical, compare its articles with a site's, return how many it has."""
    result = run("zensical", "build", cwd=folder)
    assert result.returncode == 0, result.stdout + result.stderr
    names = [path.relative_to(site) for path in pages_of(site) if path.name != "404.html"]
    for name in names:
        assert list(_article(site, name)) == list(_article(folder / "site", name)), name
        ours, theirs = (
            BeautifulSoup((root / name).read_text("utf-8"), "html.parser")
            for root in (site, folder / "site")
        )
        for mark in ("a.cs-term", "sup.cs-citation a", ".cs-rests-on dd a"):
            assert [link["href"] for link in ours.select(mark)] == [
                link["href"] for link in theirs.select(mark)
            ], (name, mark)
    return len(names)
