"""How full the sheets of all handouts are, how many there are, and what they put apart."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from bench.sheets.__main__ import faults_of, pdfs
from bench.sheets.filled import filled, handouts

if TYPE_CHECKING:
    from pathlib import Path

# The pages of 29 November 2026, when their handouts had 335 sheets on A4 and 631 in large print.
_NAMES = """
    about alert-card at-the-hospital biopsy bladder-and-bowels bone-drugs braces cancer-drugs cement
    choosing-treatment clinical-trials common-questions compare feelings for-carers glossary start
    learn-more moving-and-falls pain-relief pressure-on-the-cord radiation recovery rehabilitation
    scans sources-differ stereotactic-radiation steroids supportive-care surgery symptoms take-away
    targeted-and-immunotherapy tests warning-signs warning-signs-more weak-bones what-it-is
    what-to-expect who-gets-it work-money-driving your-spine
"""
FIRST_PAGES = frozenset(_NAMES.split())
MOST = {"a4": 250, "large": 510}


# All of them take a minute to render.
@pytest.mark.exhaustive
def test_no_sheet_is_half_empty_and_there_are_not_too_many(built_guide: Path) -> None:
    measured = [filled(file) for file in handouts(built_guide / "site/handouts")]
    assert len(measured) > 100
    assert [fault for each in measured for fault in each.faults] == []
    count: Counter[str] = Counter()
    for each in measured:
        if each.name.rpartition("-")[0] in FIRST_PAGES:
            count[each.layout] += len(each.sheets)
    assert all(count[layout] <= most for layout, most in MOST.items()), count


@pytest.mark.exhaustive
def test_nothing_is_put_apart_and_nothing_is_small_in_large_print(built_guide: Path) -> None:
    files = pdfs(built_guide / "site/handouts")
    assert len(files) > 100
    assert [fault for file in files for fault in faults_of(file)] == []
