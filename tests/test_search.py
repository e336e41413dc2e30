"""What the search is made from: the words that people use, its index, and its worker."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from sourced_guide.build.search import worker_script as worker
from sourced_guide.build.search.aliases import FILE, Aliases, read_aliases
from sourced_guide.build.search.content import emergency_line, restored_content, searched_content
from sourced_guide.build.search.index import Urgent, address_of, extended
from sourced_guide.build.search.zensical import extend_zensical_index
from sourced_guide.claims.markdown.glossary_page import read_terms
from sourced_guide.claims.model.errors import UnusableProjectError

from .conftest import ROOT
from .searching import queries

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.html import HtmlElement

DOCS = ROOT / "docs"
# Pages about the guide, which nobody is led to by the name of an illness.
FEW_NAMES = {"index.md", "sources-differ.md"}
# No search finds what the guide no longer says.
NOT_SEARCHED = {"what-has-changed.md"}

_COMMENT = re.compile(r"<!--.*?-->")


@pytest.fixture(scope="module")
def aliases() -> Aliases:
    terms = read_terms((DOCS / "glossary.md").read_text("utf-8"))
    pages = [path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")]
    return read_aliases(DOCS, pages, [term.name for term in terms])


def test_every_page_for_readers_has_words_that_people_use(aliases: Aliases) -> None:
    pages = {path.relative_to(DOCS).as_posix() for path in DOCS.glob("*.md")}
    assert {page for page in pages if page not in aliases.pages} == NOT_SEARCHED
    few = [page for page, words in aliases.pages.items() if len(words) < 10]
    assert set(few) <= FEW_NAMES


def test_every_page_with_aliases_can_be_found(aliases: Aliases, built_guide: Path) -> None:
    index = json.loads((built_guide / "site/search/search_index.json").read_text("utf-8"))
    found = {entry["location"] for entry in index["docs"]}
    assert {page for page in aliases.pages if address_of(page) not in found} == set()


def test_no_alias_is_a_whole_query_of_the_lists(aliases: Aliases) -> None:
    """Where it was, the lists would say nothing of queries that are not on them."""
    asked = {query for name in ("readers", "urgent", "harmless") for query, _ in queries(name)}
    phrases = {
        word for words in (*aliases.pages.values(), *aliases.terms.values()) for word in words
    }
    assert sorted(each for each in phrases & asked if " " in each) == []


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("pages: {leg.md: [foot]}", "search-aliases.yml:1:9: 'leg.md' is not among the pages"),
        ("pages: {legs.md: [foot]}\nterms: {Spin: [x]}", "'Spin' is not among the terms"),
        ("pages: {leg.md: [foot]}", "help: did you mean 'legs.md'?"),
        ("pages: {legs.md: []}", "'pages.legs.md' is empty"),
        ("pages: {legs.md: [Foot]}", "'pages.legs.md[1]' is 'Foot', which is not valid"),
        ("pages: {legs.md: [my foot hurts badly]}", "one to three words"),
        ("pages: {legs.md: [foot]}\nsigns: [weak / leg]", "'signs[1]' is 'weak / leg'"),
        ("page: {legs.md: [foot]}", "lacks the field 'pages'"),
        ("pages: {legs.md [foot]}", "search-aliases.yml:1:"),
    ],
)
def test_a_slip_in_the_file_is_told_with_its_place(tmp_path: Path, written: str, says: str) -> None:
    (tmp_path / FILE).write_text(written, "utf-8")
    with pytest.raises(UnusableProjectError) as raised:
        read_aliases(tmp_path, ["legs.md"], ["Spine"])
    assert says in str(raised.value)


def test_a_project_without_the_file_has_no_aliases(tmp_path: Path) -> None:
    assert read_aliases(tmp_path, [], []) == Aliases()


TERMS = read_terms(
    "Spinal cord\nCord\n:   Nerves.\n\nMSCC\nSpinal cord compression\n:   Pressure.\n"
)


def entry(location: str, text: str = "", title: str = "Legs") -> dict[str, str]:
    return {"location": location, "title": title, "text": text}


def made(*docs: dict[str, str], **words: Any) -> list[dict[str, str]]:
    index = {"config": {}, "docs": docs}
    return list(extended(index, Aliases(**words), TERMS, Urgent("warning-signs.md"))["docs"])


def test_the_index_gets_the_words_that_people_use() -> None:
    docs = [
        entry("legs/"),
        entry("legs/#cord", title="The cord"),
        entry("glossary/#term-mscc", title="MSCC"),
        entry("legs/#other"),
    ]
    words = {"pages": {"legs.md": ["foot", "shin"]}, "terms": {"MSCC": ["scc"]}}
    assert [each.get("aliases") for each in made(*docs, **words)] == [
        "foot, shin",
        "Spinal cord",
        "scc, Spinal cord compression",
        None,
    ]


def test_the_index_has_no_markup_and_separates_items() -> None:
    text = "<p>Call &lt;us&gt; :</p> <ul> <li>one</li> <li>two</li> </ul> <p>Then rest.</p>"
    (found,) = made(entry("legs/", text))
    assert found["text"] == "Call &lt;us&gt;: one • two • Then rest."


def test_what_many_pages_say_is_found_on_the_page_of_the_warning_signs_alone() -> None:
    docs = [entry(f"page-{at}/", f"<p>Call now. Own text {at}.</p>") for at in range(20)]
    *others, signs = made(*docs, entry("warning-signs/", "<p>Call now.</p>"))
    assert others[3]["text"] == "Own text 3."
    assert signs["text"] == "Call now."


def test_the_search_reads_each_term_as_a_part_and_no_citation() -> None:
    page = (
        '<p class="cs-letters web-only"><a href="#letter-c">C</a></p>'
        '<p class="cs-letter web-only" id="letter-c">C</p>'
        '<dl><dt id="term-cord">Cord</dt><dt class="cs-also">also called: Spinal cord</dt>'
        '<dd>Nerves.<sup class="cs-citation"><a>1</a></sup></dd></dl>'
        '<h2 id="questions-to-ask">Questions to ask</h2><p>Why?</p>'
        '<section class="cs-sources"><h2>Sources</h2></section>'
    )
    searched, hidden = searched_content(page)
    assert _COMMENT.sub("", searched) == ('<dl><h2 id="term-cord">Cord</h2><p>Nerves.</p></dl>')
    assert restored_content(searched, hidden) == page
    # What another plugin does in between is kept.
    assert restored_content(f"<p>New.</p>{searched}", hidden) == f"<p>New.</p>{page}"


@pytest.mark.parametrize(
    ("page", "line"),
    [
        (
            (
                '<p>Call <a class="x" href="tel:911">911</a> or <a href="tel:999">999</a>.</p>'
                '<p>Again: <a href="tel:911">911</a></p>'
            ),
            '<p>Call <a href="tel:911">911</a> or <a href="tel:999">999</a>.</p>',
        ),
        (
            (
                '<div class="admonition danger"><p><strong>Call <a href="x">your local number</a>'
                ' (999).</strong><sup class="cs-citation">1</sup></p></div>'
            ),
            '<p><strong>Call your local number (<a href="tel:999">999</a>).</strong></p>',
        ),
        ('<div class="admonition danger"><p>Nothing of the kind.</p></div>', ""),
    ],
)
def test_whom_to_call_is_taken_from_the_page_of_the_warning_signs(page: str, line: str) -> None:
    assert emergency_line(page) == line


def test_zensical_gets_the_words_of_pages_once(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/legs.md").write_text("# Legs\n", "utf-8")
    (tmp_path / "docs" / FILE).write_text("pages: {legs.md: [foot, shin]}\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: Legs\n", "utf-8")
    items = [{"location": at, "text": "Weak."} for at in ("legs/", "legs/#pain", "arms/")]
    (tmp_path / "search.json").write_text(json.dumps({"items": items}), "utf-8")
    for _ in range(2):
        extend_zensical_index(tmp_path, tmp_path / "mkdocs.yml")
    index = json.loads((tmp_path / "search.json").read_text("utf-8"))
    assert [each["text"] for each in index["items"]] == [
        "Weak.<p>Other words: foot, shin</p>",
        "Weak.",
        "Weak.",
    ]


def test_the_library_is_the_one_that_its_digest_names() -> None:
    folder = files("sourced_guide.build.search").joinpath("minisearch")
    digest, name = folder.joinpath("minisearch.min.js.sha256").read_text("utf-8").split()
    library = folder.joinpath(name).read_bytes()
    assert hashlib.sha256(library).hexdigest() == digest
    # Its licence asks to be copied with it.
    assert folder.joinpath("LICENSE.txt").read_text("utf-8").strip() in library.decode()
    assert "Permission is hereby granted" in worker.script()


def test_every_page_names_the_worker_which_is_named_by_what_it_holds(
    built_guide: Path, pages: dict[str, HtmlElement]
) -> None:
    (file,) = (built_guide / "site/search").glob("worker.*.js")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:8]
    assert file.name == f"worker.{digest}.js"
    for name, page in pages.items():
        config = page.get_element_by_id("__config")
        named = re.search(r'"search": "([^"]+)"', config.text_content())
        assert named, name
        assert named[1].endswith(f"search/{file.name}"), name


def test_the_search_does_not_read_what_no_screen_shows() -> None:
    page = (
        '<h2 id="x">A &amp; B</h2><div class="a paper-only"><div>Paper.</div><p>Turn.</p></div>'
        '<p class="web-only">Tap.</p><p>Both, <em class="paper-only">paper</em> too<br>now.</p>'
    )
    searched, hidden = searched_content(page)
    assert _COMMENT.sub("", searched) == (
        '<h2 id="x">A &amp; B</h2><p class="web-only">Tap.</p><p>Both,  too<br>now.</p>'
    )
    assert restored_content(searched, hidden) == page
