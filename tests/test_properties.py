"""What holds for every page: places, words and order.

Hypothesis writes the pages, always the same ones (`derandomize`). `make fuzz` looks further.

Hypothesis tries dozens of texts or projects a test, which takes a second or two.
"""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from sourced_guide.claims.markdown.extension import page_reader
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.model.citation import parse_group
from sourced_guide.claims.render.html import render_pages
from sourced_guide.claims.rules import check

if TYPE_CHECKING:
    import random

    from sourced_guide.claims.model.finding import Finding

from .written_pages import CITATION, UNSOURCED, Written, few, folder_of, pages, project_at

# Citations

names = st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=12)


spaces = st.sampled_from(["", " ", "  ", "\n"])


@few
@given(st.lists(st.tuples(spaces, names, names, spaces), min_size=1, max_size=5))
def test_a_group_gives_back_what_was_written(items: list[tuple[str, str, str, str]]) -> None:
    written = [f"@{key}#{passage}" for _, key, passage, _ in items]
    padded = [f"{item[0]}{text}{item[3]}" for item, text in zip(items, written, strict=True)]
    group = f"[{';'.join(padded)}]"
    citations = parse_group(group)
    assert [(each.key, each.passage) for each in citations] == [item[1:3] for item in items]
    assert [group[each.offset :][: len(each.written)] for each in citations] == written


@few
@given(pages())
def test_a_finding_stands_where_its_claim_begins(page: Written) -> None:
    with folder_of({"page.md": "\n".join(page.lines)}) as docs:
        found = check(read_guide(project_at(docs)), UNSOURCED)
    places = [(each.place.line - 1, each.place.column - 1) for each in found]
    assert places == sorted(page.unsourced)


@settings(few, max_examples=10)
@given(st.lists(pages(), min_size=2, max_size=3), st.randoms(use_true_random=False))
def test_findings_depend_neither_on_a_first_look_nor_on_the_order_of_files(
    written: list[Written], order: random.Random
) -> None:
    files = {f"page-{number}.md": "\n".join(each.lines) for number, each in enumerate(written)}
    with folder_of(files) as docs:
        project = project_at(docs)
        first = check(read_guide(project))
        reader = page_reader(project)
        for name in order.sample(list(files), len(files)):
            reader.read(reader.file(name))
        assert _told(check(read_guide(project))) == _told(first)
        assert _told(check(reader.guide())) == _told(first)


def _told(findings: list[Finding]) -> list[str]:
    return [each.as_text() for each in findings]


@few
@given(pages())
def test_a_page_shows_every_word_that_was_written(page: Written) -> None:
    text = "\n".join(page.lines)
    assert _shown(text) == list(page.words)
    assert _shown(text.replace(CITATION, "")) == list(page.words)


def _shown(text: str) -> list[str]:
    """The words of a rendered page, without the numbers and lists that we add to it."""
    with folder_of({"page.md": text}) as docs:
        ((_, html),) = render_pages(read_guide(project_at(docs)))
    page = BeautifulSoup(html, "html.parser")
    for added in page.select("sup.cs-citation, .cs-sources, .headerlink"):
        added.decompose()
    return page.get_text(" ").replace(".", " ").replace("?", " ").split()
