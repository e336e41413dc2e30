"""Pages that are not as ours are: what they become on paper, or the error that names them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import markdown
import pikepdf
import pytest
from lxml import html

from sourced_guide.build.built_site.site import BuiltSite
from sourced_guide.build.handouts.compile import compile_pdf, gather_fonts
from sourced_guide.build.handouts.document import handout, source_line
from sourced_guide.build.handouts.errors import UnprintableElementError
from sourced_guide.build.handouts.page_model import Page, Source, add_paper_marks, read_site
from sourced_guide.build.handouts.typst_code.inline_writer import InlineWriter
from sourced_guide.build.handouts.typst_code.reference_numbers import Numbers
from sourced_guide.build.handouts.typst_code.typeset import CompileError

from .conftest import Made, copy_site, spoil
from .sheets import squeezed, text_of

if TYPE_CHECKING:
    from pathlib import Path

EXTENSIONS = [
    "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "sane_lists",
    "abbr", "pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed",
    "pymdownx.blocks.caption",
]  # fmt: skip
EXTENSION_SETTINGS = {"pymdownx.tabbed": {"alternate_style": True}}


@pytest.fixture
def one_page(made: Made, tmp_path: Path) -> Any:
    """Make the PDF of a page with the given Markdown."""
    fonts = gather_fonts(tmp_path / "fonts")

    def make_one(text: str, *, layout: str = "a4") -> Path:
        file = tmp_path / f"page-{layout}.pdf"
        file.write_bytes(compile_pdf(code_of(made, text), layout, fonts))
        return file

    return make_one


def code_of(made: Made, text: str) -> str:
    built = read_site(BuiltSite(made.without_address))
    shown = markdown.markdown(
        f"# A page\n\n## A part\n\n{text}",
        extensions=EXTENSIONS,
        extension_configs=EXTENSION_SETTINGS,
    )
    page = Page(
        "page.md", "A page", "1", "2026-11-21", "2027-11-21", "none yet", "en", "",
        html.fromstring(f"<article>{shown}</article>"), {}, {},
    )  # fmt: skip
    return handout(built, page)


HOSTILE = [
    r"\#text \$x\$ #set page(fill: red) $ x^2 $ *a* _b_ @ref &lt;label> [x] `x` // not a comment",
    r"back\\slash \"quoted\" 'single' “curly” #{panic()} \u{41} #\"x\" /* neither */ ~ -- --- ...",
    '= Not a heading\n\n+ not a list\n\n/ not: a term\n\n#import "x.typ"',
    "no\u00a0break, soft\u00adhyphen, zero\u200bwidth",
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; &quot;",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_never_read_as_markup(made: Made, one_page: Any, text: str) -> None:
    shown = html.fromstring(f"<div>{markdown.markdown(text, extensions=EXTENSIONS)}</div>")
    wanted = squeezed(shown.text_content())
    assert wanted in text_of(one_page(text)).replace("•", "")


CONSTRUCTS = {
    "nested lists": "- one\n\n    1. two\n\n        - three\n\n            - four\n\n    after",
    "loose and tight": "1. one\n\n2. two\n\n    more of two\n\n3. three",
    "a list that starts later": "4. four\n5. five",
    "a quotation": "> quoted\n>\n> - in it",
    "code": "Some `code`.\n\n```\nx <- 1  # two\n  y\n```",
    "a rule": "before\n\n---\n\nafter",
    "emphasis in a link": "[**bold** and *slanted*](https://other.example/a_b#c) after",
    "an outside link": "See [there](https://other.example/x) and again [here](https://other.example/x).",
    "a note": "Text.[^1] More.[^2]\n\n[^1]: The first note.\n[^2]: The second note.\n",
    "definitions": "Term\n: Meaning one\n\n    Second paragraph\n\nOther\nThird\n: Meaning two",
    "a closed box": '??? note "Closed"\n    Still shown.\n\n    - all of it',
    "tabs": '=== "One"\n    First part.\n\n=== "Two"\n    Second part.',
    "an abbreviation": "The HTML word.\n\n*[HTML]: Hyper Text",
    "a wide table": "|a|b|c|d|e|f|g|\n|-|-|-|-|-|-|-|\n|1|2|3|4|5|6|incomprehensibilities|",
    "a caption": "| a | b |\n|---|---|\n| 1 | 2 |\n\n/// caption\nWhat it shows.\n///",
    "a break": "one  \ntwo",
    "a long word": "Long " + "incomprehensibly" * 30 + " word",
    "a long address": "<https://other.example/" + "path-of-many-parts/" * 30 + ">",
    "raw inline": "H<sub>2</sub>O m<sup>2</sup> <mark>marked</mark> <kbd>Ctrl</kbd>",
}  # fmt: skip


@pytest.mark.parametrize("name", CONSTRUCTS)
@pytest.mark.parametrize("layout", ["a4", "large"])
def test_what_markdown_can_say_is_on_paper(
    made: Made, one_page: Any, name: str, layout: str
) -> None:
    shown = html.fromstring(
        "<div>"
        + markdown.markdown(
            CONSTRUCTS[name], extensions=EXTENSIONS, extension_configs=EXTENSION_SETTINGS
        )
        + "</div>"
    )
    text = text_of(one_page(CONSTRUCTS[name], layout=layout))
    for element in shown.xpath("//*[contains(@class, 'footnote-backref')]"):
        element.drop_tree()
    for word in " ".join(shown.itertext()).split():
        assert squeezed(word) in text, word


def test_a_box_that_is_longer_than_a_sheet_is_not_cut(one_page: Any) -> None:
    items = "\n".join(f"    - item number {number} of a long box" for number in range(150))
    path = one_page(f'!!! danger "Long"\n\n{items}')
    assert "itemnumber149ofalongbox" in text_of(path)
    with pikepdf.open(path) as document:
        assert len(document.pages) > 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<iframe src='x'></iframe>", "<iframe>"),
        ("![](missing.png)", "<img>"),
        ("<svg viewBox='0 0 9 9'><path d='M0 0'/></svg>", "a title"),
        ("<svg viewBox='0 0 9'><title>x</title></svg>", "viewBox"),
        ("<input type='checkbox'>", "<input>"),
        ("## two\n\n#### four", "level 3"),
    ],
)
def test_what_cannot_be_shown_names_page_and_element(made: Made, text: str, message: str) -> None:
    with pytest.raises(UnprintableElementError, match=r"^<") as error:
        code_of(made, text)
    assert message in str(error.value)
    assert error.value.page == "page.md"


@pytest.mark.parametrize("word", ["😀", "שלום", "مرحبا", "漢字"])
def test_a_character_without_a_glyph_is_an_error(one_page: Any, word: str) -> None:
    with pytest.raises(CompileError) as error:
        one_page(f"A word: {word}.")
    assert error.value.missing


def test_a_number_to_call_is_a_number_and_no_link(made: Made, one_page: Any) -> None:
    text = (
        "Call **[999](tel:999)** or [1-800-227-2345](tel:+18002272345).\n\n"
        '!!! danger "Now"\n    [Call 911](tel:911){ .md-button }\n\n'
        "| Who | Number |\n|---|---|\n| Team | [0808 808 00 00](tel:08088080000) |\n"
    )
    code = code_of(made, text)
    assert "tel:" not in code
    assert "web address" not in code
    path = one_page(text)
    for number in ("Call999or1800", "Call911", "08088080000"):
        assert number in text_of(path)
    with pikepdf.open(path) as document:
        actions = [
            str(link.A.get("/URI", ""))
            for sheet in document.pages
            for link in sheet.get("/Annots", [])
        ]
    assert not [address for address in actions if address.startswith("tel")]


def test_what_is_for_the_web_alone_is_not_on_paper(made: Made, tmp_path: Path) -> None:
    site = copy_site(made.without_address, tmp_path / "site", ("index.md",))
    spoil(
        site / "index.html",
        '<h2>Tap</h2><p class="editorial web-only">Tap to print.</p>'
        '<h2>Turn</h2><p class="paper-only">Turn the page.</p>'
        '<ul><li class="web-only">A link.</li>'
        '<li>An item<em class="web-only"> tapped</em>.</li></ul>',
    )
    [page] = read_site(BuiltSite(site)).pages
    code = handout(read_site(BuiltSite(site)), page)
    for words in ("Tap", "A link.", "tapped"):
        assert words not in code
    for words in ("Turn", "Turn the page.", "An item."):
        assert f'"{words}"' in code


def test_fields_to_fill_in_have_lines_to_write_on(made: Made) -> None:
    fields = "<div class='cs-card__fields'><ul><li>My cancer:</li><li>My team:</li></ul></div>"
    assert "questions({" in code_of(made, fields)
    assert "questions(" not in code_of(made, "- My cancer:\n- My team:")


def test_no_word_has_a_break_that_is_not_needed(made: Made) -> None:
    assert "\u200b" not in code_of(made, "It is intradural-extramedullary.")
    assert "\\u{200b}" not in code_of(made, "It is intradural-extramedullary.")
    assert "\\u{200b}" in code_of(made, "A " + "long" * 10)


def test_on_paper_every_claim_of_a_run_shows_its_own_sources() -> None:
    body = html.fromstring(
        '<p>One.<span data-cs-cites="first#a"></span> Two.'
        '<span data-cs-cites="other#b other#c"></span> Three.'
        '<sup class="cs-citation" data-cs-cites="other#b"><a data-cs-run="3"></a></sup></p>'
    )
    add_paper_marks(body)
    page = Page("page.md", "", "", "", "", "", "en", "", body, {}, {})
    assert InlineWriter(page, Numbers({})).line(body) == (
        '{[]\n"One."\ncited(1)\n" Two."\n" Three."\ncited(2)\n}'
    )


def test_how_to_cut_the_alert_card_is_on_the_card_alone(made: Made) -> None:
    code = code_of(made, "<div class='cs-card__make'><p>Cut it.</p></div>\n\nKeep it.")
    assert "Keep it." in code
    assert "Cut it." not in code


def test_a_source_has_one_line() -> None:
    doi = ("https://doi.org/10.1001/jama.2020.0716",)
    source = Source("Spinal Metastases.", "Patient page in JAMA, 2020.", doi)
    assert source_line(source) == "Spinal Metastases. Patient page in JAMA, 2020."
    # Where the sheet has no address that leads to the whole entry.
    named = "Spinal Metastases. Patient page in JAMA, 2020. doi:10.1001/jama.2020.0716"
    assert source_line(source, with_identifier=True) == named
    kind = "Study in a journal with a long name, 2020."
    assert source_line(Source("Spine.", kind)) == f"Spine. {kind}"
    assert source_line(Source("Spine.", "Patient page (no date given).")) == "Spine. Patient page."
    long = source_line(Source(f"Pain in the {'spine and the ' * 20}neck.", kind))
    assert long.startswith("Pain in the spine and the spine and")
    assert long.endswith(f"… {kind}")
    assert len(long) <= 88
