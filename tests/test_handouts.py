"""Handouts: what each holds, how it is tagged, and what happens where one cannot be made."""

from __future__ import annotations

import fcntl
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import markdown
import pikepdf
import pytest
import segno
from lxml import html

from guide.handouts.built import Built, Page, read_site
from guide.handouts.cli import main
from guide.handouts.errors import UnwritableError
from guide.handouts.handout import handout
from guide.handouts.pdf import LAYOUTS, UnsettableError, gather_fonts, set_pdf

from .conftest import run

# As few as have everything: all kinds of boxes, drawings, people, tables, definitions, questions.
PAGES = ("index.md", "warning-signs.md", "your-spine.md", "compare.md", "tests.md", "glossary.md")
NAMES = ("start", "warning-signs", "your-spine", "compare", "tests", "glossary")
ADDRESS = "https://guide.example/"
SIZES = {"a4": (595, 842), "letter": (612, 792), "large": (595, 842)}
# Where the head and the foot of a sheet stand, in points.
RIGHT, CODE = {"a4": 90.7, "letter": 96.4, "large": 51}, {"a4": 57, "letter": 57, "large": 82}
HEAD, FOOT = {"a4": 62, "letter": 62, "large": 80}, {"a4": 102, "letter": 102, "large": 153}
EXTENSIONS = [
    "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "sane_lists",
    "abbr", "pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed",
    "pymdownx.blocks.caption",
]  # fmt: skip
EXTENSION_SETTINGS = {"pymdownx.tabbed": {"alternate_style": True}}


@dataclass(frozen=True)
class Made:
    """Handouts of some pages, on a site that has an address and on one that has none."""

    site: Path
    without_address: Path
    said: Path


@pytest.fixture(scope="session")
def made(project: Path) -> Made:
    """The handouts, made once for all of the processes that run the tests. No test changes them."""
    folder = project.parent / "handouts"
    made = Made(folder / "site", folder / "without", folder / "said")
    with (project.parent / "handouts.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.said.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            copy_site(project / "site", made.site, PAGES)
            copy_site(project / "site", made.without_address, ("index.md", "compare.md"))
            for page in made.site.rglob("index.html"):
                give_address(page, page.parent.relative_to(made.site).as_posix())
            result = make(made.site, folder / "cache")
            assert result.returncode == 0, result.stderr
            result = make(made.without_address, folder / "cache-without")
            assert result.returncode == 0, result.stderr
            made.said.write_text(result.stdout, "utf-8")
    return made


def give_address(page: Path, at: str) -> None:
    address = ADDRESS if at == "." else f"{ADDRESS}{at}/"
    link = f'<link rel="canonical" href="{address}">'
    page.write_text(page.read_text("utf-8").replace("</head>", f"{link}</head>", 1), "utf-8")


def copy_site(source: Path, to: Path, pages: tuple[str, ...]) -> Path:
    """Copy what handouts are made from, with some of the pages only."""
    to.mkdir()
    told = json.loads((source / "claims.json").read_text("utf-8"))
    told["pages"] = [page for page in told["pages"] if page["path"] in pages]
    (to / "claims.json").write_text(json.dumps(told), "utf-8")
    for page in pages:
        name = "index.html" if page == "index.md" else f"{page.removesuffix('.md')}/index.html"
        (to / name).parent.mkdir(exist_ok=True)
        shutil.copy(source / name, to / name)
    return to


def make(site: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    return run("python", "-m", "guide.handouts.cli", str(site), "--cache", str(cache), cwd=site)


def pdf(made: Made, name: str, layout: str = "a4") -> Path:
    return made.site / "handouts" / f"{name}-{layout}.pdf"


@cache
def text_of(path: Path, *, whole: bool = False) -> str:
    """Return the squeezed text of a PDF; heads and feet of sheets only if `whole`."""
    tool = shutil.which("pdftotext")
    assert tool, "this needs pdftotext. On Debian or Ubuntu: apt-get install poppler-utils"
    layout = path.stem.rpartition("-")[2]
    width, height = SIZES[layout]
    body = height - HEAD[layout] - FOOT[layout]
    crop = ["-r", "72", "-x", "0", "-y", str(HEAD[layout]), "-W", str(width), "-H", str(body)]
    told = subprocess.run(
        [tool, *([] if whole else crop), str(path), "-"], capture_output=True, text=True, check=True
    )
    return squeezed(told.stdout)


def squeezed(text: str) -> str:
    """Return a text without space, and without hyphens: pdftotext drops those that end a line."""
    return re.sub(r"[\s\u200b\u00ad-]", "", text)


def structure(document: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Yield every element of the structure tree, in reading order."""

    def below(node: Any) -> Iterator[pikepdf.Dictionary]:
        if isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield node
            kids = node.get("/K", pikepdf.Array())
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                yield from below(kid)

    yield from below(document.Root.StructTreeRoot)


def tags(document: pikepdf.Pdf) -> list[str]:
    return [str(each.S).removeprefix("/") for each in structure(document)]


def alternatives(document: pikepdf.Pdf) -> list[str]:
    return [str(each.get("/Alt", "")) for each in structure(document) if each.S == "/Figure"]


def claims_of(made: Made, page: str | None) -> list[dict[str, Any]]:
    told = json.loads((made.site / "claims.json").read_text("utf-8"))
    wanted = [page] if page else PAGES
    return [claim for claim in told["claims"] if claim["page"] in wanted]


every_pdf = pytest.mark.parametrize("layout", LAYOUTS)
every_name = pytest.mark.parametrize("name", [*NAMES, "guide"])


def test_all_handouts_and_the_booklet_are_made_in_all_layouts(made: Made) -> None:
    files = {file.name for file in (made.site / "handouts").iterdir()}
    assert files == {f"{name}-{each}.pdf" for name in (*NAMES, "guide") for each in LAYOUTS}


@every_name
@every_pdf
def test_a_handout_is_an_accessible_pdf(made: Made, name: str, layout: str) -> None:
    with pikepdf.open(pdf(made, name, layout)) as document:
        root = document.Root
        assert str(document.docinfo["/Title"]).startswith("Cancer in the spine")
        assert root.Lang == "en"
        assert root.MarkInfo.Marked
        assert root.ViewerPreferences.DisplayDocTitle
        assert b"pdfuaid" in root.Metadata.read_bytes()
        assert {"L", "LI", "LBody", "P", "Link"} <= set(tags(document))
        box = document.pages[0].mediabox
        assert [round(float(each)) for each in box[2:]] == list(SIZES[layout])
        for page in document.pages:
            assert b"/Artifact" in page.Contents.read_bytes()
            for link in page.get("/Annots", []):
                assert str(link.get("/Contents", ""))
                assert "/StructParent" in link
            for font in page.Resources.get("/Font", {}).values():
                [kind] = font.DescendantFonts
                assert {"/FontFile2", "/FontFile3"} & set(kind.FontDescriptor.keys())


@every_name
def test_headings_come_in_order(made: Made, name: str) -> None:
    with pikepdf.open(pdf(made, name)) as document:
        levels = [int(tag[1]) for tag in tags(document) if re.fullmatch("H[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    if name != "guide":
        assert levels.count(1) == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_tables_have_heads_and_pictures_alternatives(made: Made, layout: str) -> None:
    with pikepdf.open(pdf(made, "compare", layout)) as document:
        found = tags(document)
    # In large print each row of a wide table is a table.
    assert found.count("Table") == (18 if layout == "large" else 3)
    assert found.count("TH") == (18 if layout == "large" else 12)
    for name in ("tests", "your-spine"):
        with pikepdf.open(pdf(made, name, layout)) as document:
            told = alternatives(document)
        assert len(told) == 2
        assert all(told)


@pytest.mark.parametrize("page", [*PAGES, None])
@every_pdf
def test_nothing_is_lost(made: Made, page: str | None, layout: str) -> None:
    name = NAMES[PAGES.index(page)] if page else "guide"
    text = text_of(pdf(made, name, layout))
    with pikepdf.open(pdf(made, name, layout)) as document:
        pictures = squeezed(" ".join(alternatives(document)))
    for claim in claims_of(made, page):
        within = text + pictures if claim["kind"] == "drawing" else text
        # Of a table's row, every cell has its own place.
        for part in claim["text"].split(" | "):
            assert squeezed(part).rstrip(".") in within, claim


@pytest.mark.parametrize("page", PAGES)
def test_words_and_sources_of_the_page_are_told(made: Made, page: str) -> None:
    built = read_site(made.site)
    found = built.page(page)
    assert found is not None
    text = text_of(pdf(made, found.name))
    for word in found.words.values():
        for element in (*word.terms, *word.means):
            assert squeezed(element.text_content()) in text
    assert len(found.sources) > 3
    for number, source in enumerate(found.sources.values(), 1):
        assert f"{number}.{squeezed(source.text_content())}" in text


@pytest.mark.parametrize("name", [*NAMES, "guide"])
def test_the_warning_signs_are_on_every_handout(made: Made, name: str) -> None:
    text = text_of(pdf(made, name))
    assert "Warningsigns:gethelpnow" in text
    assert "Anyoneoftheseisenough" in text
    # Its sources too, where the page itself cites none of them.
    assert "CancerResearchUK.Spinalcordcompression." in text


def test_the_booklet_has_contents_bookmarks_and_one_list_of_sources(made: Made) -> None:
    with pikepdf.open(pdf(made, "guide")) as document:
        with document.open_outline() as outline:
            marks = [str(each.title) for each in outline.root]
        assert "TOC" in tags(document)
    titles = [page.title for page in read_site(made.site).pages]
    assert marks == ["Contents", *titles, "Sources", "My notes"]
    told = text_of(pdf(made, "guide"))
    for source in read_site(made.site).sources.values():
        assert told.count(squeezed(source.text_content())) == 1


def test_every_sheet_tells_what_it_is(made: Made) -> None:
    told = json.loads((made.site / "claims.json").read_text("utf-8"))
    with pikepdf.open(pdf(made, "tests")) as document:
        sheets = len(document.pages)
    text = text_of(pdf(made, "tests"), whole=True)
    for number in range(1, sheets + 1):
        assert f"Page{number}of{sheets}" in text
    for each in (
        "Cancerinthespine:Tests",
        "Noclinicianhasreviewedthis.",
        "CheckedagainstitssourcesonNovember21,2026.",
        "Nextcheck:November21,2027.",
        f"Edition20261121{told['digest'][:7]}.",
        f"{ADDRESS}tests/",
    ):
        assert text.count(each) >= sheets


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_code_to_scan_is_the_address_of_the_page(made: Made, layout: str) -> None:
    assert code_on_first_sheet(pdf(made, "tests", layout), layout) == modules(f"{ADDRESS}tests/")
    assert code_on_first_sheet(pdf(made, "guide", layout), layout) == modules(ADDRESS)


def modules(address: str) -> list[list[bool]]:
    return [[bool(each) for each in row] for row in segno.make(address, error="m").matrix]


def code_on_first_sheet(path: Path, layout: str) -> list[list[bool]]:
    """Return the dark and light squares of the code in the corner of a sheet, as it is printed."""
    width, height = (4 * each for each in SIZES[layout])
    right, foot = 4 * RIGHT[layout], 4 * FOOT[layout]
    size = 4 * CODE[layout]
    tool = shutil.which("pdftoppm")
    assert tool, "this needs pdftoppm. On Debian or Ubuntu: apt-get install poppler-utils"
    # Below the rule over the foot, which runs over the code as well.
    box = {
        "-x": width - right - size,
        "-y": height - foot + 68,
        "-W": size,
        "-H": foot - 68,
    }
    corner = [str(each) for key, value in box.items() for each in (key, round(value))]
    shot = subprocess.run(
        [tool, "-r", "288", "-gray", "-l", "1", *corner, str(path)],
        capture_output=True,
        check=True,
    ).stdout
    _, wide, _, _, pixels = shot.split(maxsplit=4)
    rows = [pixels[at : at + int(wide)] for at in range(0, len(pixels), int(wide))]
    dark = [(x, y) for y, row in enumerate(rows) for x, pixel in enumerate(row) if pixel < 128]
    left, top = min(x for x, _ in dark), min(y for _, y in dark)
    # Each of the three marks in the corners is 7 squares wide.
    across = max(x for x, _ in dark) + 1 - left
    mark = next(x for x in range(left, left + across) if rows[top + 1][x] >= 128) - left
    count = round((across * 7 / mark - 17) / 4) * 4 + 17
    step = across / count
    return [
        [
            rows[int(top + (y + 0.5) * step)][int(left + (x + 0.5) * step)] < 128
            for x in range(count)
        ]
        for y in range(count)
    ]


def test_without_an_address_no_sheet_has_one(made: Made) -> None:
    assert made.said.read_text("utf-8").count("No address is set") == 1
    for page in read_site(made.without_address).pages:
        assert page.address == ""
    for name in ("start", "compare", "guide"):
        text = text_of(made.without_address / "handouts" / f"{name}-a4.pdf", whole=True)
        assert "guide.example" not in text
        assert "ontheweb" not in text
        assert "/QR" not in text
    code = handout(*first(read_site(made.without_address)))
    assert "code: none" in code


def first(built: Built) -> tuple[Built, Page]:
    return built, built.pages[0]


def test_questions_have_lines_to_write_on(made: Made) -> None:
    built = read_site(made.site)
    page = built.page("tests.md")
    assert page is not None
    asked = page.body.xpath(".//h2[@id='questions-to-ask']/following-sibling::ul[1]/li")
    assert handout(built, page).count("question(") == len(asked) > 3


def test_the_same_input_gives_the_same_bytes(made: Made, tmp_path: Path) -> None:
    built = read_site(made.site)
    page = built.page("your-spine.md")
    assert page is not None
    for layout in LAYOUTS:
        again = set_pdf(handout(built, page), layout, gather_fonts(tmp_path / layout))
        assert again == pdf(made, "your-spine", layout).read_bytes()


# What happens with pages that are not as ours are


@pytest.fixture
def one_page(made: Made, tmp_path: Path) -> Any:
    """Make the PDF of a page with the given Markdown."""
    fonts = gather_fonts(tmp_path / "fonts")

    def make_one(text: str, *, layout: str = "a4") -> Path:
        file = tmp_path / f"page-{layout}.pdf"
        file.write_bytes(set_pdf(code_of(made, text), layout, fonts))
        return file

    return make_one


def code_of(made: Made, text: str) -> str:
    built = read_site(made.without_address)
    shown = markdown.markdown(
        f"# A page\n\n{text}", extensions=EXTENSIONS, extension_configs=EXTENSION_SETTINGS
    )
    page = Page(
        "page.md", "A page", "2026-11-21", "2027-11-21", "none yet", "en", "",
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
    ("text", "told"),
    [
        ("<iframe src='x'></iframe>", "<iframe>"),
        ("![](missing.png)", "<img>"),
        ("<svg viewBox='0 0 9 9'><path d='M0 0'/></svg>", "a title"),
        ("<svg viewBox='0 0 9'><title>x</title></svg>", "viewBox"),
        ("<input type='checkbox'>", "<input>"),
        ("## two\n\n#### four", "level 3"),
    ],
)
def test_what_cannot_be_shown_names_page_and_element(made: Made, text: str, told: str) -> None:
    with pytest.raises(UnwritableError, match=r"^page\.md: <") as error:
        code_of(made, text)
    assert told in str(error.value)


@pytest.mark.parametrize("word", ["😀", "שלום", "مرحبا", "漢字"])
def test_a_character_without_a_glyph_is_an_error(one_page: Any, word: str) -> None:
    with pytest.raises(UnsettableError) as error:
        one_page(f"A word: {word}.")
    assert error.value.missing


def test_a_failing_page_names_itself_and_the_rest_are_made(made: Made, tmp_path: Path) -> None:
    site = copy_site(made.site, tmp_path / "site", ("index.md", "tests.md", "compare.md"))
    spoil(site / "tests/index.html", "<p>Smile 😀 please</p>")
    spoil(site / "compare/index.html", "<p><video></video></p>")
    (site / "handouts").mkdir()
    (site / "handouts/tests-a4.pdf").write_bytes(b"of an earlier run")
    result = make(site, tmp_path / "cache")
    assert result.returncode == 1
    assert "tests-a4.pdf: the font has no “😀” in tests.md: <p> “Smile 😀 please”" in result.stderr
    assert "compare.md: <video>: handouts have no way to show <video> here" in result.stderr
    assert "5 faults" in result.stderr
    assert "Traceback" not in result.stderr
    left = sorted(file.name for file in (site / "handouts").iterdir())
    assert left == ["start-a4.pdf", "start-large.pdf", "start-letter.pdf"]


def spoil(page: Path, with_this: str) -> None:
    text = page.read_text("utf-8")
    page.write_text(text.replace("</h1>", f"</h1>{with_this}", 1), "utf-8")


def test_only_what_changed_is_made_again(made: Made, tmp_path: Path) -> None:
    site = copy_site(made.site, tmp_path / "site", ("index.md", "tests.md"))
    assert "9 made, 0 unchanged" in make(site, tmp_path / "cache").stdout
    shutil.rmtree(site / "handouts")
    assert "0 made, 9 unchanged" in make(site, tmp_path / "cache").stdout
    spoil(site / "tests/index.html", "<p>New.</p>")
    # The page, and the booklet that it is in.
    assert "6 made, 3 unchanged" in make(site, tmp_path / "cache").stdout
    assert len(list((tmp_path / "cache").glob("*.pdf"))) == 9


def test_a_folder_without_a_site_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path)]) == 2
    assert "make site" in capsys.readouterr().err
