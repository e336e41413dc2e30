"""The measurement that puts faults into the guide: what it changes, and what it counts as found."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bench.mutation.baseline import BaselineGuide, Mutant
from bench.mutation.citations import citation_mutants
from bench.mutation.measure import mutants
from bench.mutation.tables import by_kind, by_rule, finders, is_held_out, missed
from bench.mutation.texts import figures_moved, text_mutants
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.model.place import Place
from sourced_guide.claims.project.mkdocs_config import load_project

from .conftest import FIXTURES

if TYPE_CHECKING:
    from collections.abc import Callable

    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.project import Project

NIGHT = "The pain is usually worse at night."
# A claim, what its passage says, a kind of mutant, and what becomes of the claim.
FAULTS = [
    (NIGHT, NIGHT, "hedge: taken out", "The pain is worse at night."),
    (NIGHT, NIGHT, "hedge: made stronger", "The pain is always worse at night."),
    (NIGHT, NIGHT, "word put in: always", "The pain is always usually worse at night."),
    (NIGHT, NIGHT, "word put in: never", "The pain is never usually worse at night."),
    (NIGHT, NIGHT, "word put in: only", "The pain is only usually worse at night."),
    ("Some may spread.", "It may.", "hedge: taken out (another is left)", "Some spread."),
    ("There may be pain.", "Pain may come.", "hedge: taken out", "There is pain."),
    ("Drugs treat it.", "They treat it.", "word put in: cures", "Drugs cure it."),
    ("Drugs treat it.", "They treat it.", "word put in: all", "All drugs treat it."),
    ("It cannot undo damage.", "It cannot.", "negation: taken out", "It can undo damage."),
    ("Call within 24 hours.", "24 hours", "figure: another unit", "Call within 24 days."),
    ("Call within 24 hours.", "24 hours", "figure: times ten", "Call within 240 hours."),
    ("16 out of 100.", "15.67 percent", "figure: 16 of 100 turned into 84", "84 out of 100."),
    ("About 20 there.", "20 or 30", "figure: another one of the passage", "About 30 there."),
    ("It has two parts.", "It has two.", "figure: a little off", "It has three parts."),
]
# What leaves a claim as right as it was: a claim, its passage, a kind of mutant.
NO_FAULTS = [
    ("It may hurt.", "It hurts.", "hedge: taken out"),
    ("About 84 out of 100.", "84 percent", "hedge: taken out"),
    ("It is worse at night.", "It is only worse at night.", "word put in: only"),
    ("About 30 out of 100.", "30 to 70 percent", "figure: 16 of 100 turned into 84"),
]
# What has the look of a hedge, a negation or a figure and is none.
UNTOUCHED = [
    "It was checked in May 2026.",
    "Breast cancer is more likely here.",
    "Move as little as you can.",
    "Ask about the L4 bone, whether or not it hurts.",
]


def kinds(claim: str, says: str, *, faults: bool) -> dict[str, str]:
    made = text_mutants(claim, [says], random.Random(1))
    return {each.kind: each.text for each in made if each.is_fault is faults}


@pytest.mark.parametrize(("claim", "says", "kind", "changed"), FAULTS, ids=str)
def test_a_fault_is_made(claim: str, says: str, kind: str, changed: str) -> None:
    assert kinds(claim, says, faults=True)[kind] == changed


@pytest.mark.parametrize(("claim", "says", "kind"), NO_FAULTS)
def test_what_changes_nothing_is_left_out(claim: str, says: str, kind: str) -> None:
    assert kind in kinds(claim, says, faults=False)
    assert kind not in kinds(claim, says, faults=True)


@pytest.mark.parametrize("claim", UNTOUCHED)
def test_what_only_looks_like_it_is_not_touched(claim: str) -> None:
    made = kinds(claim, "It may be about 5.", faults=True) | kinds(claim, "It is.", faults=False)
    assert not [kind for kind in made if kind.startswith(("hedge", "negation", "figure: another"))]


def test_a_passage_loses_only_figures_that_claims_rest_on() -> None:
    moved = list(figures_moved("It was 15.67 percent of 730.", ["15.67%"], [Decimal(16)]))
    assert moved == [("It was 18.80 percent of 730.", ("18.80%",), True)]


@pytest.fixture
def small(page_project: Callable[[str], Project]) -> BaselineGuide:
    project = page_project(
        "The pain is often worse at night. [@spine#pain]\n\n"
        "You may notice: [@spine#legs; @legs#legs]\n\n- weak legs\n- heavy legs [@legs#legs]\n"
    )
    return BaselineGuide(read_guide(project))


def test_every_mutant_of_a_small_page_says_what_found_it(small: BaselineGuide) -> None:
    tried = list(mutants(small, ["page.md"]))
    found: dict[str, list[Mutant]] = {}
    for mutant in tried:
        found.setdefault(mutant.kind, []).append(mutant)
    for kind, rule in {
        "citation: taken out": "SRC001",
        "citation: @ left out": "SRC001",
        "citation: key misspelt": "SRC002",
        "citation: passage misspelt": "SRC003",
        "citation: passage left out": "SRC004",
        "hedge: made stronger": "SRC006",
        "word put in: always": "SRC006",
    }.items():
        assert found[kind]
        assert not [each.was for each in found[kind] if rule not in each.rules], kind
    covered = found["citation: taken out (its list's is left)"]
    assert [each.was for each in covered] == ["[@legs#legs]"]
    changed = [each for kind, each in found.items() if kind.startswith(("hedge", "word"))]
    assert all(mutant.is_suspect for each in changed for mutant in each)
    swapped = found["passage swapped: of the same source"]
    assert swapped
    assert all("SRC007" in mutant.rules for mutant in swapped), swapped
    assert tried == list(mutants(small, ["page.md"]))
    held_out = sum(map(is_held_out, found["citation: key misspelt"]))
    row = f"| citation: key misspelt | 4 | 4 (100.0%) | {held_out} (100.0%) | - |"
    assert row in by_kind(tried)
    assert "| citation: key misspelt | SRC002 4 | 0 |" in finders(tried)
    assert "| SRC003 | 4 | 4 |" in by_rule(tried)


# `make mutate` does this with every page, and takes minutes; this page takes 20 seconds.
@pytest.mark.exhaustive
def test_each_part_of_an_included_file_is_tried_on_the_page_that_shows_it(tmp_path: Path) -> None:
    signs = "".join(
        f"<!-- --8<-- [start:{name}] -->\n{text}\n<!-- --8<-- [end:{name}] -->\n"
        for name, text in (
            ("pain", "The pain is often worse at night. [@spine#pain]"),
            ("legs", "Legs may feel weak. [@spine#legs]"),
        )
    )
    shutil.copytree(FIXTURES / "references", tmp_path / "docs/references")
    for name, text in {
        "includes/signs.md": signs,
        "docs/a.md": '--8<-- "signs.md:pain"\n',
        "docs/b.md": '--8<-- "signs.md:legs"\n',
        "mkdocs.yml": (
            "site_name: Legs\nmarkdown_extensions:\n"
            "  - pymdownx.snippets: {base_path: [includes]}\n  - guide.claims\n"
        ),
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    baseline = BaselineGuide(read_guide(load_project(tmp_path / "mkdocs.yml")))

    tried = list(citation_mutants(baseline, "includes/signs.md"))

    taken_out = [mutant for mutant in tried if mutant.kind == "citation: taken out"]
    assert [(mutant.place.line, "SRC001" in mutant.rules) for mutant in taken_out] == [
        (2, True),
        (5, True),
    ]


def test_swapped_passages_of_the_guide_are_found(guide: Guide) -> None:
    baseline = BaselineGuide(guide)
    file = "docs/supportive-care.md"
    tried = [each for each in mutants(baseline, [file]) if "swapped: of another" in each.kind]
    alone = [each for each in tried if not each.kind.endswith("(another is left)")]
    assert len([each for each in alone if each.rules]) > 0.9 * len(alone) > 0
    assert all(each.is_suspect for each in alone)
    assert Path(file).name == alone[0].place.file.rpartition("/")[2]


def test_a_missed_fault_is_listed_unless_it_is_held_out() -> None:
    place = Place("docs/page.md", 3)
    tried = [Mutant("hedge", place, f"It may hurt {n} times.", "It hurts.") for n in range(20)]
    shown = [mutant.was for mutant in tried if not is_held_out(mutant)]
    assert 0 < len(shown) < len(tried)
    assert list(missed([*tried, replace(tried[0], rules=frozenset(("SRC006",)))], "hedge")) == [
        f"docs/page.md:3: {was} -> It hurts." for was in shown
    ]
