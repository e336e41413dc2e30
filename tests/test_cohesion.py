"""How well sentences hang together: `bench.cohesion` counts what a person would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.cohesion import count_guide, is_passive, table, takes_up
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.project.mkdocs_config import load_project

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """\
---
title: Pain
description: What it can feel like.
---

# Pain

Pain is often worse at night. It may wake you. So call your team. Legs may feel weak.

Rest does not help much.
Rest can even harm.
The doctor is called by the nurse.

Call for any of these, whether you are at home or away, by day or night,
and do not wait until your next visit comes round:

- one
- two

- three
- four
    - inner
- five
- six
- seven
- eight

!!! note "A title that says it"

    But a paragraph begins here. Also, it has a second.
"""


def test_counts_of_a_page(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/pain.md").write_text(PAGE, "utf-8")
    (tmp_path / "docs/made.md").write_text("---\neditorial: about us\n---\n\nA. It is.\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Test\nmarkdown_extensions: [admonition, guide.claims]\n", "utf-8"
    )
    counts = count_guide(read_guide(load_project(tmp_path / "mkdocs.yml", tmp_path)))
    (count,) = counts.values()
    # "It", "So", "Rest" and "Also" take up the one before; "Legs" and "The doctor" do not.
    assert (count.following, count.tied) == (6, 4)
    assert count.link_words == {"so": 1, "also": 1}
    assert (count.sentences, count.long_sentences, count.passives) == (19, 1, 1)
    assert count.long_lists == 1
    *_, row, whole, links = table(counts)
    assert row == "| docs/pain.md | 6 | 67 | 5 | 5 | 1 |"
    assert whole.endswith("| 6 | 67 | 5 | 5 | 1 |")
    assert "so 50, also 50" in links


@pytest.mark.parametrize(
    ("before", "sentence", "expected"),
    [
        ("Steroids bring down swelling.", "They work fast.", True),
        ("Steroids bring down swelling.", "A steroid also raises blood sugar.", True),
        ("Steroids bring down swelling.", "For example, the cord swells.", True),
        ("The cord can swell.", "Swelling harms nerves.", True),
        ("Steroids bring down swelling.", "It is not known how fast they work.", False),
        ("Steroids bring down swelling.", "If it hurts, call your team.", True),
        ("Steroids bring down swelling.", "Your team may give you a tablet.", False),
    ],
)
def test_what_takes_up_the_sentence_before(before: str, sentence: str, expected: bool) -> None:
    assert takes_up(sentence, before) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The tissue is looked at with a microscope.", True),
        ("The dose is often lowered.", True),
        ("You should be told.", True),
        ("You are tired.", False),
        ("The nurse looks at the wound.", False),
    ],
)
def test_passive_voice(sentence: str, expected: bool) -> None:
    assert is_passive(sentence) is expected
