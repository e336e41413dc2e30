"""Tables that a phone can show."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag
from markdown import Markdown

TABLE = """\
| | Surgery | Radiation |
| --- | --- | --- |
| **What it is** | An operation. | Strong x-rays. |
| Plain | **Bold** first. | None. |
"""
NARROW = """\
| Part | Name |
| --- | --- |
| **Neck** | Cervical |
"""


def table(text: str) -> Tag:
    made = Markdown(extensions=["tables", "guide.tables"]).convert(text)
    found = BeautifulSoup(made, "html.parser").table
    assert found
    return found


def test_every_cell_of_a_wide_table_has_the_head_of_its_column() -> None:
    labels = [(cell.get_text(), cell.get("data-label")) for cell in table(TABLE).select("tbody td")]
    assert labels == [
        ("An operation.", "Surgery"),
        ("Strong x-rays.", "Radiation"),
        ("Plain", ""),
        ("Bold first.", "Surgery"),
        ("None.", "Radiation"),
    ]


def test_the_corner_of_a_table_is_no_head() -> None:
    assert [cell.get_text() for cell in table(TABLE).select("thead th")] == ["Surgery", "Radiation"]


@pytest.mark.parametrize(
    ("text", "heads"), [(TABLE, ["What it is"]), (NARROW, ["Neck"]), (NARROW.replace("*", ""), [])]
)
def test_a_first_cell_in_bold_is_the_head_of_its_row(text: str, heads: list[str]) -> None:
    assert [cell.get_text() for cell in table(text).select("tbody th[scope=row]")] == heads


def test_a_table_that_fits_a_phone_is_left_as_it_is() -> None:
    narrow = table(NARROW)
    assert not narrow.has_attr("data-cs-stacks")
    assert not narrow.select("[data-label]")
