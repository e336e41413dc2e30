"""What programs read of a large site: one page, or one claim after another, in place of all."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from sourced_guide.build.built_site.site import BuiltSite
from sourced_guide.build.run import certification_findings
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.report import claims_file
from sourced_guide.claims.report.claims_file import FILE, claims_files
from sourced_guide.claims.report.export import claims_data, write_claims

from .conftest import FIXTURES, ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from sourced_guide.claims.project.project import Project

SCHEMA = ROOT / "hooks/sourced_guide/claims/report/claims.schema.json"
PAGES = {
    "legs.md": "# Legs\n\nLegs may feel weak or heavy. [@spine#legs]\n",
    "pain/night.md": "# Night\n\nThe pain is often worse at night. [@spine#pain]\n\nIt hurts.\n",
    "plain.md": "# Plain\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    shutil.copytree(FIXTURES / "references", tmp_path / "docs/references")
    (tmp_path / "docs/pain").mkdir()
    for name, text in PAGES.items():
        (tmp_path / "docs" / name).write_text(text)
    (tmp_path / "mkdocs.yml").write_text("site_name: Legs\nmarkdown_extensions: [guide.claims]\n")
    return load_project(tmp_path / "mkdocs.yml", tmp_path)


@pytest.fixture
def data(project: Project) -> dict[str, Any]:
    return claims_data(read_guide(project))


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims_file, "_LARGE", 1)


def test_a_small_site_has_one_file(data: dict[str, Any]) -> None:
    files = dict(claims_files(data))
    assert list(files) == [FILE]
    assert json.loads(files[FILE]) == data


@pytest.mark.usefixtures("large")
def test_the_lines_say_what_the_whole_says(data: dict[str, Any]) -> None:
    lines = [json.loads(line) for line in dict(claims_files(data))["claims.jsonl"].splitlines()]
    rebuilt = lines[0]
    for name, one in (("pages", "page"), ("claims", "claim"), ("sources", "source")):
        rebuilt[name] = [line[one] for line in lines[1:] if one in line]
    assert rebuilt == data
    assert len(lines) == 1 + sum(len(data[name]) for name in ("pages", "claims", "sources"))


@pytest.mark.usefixtures("large")
def test_each_page_has_its_claims_and_what_they_cite(data: dict[str, Any]) -> None:
    files = dict(claims_files(data))
    pages = {name: json.loads(text) for name, text in files.items() if "/" in name}
    assert sorted(pages) == [
        *("claims/legs.json", "claims/pain/night.json", "claims/plain.json"),
    ]
    parts = json.loads(SCHEMA.read_text("utf-8"))
    for page in pages.values():
        for name, one in (("claims", "claim"), ("sources", "source")):
            schema = {**parts["$defs"][one], "$defs": parts["$defs"]}
            for item in page[name]:
                jsonschema_rs.validator_for(schema).validate(item)
    night = pages["claims/pain/night.json"]
    assert night["page"] in data["pages"]
    assert [claim["text"] for claim in night["claims"]] == [
        *("The pain is often worse at night.", "It hurts."),
    ]
    assert [list(source["passages"]) for source in night["sources"]] == [["pain"]]
    assert pages["claims/plain.json"] | {"page": {}} == {"page": {}, "claims": [], "sources": []}


@pytest.mark.usefixtures("large")
def test_only_what_has_changed_is_written(project: Project, tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "claims").mkdir(parents=True)
    own = site / "claims/own.json"
    own.write_text("{}")
    write_claims(read_guide(project), site / FILE)
    before = {path: path.stat().st_ino for path in site.rglob("*.json*")}
    (tmp_path / "docs/plain.md").unlink()
    page = tmp_path / "docs/legs.md"
    page.write_text(page.read_text().replace("heavy", "numb"))
    changed = load_project(tmp_path / "mkdocs.yml", tmp_path)
    write_claims(read_guide(changed), site / FILE)
    after = {path: path.stat().st_ino for path in site.rglob("*.json*")}
    assert before.keys() - after.keys() == {site / "claims/plain.json"}
    same = {path.relative_to(site).as_posix() for path in after if after[path] == before[path]}
    assert same == {"claims/pain/night.json", "claims/own.json"}


@pytest.mark.parametrize("name", ["claims.json", os.devnull, "other.json"])
def test_a_site_that_is_small_again_has_one_file(
    project: Project, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = read_guide(project)
    with monkeypatch.context() as patched:
        patched.setattr(claims_file, "_LARGE", 1)
        write_claims(guide, tmp_path / "site" / name)
    write_claims(guide, tmp_path / "site" / name)
    found = [path.name for path in tmp_path.glob("site/**/*") if path.is_file()]
    assert found == ([] if name == os.devnull else [name])


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("changed", ["claims.jsonl", "claims/legs.json"])
def test_a_site_is_not_certified_with_files_of_another_state(
    project: Project, tmp_path: Path, changed: str
) -> None:
    site = tmp_path / "site"
    write_claims(read_guide(project), site / FILE)
    path = site / changed
    path.write_text(path.read_text().replace("weak", "strong"))
    found = certification_findings(project, BuiltSite(site))
    assert [(each.place.file, each.message) for each in found if each.rule == "BLD004"] == [
        (str(path), "is not what claims.json says")
    ]
