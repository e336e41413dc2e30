"""Texts that are kept from the search for inline markup: no page comes out differently for it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Extension, Markdown

from sourced_guide.claims.markdown.plain_text import skip_plain_text

from .written_pages import few

OURS = ("attr_list", "footnotes", "md_in_html", "tables", "toc")
# Some look for markup in texts that have none of Python-Markdown's, or after it.
OTHERS = ("abbr", "smarty", "pymdownx.magiclink", "pymdownx.tilde", "wikilinks")
PIECES = (
    *("pain", " ", "  \n", "\n", "\n\n", "- ", "| a | b |\n| - | - |\n", "*[pain]: An ache\n"),
    *("`", "\\", "*", "__", "[", "]", "(", ")", "![", "<", ">", "&amp;", "&", "[^1]", "[^1]: "),
    *(
        "<div markdown>",
        "</div>",
        "https://example.org",
        "~~",
        "[[pain]]",
        '"',
        "--",
        "\x02",
        "\x03",
    ),
)


class _Skip(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        skip_plain_text(md)


@pytest.mark.parametrize("others", [(), OTHERS], ids=["ours", "others"])
@few
@given(text=st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@example("pain\n\n- pain *here*\n\n| a | b |\n| - | - |\n| pain | `x` |")
@example("The pain.\n\n*[pain]: An ache")
@example("See https://example.org")
def test_every_text_comes_out_as_before(others: tuple[str, ...], text: str) -> None:
    plain, skipping = (
        Markdown(extensions=[*OURS, *others, *skip]).convert(text) for skip in ([], [_Skip()])
    )
    assert skipping == plain
