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
    labels = [(cell.get_text(), cell.get("data-label")) for cell in table(TABLE).select("td")]
    assert labels == [
        ("An operation.", "Surgery"),
        ("Strong x-rays.", "Radiation"),
        ("Plain", ""),
        ("Bold first.", "Surgery"),
        ("None.", "Radiation"),
    ]


def test_a_wide_table_stays_one_for_screen_readers_when_it_is_no_longer_laid_out_as_one() -> None:
    wide = table(TABLE)
    assert wide["role"] == "table"
    assert [part["role"] for part in wide.select("thead, tbody")] == ["rowgroup", "rowgroup"]
    assert {row["role"] for row in wide.select("tr")} == {"row"}
    assert {cell["role"] for cell in wide.select("thead th")} == {"columnheader"}
    assert {cell["role"] for cell in wide.select("td")} == {"cell"}


@pytest.mark.parametrize(
    ("text", "heads"), [(TABLE, ["What it is"]), (NARROW, ["Neck"]), (NARROW.replace("*", ""), [])]
)
def test_a_first_cell_in_bold_is_the_head_of_its_row(text: str, heads: list[str]) -> None:
    assert [cell.get_text() for cell in table(text).select("tbody th[scope=row]")] == heads


def test_a_table_that_fits_a_phone_is_left_as_it_is() -> None:
    narrow = table(NARROW)
    assert not narrow.get("role")
    assert not narrow.select("[data-label]")
