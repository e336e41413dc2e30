"""The files around the code hold together: licences, commands, forms, workflows, the changelog."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
import typst
import yaml
from PIL import Image

from bench.pictures import handout_picture

from .conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PROSE = sorted(ROOT.glob("*.md"))
FORMS = sorted(path for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("?-*.yml"))
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def _read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def _jsonc(name: str) -> Any:
    return json.loads(re.sub(r"^ *//.*$", "", _read(name), flags=re.MULTILINE))


# Licences and authors


def test_the_licence_of_the_code_is_the_same_wherever_it_is_named() -> None:
    assert PROJECT["license"] == "Apache-2.0"
    assert PROJECT["license-files"] == ["LICENSE"]
    assert _read("LICENSE").split()[:4] == ["Apache", "License", "Version", "2.0,"]
    for name in ("package.json", "package-lock.json"):
        package = json.loads(_read(f"bench/lighthouse/{name}"))
        assert package.get("packages", {"": package})[""]["license"] == PROJECT["license"]
    assert "[Apache-2.0](LICENSE)" in _read("README.md")


def test_the_licence_of_the_content_is_the_same_wherever_it_is_named() -> None:
    licence = _read("LICENSE-content")
    assert "SPDX-License-Identifier: CC-BY-4.0\n" in licence
    assert "Creative Commons Attribution 4.0 International Public License" in licence
    assert "Section 8 -- Interpretation." in licence
    assert "[CC BY 4.0](LICENSE-content)" in _read("README.md")
    assert "https://creativecommons.org/licenses/by/4.0/" in licence
    assert "https://creativecommons.org/licenses/by/4.0/" in _read("docs/about.md")


def test_authors_are_named_without_an_address() -> None:
    assert PROJECT["authors"] == [{"name": "the sourced-guide authors"}]
    assert "the Cancer in the Spine authors" in _read("LICENSE-content")


# What people are told to run and to read


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.name)
def test_every_make_target_that_is_named_exists(path: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):.*##", MAKEFILE, re.MULTILINE))
    named = re.findall(r"(?:^|`)make ([\w./-]+)", path.read_text("utf-8"), re.MULTILINE)
    assert set(named) <= targets


def test_the_readme_names_the_two_commands() -> None:
    assert {"make site", "make test"} <= set(re.findall(r"^make \w+", _read("README.md"), re.M))


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.name)
def test_every_link_and_picture_leads_to_a_file(path: Path) -> None:
    text = path.read_text("utf-8")
    targets = re.findall(r'\]\(([^)#\s]+)|src="([^"]+)"', text)
    local = [to for pair in targets for to in pair if to and not to.startswith("https://")]
    assert [to for to in local if not (ROOT / to).exists()] == []


def test_the_pictures_of_the_readme_are_light_and_described() -> None:
    pictures = re.findall(r'<img src="([^"]+)" alt="([^"]+)"', _read("README.md"))
    assert len(pictures) == 2
    for name, alternative in pictures:
        assert len(alternative) > 20
        assert (ROOT / name).stat().st_size < 100_000


def test_a_handout_becomes_a_picture_of_its_first_sheet(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.pdf"
    sheet.write_bytes(typst.compile(b"#set page(fill: red)\nA\n#set page(fill: blue)\nB"))
    with Image.open(BytesIO(handout_picture(sheet))) as picture:
        assert (picture.format, picture.height) == ("PNG", 900)
        assert picture.convert("RGB").getpixel((5, 5)) == (255, 65, 54)


# The changelog


def test_the_changelog_has_what_comes_next_and_the_version_that_is_there() -> None:
    heads = re.findall(r"^## (.+)$", _read("CHANGELOG.md"), re.MULTILINE)
    assert heads[0] == "[Unreleased]"
    versions = [re.fullmatch(r"\[(\d+\.\d+\.\d+)\] - (\S+)", head) for head in heads[1:]]
    assert versions
    assert all(versions), heads
    assert versions[0]
    assert versions[0][1] == PROJECT["version"]
    days = [date.fromisoformat(version[2]) for version in versions if version]
    assert days == sorted(days, reverse=True)


def test_every_version_speaks_to_readers_first_and_states_no_figures_to_them() -> None:
    for version in re.split(r"^## ", _read("CHANGELOG.md"), flags=re.MULTILINE)[1:]:
        parts = re.split(r"^### ", version, flags=re.MULTILINE)[1:]
        assert [part.splitlines()[0] for part in parts] == ["For readers", "Machinery"]
        # Facts stand on the pages, with their sources.
        assert not re.search(r"\d", parts[0])


# What GitHub reads


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_an_issue_form_has_what_github_asks_for(path: Path) -> None:
    form = yaml.safe_load(path.read_text("utf-8"))
    assert {"name", "description", "body"} <= set(form) <= {"name", "description", "title", "body"}
    fields = [each for each in form["body"] if each["type"] != "markdown"]
    assert {each["type"] for each in fields} <= {"input", "textarea", "dropdown"}
    assert all(each["attributes"]["label"] for each in fields)
    assert all(each["attributes"]["options"] for each in fields if each["type"] == "dropdown")
    assert all(isinstance(option, str) for each in fields for option in _options(each))
    ids = [each["id"] for each in fields]
    assert len(set(ids)) == len(ids)
    assert any(each.get("validations", {}).get("required") for each in fields)


def _options(field: dict[str, Any]) -> list[Any]:
    return list(field["attributes"].get("options", []))


def test_there_is_a_form_for_what_can_go_wrong() -> None:
    names = {yaml.safe_load(path.read_text("utf-8"))["name"] for path in FORMS}
    assert len(names) == len(FORMS) == 4
    assert "Wrong or outdated statement" in names
    assert 'form "Wrong or outdated statement"' in _read("SECURITY.md").replace("\n", " ")


def test_every_action_is_pinned_to_one_commit() -> None:
    used = [
        line.strip().removeprefix("- ")
        for path in WORKFLOWS
        for line in path.read_text("utf-8").splitlines()
        if "uses:" in line
    ]
    assert all(re.fullmatch(r"uses: [\w/-]+@[0-9a-f]{40} # v[\d.]+", line) for line in used), used
    actions = {line.partition("@")[0] for line in used}
    assert len(set(used)) == len(actions)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_says_what_it_may_do(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text("utf-8"))
    assert workflow["permissions"] in ({}, {"contents": "read"})
    assert all("timeout-minutes" in job for job in workflow["jobs"].values())


def test_pull_requests_are_tested_by_the_same_command_as_what_is_published() -> None:
    test = yaml.safe_load(_read(".github/workflows/test.yml"))
    # YAML 1.1 reads the key `on` as a truth value.
    assert list(test[True]) == ["pull_request"]
    runs = [step.get("run", "") for step in test["jobs"]["test"]["steps"]]
    assert "bash .ci/run" in runs
    assert "bash .ci/run" in _read(".github/workflows/publish.yml")
    assert re.search(r"^make test$", _read(".ci/run"), re.MULTILINE)


def test_dependencies_are_looked_for_where_they_are_named() -> None:
    reads = {
        "pip": "requirements.txt",
        "npm": "package-lock.json",
        "github-actions": ".github/workflows",
    }
    updates = yaml.safe_load(_read(".github/dependabot.yml"))["updates"]
    assert {update["package-ecosystem"] for update in updates} == set(reads)
    for update in updates:
        folder = ROOT / update["directory"].strip("/")
        assert (folder / reads[update["package-ecosystem"]]).exists()
        assert update["schedule"] == {"interval": "monthly"}
        assert [group["patterns"] for group in update["groups"].values()] == [["*"]]


# Editors


def test_the_dev_container_is_what_ci_runs_on() -> None:
    container = _jsonc(".devcontainer/devcontainer.json")
    jobs = yaml.safe_load(_read(".github/workflows/test.yml"))["jobs"]
    assert container["image"] == jobs["test"]["container"]
    assert "bash .ci/packages" in container["updateContentCommand"]
    assert "make .build/installed-test" in container["updateContentCommand"]
    assert "$(STAMPS)/installed-test:" in MAKEFILE


def test_text_files_are_as_editorconfig_wants_them() -> None:
    for path in (*PROSE, *FORMS, *WORKFLOWS, *ROOT.glob("docs/editors/*.md")):
        text = path.read_text("utf-8")
        assert text.endswith("\n"), path
        assert not re.search(r"[ \t]+$|\r", text, re.MULTILINE), path
