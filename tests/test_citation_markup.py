"""Texts that Python-Markdown does not search for markup: no page comes out differently for it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Extension, Markdown

from sourced_guide.claims.markdown.citation_markup import register_citations

from .written_pages import few

OURS = ("attr_list", "footnotes", "md_in_html", "tables", "toc")
# Some look for markup in texts that have none of Python-Markdown's, or after it.
OTHERS = ("abbr", "smarty", "pymdownx.magiclink", "pymdownx.tilde", "wikilinks")
PIECES = (
    *("pain", " ", "  \n", "\n", "\n\n", "- ", "| a | b |\n| - | - |\n", "*[pain]: An ache\n"),
    *("`", "\\", "*", "__", "[", "]", "(", ")", "![", "<", ">", "&amp;", "&", "[^1]: "),
    *("[@a#b]", " [@a#b]", "^[@a]", "[@a; @c#d]{.x}", "[@a](b)", "[^1]", "!", "{", "}", ".x"),
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


class _Citations(Extension):
    """Citations as on every page; with `all_searched`, Python-Markdown looks for them by itself."""

    def __init__(self, *, all_searched: bool = False) -> None:
        super().__init__()
        self._all_searched = all_searched

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        register_citations(md)
        if self._all_searched:
            md.treeprocessors.deregister("plain-texts")


@pytest.mark.parametrize("others", [(), OTHERS], ids=["ours", "others"])
@few
@given(text=st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@example("pain\n\n- pain *here*\n\n| a | b |\n| - | - |\n| pain [@a#b] | `x` |")
@example("[@a#b] It hurts [@a#b; @c] here. [@c#d][@e] ![@a#b] [see [@a#b]](#x) [@a#b](#x)")
@example("The pain.\n\n*[pain]: An ache")
@example("See https://example.org [@a#b]")
def test_every_text_comes_out_as_before(others: tuple[str, ...], text: str) -> None:
    searched, ours = (
        Markdown(extensions=[*OURS, *others, _Citations(all_searched=each)]).convert(text)
        for each in (True, False)
    )
    assert ours == searched
