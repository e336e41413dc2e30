"""`guide build`: from a project to a site for a host, and the proof that it was checked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sourced_guide.build.checks.proof import FILE, check_result, read_proof
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.project.mkdocs_config import load_project

from .commands import run
from .few_pages import few_pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from sourced_guide.build.checks.proof import CheckResult


def proof(project: Path) -> CheckResult | None:
    return read_proof(load_project(project / "mkdocs.yml"))


@pytest.fixture
def proven(built: Path, tmp_path: Path) -> Path:
    """A project that the gate of its build has checked."""
    return Path(shutil.copytree(built, tmp_path / "project"))


def _append(file: str) -> Callable[[Path], object]:
    def change(project: Path) -> None:
        path = project / file
        path.parent.mkdir(exist_ok=True)
        path.write_text((path.read_text("utf-8") if path.exists() else "") + "\n", "utf-8")

    return change


CHANGES: dict[str, Callable[[Path], object]] = {
    "a page": _append("docs/legs.md"),
    "a source": _append("docs/references/spine.yml"),
    "the settings": _append("mkdocs.yml"),
    "a template": _append("overrides/main.html"),
    "the reviews": _append("reviews/jane-doe.yml"),
    "a new page": lambda project: (project / "docs/new.md").write_text("# New\n"),
    "a page that is gone": lambda project: (project / "docs/legs.md").unlink(),
    "a broken proof": lambda project: (project / FILE).write_text("{"),
    "a proof of nothing": lambda project: (project / FILE).write_text("[]"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_proof_holds_for_exactly_what_was_checked(
    change: Callable[[Path], object], proven: Path
) -> None:
    found = proof(proven)
    assert found
    assert (found.pages, found.claims, found.sources) == (2, 4, 2)
    assert not [finding for finding in found.findings if finding.stops_the_build]
    change(proven)
    assert proof(proven) is None


def test_a_proof_holds_for_one_environment(proven: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://guide.example/")
    assert proof(proven) is None


def test_a_check_that_fails_leaves_what_it_has_found(proven: Path) -> None:
    page = proven / "docs/legs.md"
    page.write_text(page.read_text("utf-8") + "\nLegs are made of cheese.\n", "utf-8")
    # Findings stop every build, not only one where warnings do.
    assert run("mkdocs", "build", cwd=proven).returncode == 1
    found = proof(proven)
    assert found
    assert [finding.rule for finding in found.findings if finding.stops_the_build] == ["SRC001"]


def test_a_build_from_another_folder_reads_what_pages_include(
    small_project: Path, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    shutil.copytree(small_project, project)
    (project / "includes/signs.md").write_text("Legs may feel weak. [@spine#legs]\n", "utf-8")
    with (project / "docs/index.md").open("a", encoding="utf-8") as page:
        page.write('\n--8<-- "signs.md"\n')
    result = run("mkdocs", "build", "--strict", "--config-file", "project/mkdocs.yml", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert proof(project) == check_result(read_guide(load_project(project / "mkdocs.yml")), [])
    assert "Legs may feel weak." in (project / "site/index.html").read_text("utf-8")


def test_the_site_is_built_in_steps_that_are_passed_over_one_by_one(
    small_project: Path, tmp_path: Path
) -> None:
    """Takes ten seconds: all files of the theme are compressed, as for a host."""
    project = few_pages(small_project, tmp_path / "project")

    def build(*options: str) -> tuple[int, str, str]:
        result = run("guide", "build", *options, cwd=project)
        assert "Traceback" not in result.stderr
        return result.returncode, result.stdout, result.stderr

    code, out, err = build("--all")
    assert code == 0, out + err
    lines = out.splitlines()
    steps = [line.partition(":")[0] for line in lines[:-1]]
    assert steps == [
        *("pages", "assets", "head", "app manifest", "handouts", "offline copy"),
        *("service worker", "certify", "precompress", "headers"),
    ]
    assert "4 claims checked by the build, 10 pages compared" in lines[7]
    assert lines[-1] == "site: is ready for a host"
    assert build() == (0, "site: nothing has changed since it was built\n", "")

    def contents() -> dict[str, bytes]:
        files = (path for path in (project / "site").rglob("*") if path.is_file())
        return {path.relative_to(project).as_posix(): path.read_bytes() for path in files}

    before = contents()
    (project / "site/legs/index.html").write_text("changed by hand", "utf-8")
    (project / "site/handouts/legs-a4.pdf").unlink()
    (project / "site/stray.html").write_text("<p>stray</p>", "utf-8")
    code, out, err = build()
    assert code == 0, out + err
    assert [line for line in out.splitlines()[:-1] if not line.endswith(": unchanged")] == [
        "head: 10 pages with their description and content policy",
        (
            "handouts: 0 made, 10 unchanged; SITE_URL is not set, so they omit the web address "
            "and QR code"
        ),
    ]
    assert contents() == before

    legs = project / "docs/legs.md"
    legs.write_text(legs.read_text("utf-8").replace("2999", "2998"), "utf-8")
    code, out, err = build()
    assert code == 0, out + err
    # A booklet that is outdated is removed, not shown.
    left_out = "4 booklets and packs left out, until guide build --all"
    assert f"handouts: 3 made, 3 unchanged; {left_out}" in out
    assert not [name for name in contents() if "/guide-" in name]
    assert [name for name in contents() if name.endswith(".zip")]
    assert build() == (0, "site: nothing has changed since it was built\n", "")
    code, out, err = build("--all")
    assert code == 0, out + err
    assert "handouts: 4 made, 6 unchanged" in out
    assert contents().keys() == before.keys()
    assert build("--all") == (0, "site: nothing has changed since it was built\n", "")

    icon = project / "docs/assets/favicon.svg"
    icon.write_text("{", "utf-8")
    code, out, err = build("--format", "json")
    assert code == 1
    assert [finding["rule"] for finding in json.loads(out)["findings"]] == ["BLD014"]
    assert "head: unchanged" in err
    assert not [name for name in contents() if name.endswith((".br", "/_headers"))]

    page = project / "docs/legs.md"
    page.write_text(page.read_text("utf-8") + "\nLegs are made of cheese.\n", "utf-8")
    code, out, err = build()
    assert (code, err) == (1, "")
    assert "docs/legs.md:17:1: SRC001 a sentence has no source" in out
    assert out.endswith("1 finding in 1 file\n")
