"""Terms on a page, as the glossary defines them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown

from sourced_guide.claims.markdown.extension import ClaimsExtension
from sourced_guide.claims.markdown.glossary_page import read_terms
from sourced_guide.claims.project.options import REPORT
from sourced_guide.claims.render.page import render_page
from sourced_guide.extensions.glossary.extension import GlossaryExtension

from .few_pages import FIXTURES

if TYPE_CHECKING:
    from pathlib import Path

GLOSSARY = """\
# Words

Spinal cord
Cord
:   A bundle of nerves. [@spine#pain] It is long. [@spine#pain]

Spinal cord compression
MSCC
:   Pressure on the cord. [@spine#pain]

Vertebra
Vertebrae
:   A bone of the spine [@spine#pain].

Biopsy
:   A test of tissue. [@spine#pain]
"""


def render(folder: Path, text: str, page: str = "sub/page.md") -> BeautifulSoup:
    (folder / "glossary.md").write_text(GLOSSARY)
    claims = ClaimsExtension(render_page, docs_dir=str(folder), page=page, gate=REPORT)
    md = Markdown(extensions=["def_list", "attr_list", "admonition", claims, GlossaryExtension()])
    return BeautifulSoup(md.convert(text), "html.parser")


def test_terms_have_names_aliases_and_a_definition_without_citations() -> None:
    terms = read_terms(GLOSSARY)
    assert [(term.name, term.aliases) for term in terms] == [
        ("Spinal cord", ("Cord",)),
        ("Spinal cord compression", ("MSCC",)),
        ("Vertebra", ("Vertebrae",)),
        ("Biopsy", ()),
    ]
    assert terms[0].definition == "A bundle of nerves. It is long."
    assert terms[2].definition == "A bone of the spine."


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("The spinal cord and the cord.", ["spinal cord"]),
        (
            "Spinal cord compression, or MSCC, presses the cord.",
            ["Spinal cord compression", "cord"],
        ),
        ("One vertebra, two VERTEBRAE.", ["vertebra"]),
        ("Two biopsies and the spinal\ncords.", ["biopsies", "spinal\ncords"]),
        ("A cordless cord-like accord.", []),
        ("See **the cord** and [the cord](x) and `cord`.", ["cord"]),
        ("# The cord\n\nThe cord.\n\n## Its bones\n\nThe cord again.", ["cord", "cord"]),
        ('!!! note "The cord"\n\n    The cord.', ["cord"]),
        ("About the cord.\n{ .editorial }", []),
    ],
)
def test_the_first_use_in_each_section_is_marked(
    tmp_path: Path, text: str, marked: list[str]
) -> None:
    page = render(tmp_path, text)
    assert [link.get_text() for link in page.select("a.cs-term")] == marked


def test_a_mark_leads_to_the_entry(tmp_path: Path) -> None:
    link = render(tmp_path, "The cord.").select_one("a.cs-term")
    assert link
    assert link["href"] == "../glossary.md#term-spinal-cord"


def test_definitions_stand_on_the_page_for_print_and_screen_readers(tmp_path: Path) -> None:
    page = render(tmp_path, "The cord.")
    link = page.select_one("a.cs-term")
    assert link
    definition = page.find(id=str(link["aria-describedby"]))
    assert definition
    assert definition.get_text() == "A bundle of nerves. It is long."
    assert not page.select_one(".cs-words h2"), "it would stand in the table of contents"


def test_text_is_unchanged_but_for_the_marks(tmp_path: Path) -> None:
    text = "The cord *and* the vertebrae, MSCC: a biopsy."
    paragraph = render(tmp_path, text).p
    assert paragraph
    assert paragraph.get_text() == text.replace("*", "")


def test_the_glossary_has_an_id_for_each_term(tmp_path: Path) -> None:
    page = render(tmp_path, GLOSSARY, page="glossary.md")
    assert [entry["id"] for entry in page.select("dt[id]")] == [
        "term-spinal-cord",
        "term-spinal-cord-compression",
        "term-vertebra",
        "term-biopsy",
    ]
    assert not page.select("a.cs-term")


def test_the_glossary_is_by_letters_with_the_other_names_in_one_line(tmp_path: Path) -> None:
    text = GLOSSARY.replace("Cord\n", "Cord\nSpinal cords\nMedulla\n", 1)
    page = render(tmp_path, text, page="glossary.md")
    assert [h.get_text() for h in page.select(".cs-letter")] == ["S", "V", "B"]
    links = page.select(".cs-letters a")
    assert [(link["href"], link.get_text()) for link in links] == [
        ("#letter-s", "S"),
        ("#letter-v", "V"),
        ("#letter-b", "B"),
    ]
    # A plural is no other name.
    assert [line.get_text() for line in page.select("dt.cs-also")] == [
        "also called: Cord, Medulla",
        "also called: MSCC",
        "also called: Vertebrae",
    ]
    assert [len(listing.select("dt[id]")) for listing in page.select("dl")] == [2, 1, 1]


def test_a_source_of_the_glossary_is_one_line_however_it_is_rendered(tmp_path: Path) -> None:
    (tmp_path / "references").mkdir()
    shutil.copy(FIXTURES / "references/spine.yml", tmp_path / "references")
    (tmp_path / "references/index.md").write_text("# Sources\n\n[REFERENCES]\n")
    [entry] = render(tmp_path, GLOSSARY, page="glossary.md").select(".cs-sources ol > li")
    assert entry.get_text() == (
        "Patient page (no date given). We read all of it. A page about the spine."
    )
    [link] = entry.select("a")
    assert link["href"] == "references/index.md#ref-spine"


def test_a_term_on_paper_alone_leaves_the_mark_to_the_web(tmp_path: Path) -> None:
    text = "A cord on paper.\n{ .paper-only }\n\nThe cord. [@spine#pain] A cord again."
    page = render(tmp_path, text)
    assert len(page.select("p:not(.paper-only) > a.cs-term")) == 1
    assert [word.get_text() for word in page.select(".cs-words dt")] == ["Spinal cord"]
