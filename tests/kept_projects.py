"""A project of a few pages with findings of many kinds, checked with its store or without."""

from __future__ import annotations

import json
import random
import shutil
from typing import TYPE_CHECKING

from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.report.export import claims_data
from sourced_guide.claims.rules import check

from .conftest import FIXTURES

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = sorted(
    path for path in FIXTURES.rglob("*.md") if path.parent.name in ("fail", "pass", "includes")
)
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><title>A {0}</title><text>{0}</text></svg>'
GLOSSARY = (
    "Cord\nNerves\n:   Legs may feel weak. [@spine#legs]\n\nBone\n:   It hurts. [@spine#pain]\n"
)
SETTINGS = "\n".join(
    (
        "site_name: Legs{0}",
        "extra_css: [style.css]",
        "markdown_extensions:",
        "  - attr_list",
        "  - def_list{1}",
        "  - pymdownx.snippets: {{base_path: [includes]}}",
        "  - guide.claims: {{reading_budget: {{page: 2, whole: 2}}, medical_terms: [{2}]}}",
        "  - guide.glossary",
        "  - guide.drawings",
    )
)


def outcome(config: Path, *, with_store: bool) -> str:
    """Check a project; return its findings and its claims.json, or why it cannot be checked."""
    try:
        project = load_project(config, config.parent, with_store=with_store)
        guide = read_guide(project)
        found = [finding.as_dict() for finding in check(guide)]
        claims = claims_data(guide)
    except UnusableProjectError as error:
        return str(error)
    project.store.save()
    return json.dumps([found, claims])


def is_same(config: Path) -> bool:
    """Say whether a project with its store is what it is without one."""
    return outcome(config, with_store=True) == outcome(config, with_store=False)


def made_project(tmp_path: Path) -> Path:
    """Make a project of a few pages with findings of many kinds; return its settings."""
    shutil.copytree(FIXTURES / "references", tmp_path / "docs/references")
    shutil.copytree(FIXTURES / "includes", tmp_path / "includes")
    for number, text in enumerate(random.Random(1).sample(TEXTS, 6)):
        shutil.copy(text, tmp_path / f"docs/page-{number}.md")
    (tmp_path / "docs/glossary.md").write_text(GLOSSARY)
    (tmp_path / "docs/style.css").write_text("em { display: none }\n")
    (tmp_path / "docs/leg.svg").write_text(DRAWING.format("leg"))
    (tmp_path / "docs/drawn.md").write_text(
        '![A leg](leg.svg){ .drawing }\n\n--8<-- "warning.md"\n\nThe cord hurts.\n'
    )
    (tmp_path / "mkdocs.yml").write_text(SETTINGS.format("", "", "cord"))
    return tmp_path / "mkdocs.yml"


def replace_in(path: Path, old: str, new: str) -> None:
    """Replace the first of these words in a file, if there is one."""
    if path.exists():
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
