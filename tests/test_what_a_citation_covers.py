"""Where one claim ends and the next begins, and which claims a citation covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sourced_guide.claims.markdown.whole_guide import read_guide

if TYPE_CHECKING:
    from collections.abc import Callable

    from sourced_guide.claims.project.project import Project

PAIN, LEGS = "@spine#pain", "@legs#legs"
# A page, and its claims with what covers each.
CASES = {
    "the sentence before it": (
        f"It hurts. [{PAIN}] Legs are weak.",
        [("It hurts.", [PAIN]), ("Legs are weak.", [])],
    ),
    "a point with its number, which is no sentence": (
        f"1\\. It hurts. [{PAIN}] B) Legs are weak.",
        [("1. It hurts.", [PAIN]), ("B) Legs are weak.", [])],
    ),
    "the items below a lead-in, but for one with its own": (
        f"It may include: [{PAIN}]\n\n- pain\n- weak legs [{LEGS}]\n",
        [("It may include:", [PAIN]), ("pain", [PAIN]), ("weak legs", [LEGS])],
    ),
    "the row of a table": (
        f"| Sign | Where |\n| --- | --- |\n| Pain [{PAIN}] | in the back |\n| Weak | legs |\n",
        [("Pain | in the back", [PAIN]), ("Weak | legs", [])],
    ),
    "all rows, where it stands in the caption": (
        (
            "| Sign | Where |\n| --- | --- |\n| Pain | in the back |\n"
            f"| Weak [{LEGS}] | legs |\n\n/// caption\nSigns. [{PAIN}]\n///\n"
        ),
        [("Pain | in the back", [PAIN]), ("Weak | legs", [LEGS]), ("Signs.", [PAIN])],
    ),
}


@pytest.mark.parametrize(("written", "covered"), CASES.values(), ids=CASES)
def test_a_citation_covers(
    written: str, covered: list[tuple[str, list[str]]], page_project: Callable[[str], Project]
) -> None:
    page = read_guide(page_project(written)).page("page.md").text
    assert [
        (claim.text, [f"@{each.key}#{each.passage}" for each in claim.citations])
        for claim in page.claims
    ] == covered
