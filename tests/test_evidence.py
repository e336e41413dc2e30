"""On which kinds of sources the claims of a guide rest, as `guide report` prints it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.report.evidence import evidence_lines

from .conftest import FIXTURES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sourced_guide.claims.project.project import Project

HURTS = "It may hurt. [@leaflet#pain; @guideline#pain]\n\n"
PAGES = {
    "legs.md": f"{HURTS}Legs may be weak. [@leaflet#pain]\n",
    # A sentence that stands on two pages is one claim.
    "pain.md": f"{HURTS}It is bad. [@handbook#pain]\n\nIt wakes you. [@trial#pain]\n\n"
    "Nobody knows. [@nothing#pain]\n",
    "empty.md": "# About us\n",
}
KINDS = {
    "leaflet": "patient page",
    "guideline": "guideline",
    "handbook": "reference work",
    "trial": "trial",
}


def test_shares_are_those_of_distinct_claims_by_their_best_source(
    tmp_path: Path, make_project: Callable[[Path], Project]
) -> None:
    site = tmp_path / "site"
    (site / "references").mkdir(parents=True)
    source = yaml.safe_load((FIXTURES / "references/spine.yml").read_text("utf-8"))
    for key, kind in KINDS.items():
        text = yaml.safe_dump({**source, "kind": kind})
        (site / f"references/{key}.yml").write_text(text)
    for name, page in PAGES.items():
        (site / name).write_text(page)
    first, _, _, *table = evidence_lines(read_guide(make_project(site)))
    alone = "2 of 4 distinct claims (50 in 100) rest on patient pages and reference works alone."
    assert first == alone
    head, *rows = (re.split(r" {2,}", line.strip()) for line in table)
    assert head[1:] == [
        *("claims", "guideline", "systematic review", "trial", "study", "review", "law"),
        *("patient page", "reference work", "these two alone"),
    ]
    assert rows == [
        ["legs.md", "2", "50", "0", "0", "0", "0", "0", "50", "0", "50"],
        ["pain.md", "3", "33", "0", "33", "0", "0", "0", "0", "33", "33"],
        ["all pages", "4", "25", "0", "25", "0", "0", "0", "25", "25", "50"],
    ]


def test_a_guide_without_claims_has_shares_of_nothing(
    page_project: Callable[[str], Project],
) -> None:
    first, *_, last = evidence_lines(read_guide(page_project("# Pain\n")))
    assert first.startswith("0 of 0 distinct claims")
    assert last.split() == ["all", "pages", *("0",) * 10]
