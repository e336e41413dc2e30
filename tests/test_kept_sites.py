"""What the steps after the generator keep changes nothing but the time.

Each test makes a site from what MkDocs has built, with a store and without one, and compares all
files and findings.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from sourced_guide.build.areas import steps_store
from sourced_guide.build.built_site.reference_parts import list_pages
from sourced_guide.build.built_site.site import BuiltSite
from sourced_guide.build.certify.certification import certify
from sourced_guide.build.offline.bundle import make_copy, zip_of
from sourced_guide.build.steps.pages import outdated_pages, site_assets
from sourced_guide.build.steps.precache import precache_manifest
from sourced_guide.claims.project.mkdocs_config import load_project

from .conftest import AS_BUILT
from .edits import replace_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Made = tuple[dict[str, bytes], list[str], str]
_ASIDE = "handouts/guide-a4.pdf"


@pytest.fixture
def project(ready: Path, tmp_path: Path) -> Path:
    """A project of a few pages, beside what MkDocs has built of it, and a site with handouts."""
    folder = tmp_path / "project"
    shutil.copytree(ready, folder, ignore=shutil.ignore_patterns("site", ".cache"))
    shutil.copytree(ready.with_name(AS_BUILT), folder / "generated")
    # Files of the theme that no page loads.
    shutil.rmtree(folder / "generated/assets/javascripts/lunr")
    for site in ("kept", "anew"):
        (folder / site / "handouts").mkdir(parents=True)
        for sheet in (ready / "site/handouts").glob("*.pdf"):
            (folder / site / "handouts" / sheet.name).write_bytes(b"%PDF-1.7")
    return folder


def made(folder: Path, name: str, *, with_store: bool) -> Made:
    """Make a site; return its files, the findings on it, and what devices keep of it."""
    project = load_project(folder / "mkdocs.yml", with_store=with_store)
    store = steps_store(project)
    generated, site = BuiltSite(folder / "generated", store), BuiltSite(folder / name, store)
    generated.write(list_pages(generated))
    site.write(site_assets(generated))
    site.write(dict(outdated_pages(generated, site)))
    site.remove(set(site.page_names) - set(generated.page_names))
    copy = make_copy(site, project.code_files)
    findings = [*copy.findings, *certify(project, site)]
    packed = {} if copy.findings else {copy.name: zip_of(site, copy)}
    site.write(packed)
    site.remove({each for each in site.names if each.endswith(".zip")} - packed.keys())
    project.store.save()
    store.save()
    files = {each: site.content(each) for each in site.names}
    said = sorted(finding.as_text().replace(f"{site.folder}/", "") for finding in findings)
    return files, said, str(precache_manifest(site))


def made_both_ways(folder: Path) -> Made:
    """Make a site with what is kept, and another one anew; return the first, which is the same."""
    for page in (folder / "anew").rglob("*.html"):
        page.unlink()
    for packed in (folder / "anew").rglob("*.zip"):
        packed.unlink()
    kept = made(folder, "kept", with_store=True)
    anew = made(folder, "anew", with_store=False)
    assert kept[0].keys() == anew[0].keys()
    assert [name for name, content in kept[0].items() if content != anew[0][name]] == []
    assert kept[1:] == anew[1:]
    return kept


def remove_booklet(folder: Path) -> None:
    for site in ("kept", "anew"):
        (folder / site / _ASIDE).unlink()


def spoil(folder: Path) -> None:
    files = [path for path in (folder / ".cache").rglob("*.json") if path.is_file()]
    assert {"articles", "built", "copied", "pages", "shown"} <= {path.parent.name for path in files}
    for path in files:
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)


# What changes, and a part of what is then found.
CHANGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "nothing": (lambda folder: None, ""),
    "a word of a page": (
        replace_in("generated/legs/index.html", "weak or heavy", "weak or strong"),
        "it shows 'strong' where 'heavy' was checked",
    ),
    "a page that is gone": (
        lambda folder: (folder / "generated/legs/index.html").unlink(),
        "has no target in the site",
    ),
    "a source": (
        replace_in("docs/references/legs.yml", "title: A page", "title: One page"),
        "was built from another version of 'legs'",
    ),
    "a page of the project": (
        replace_in("docs/legs.md", "## How legs can feel", "## How arms can feel"),
        "it shows 'legs' where 'arms' was checked",
    ),
    "a setting": (
        replace_in("mkdocs.yml", "site_name: ", "site_name: Another "),
        "outside its article, what was not checked",
    ),
    "a booklet that is gone": (remove_booklet, ""),
    "a script of all pages": (
        replace_in("generated/scripts/keep.js", '"use strict"', '"use strict";say(1)'),
        "loads code of neither guide nor theme",
    ),
    "a spoilt store": (spoil, ""),
}


@pytest.mark.parametrize(("change", "found"), CHANGES.values(), ids=CHANGES)
def test_a_site_is_the_same_with_what_is_kept(
    change: Callable[[Path], object], found: str, project: Path
) -> None:
    before = made_both_ways(project)
    assert before[1] == []
    change(project)
    _, findings, _ = made_both_ways(project)
    assert any(found in finding for finding in findings) if found else not findings
