"""What people wrote or read of the guide, and how it is counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import yaml

from bench.mutation.baseline import BaselineGuide, Mutant
from bench.mutation.by_people import (
    READ,
    WRITTEN,
    ReadCitation,
    judged_wrongly,
    table_of_read,
)
from bench.mutation.measure import TAKEN_OUT, taken_out
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from sourced_guide.claims.project.project import Project

AT = [Place("docs/index.md", line) for line in (1, 2, 3, 4)]


def test_the_halves_are_as_large_and_each_verdict_is_there() -> None:
    halves = yaml.safe_load(READ.read_text("utf-8"))
    assert {half: len(rows) for half, rows in halves.items()} == {"studied": 75, "held_out": 75}
    assert all(
        row.keys() == {"page", "citation", "claim", "unsupported"} and row["unsupported"]
        for rows in halves.values()
        for row in rows
    )


def test_each_edit_that_was_written_changes_something() -> None:
    kinds = [yaml.safe_load(path.read_text("utf-8")).values() for path in WRITTEN.values()]
    assert [sum(map(len, rows)) for rows in kinds] == [106, 120]
    edits = [row for written in kinds for rows in written for row in rows]
    assert [row["new"] for row in edits if row["old"] == row["new"]] == []


def test_counts_apart_what_was_read_as_a_fault_and_what_was_not() -> None:
    read = [
        ReadCitation(AT[0], "studied", leaves_a_part=True),
        ReadCitation(AT[1], "studied", leaves_a_part=True),
        ReadCitation(AT[2], "held_out", leaves_a_part=False),
        ReadCitation(AT[3], "held_out", leaves_a_part=True),
    ]
    missed = Mutant(TAKEN_OUT, AT[0], "@a#a", "")
    found = replace(missed, rules=frozenset(("SRC014",)))
    tried = [missed, *(replace(found, place=place) for place in AT[1:3])]

    assert list(table_of_read(read, tried))[2:] == [
        "| a part is left without support: found | 1 (50.0%) of 2 | - of 0 |",
        "| nothing is: reported all the same | - of 0 | 1 (100.0%) of 1 |",
    ]
    assert list(judged_wrongly(read, tried)) == ["docs/index.md:1: @a#a taken out: nothing"]


def test_one_of_several_citations_is_taken_out(page_project: Callable[[str], Project]) -> None:
    page = "The pain is often worse at night, and legs are weak. [@spine#pain; @legs#legs]\n"
    baseline = BaselineGuide(read_guide(page_project(page)))
    (mutant,) = taken_out(baseline, [max(baseline.covered_by, key=lambda place: place.column)])
    assert (mutant.kind, mutant.was, mutant.now) == (TAKEN_OUT, "@legs#legs", "")
    assert mutant.rules
