"""The built site as a reader and a web server get it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from copy import deepcopy
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

import jsonschema_rs
import pytest
from lxml.html import HtmlElement

from .front_matter import front_matter, reviewer_of, source_of

Pages = dict[str, HtmlElement]

# An address that a page may lead to, but never load anything from.
_LOADS = {"script": "src", "link": "href", "img": "src", "source": "src", "iframe": "src"}
MOST_ELEMENTS, MOST_BYTES = 2_000, 250_000
_CSS_HOST = re.compile(r"(?:url\(|@import)\s*['\"]?\s*(?:https?:)?//")


@pytest.fixture(scope="module")
def data(built_guide: Path) -> Any:
    """What the site's claims.json says."""
    return json.loads((built_guide / "site/claims.json").read_text("utf-8"))


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def by_id(page: HtmlElement) -> dict[str, HtmlElement]:
    return {element.attrib["id"]: element for element in page.xpath("//*[@id]")}


def test_the_site_asks_no_other_host_for_anything(built_guide: Path, pages: Pages) -> None:
    asked = [
        (name, address)
        for name, page in pages.items()
        for tag, attribute in _LOADS.items()
        for element in page.iter(tag)
        if (address := element.get(attribute))
        and "canonical" not in element.get("rel", "").split()
        and re.match(r"(?:https?:)?//", address)
    ]
    assert asked == []
    for page in pages.values():
        for style in page.iter("style"):
            assert not _CSS_HOST.search(style.text or "")
    for path in (built_guide / "site").rglob("*.css"):
        assert not _CSS_HOST.search(path.read_text("utf-8")), path


def test_every_internal_link_and_anchor_resolves(built_guide: Path, pages: Pages) -> None:
    ids = {name: set(page.xpath("//@id")) for name, page in pages.items()}
    broken = [
        (name, href)
        for name, page in pages.items()
        if name != "404.html"
        for href in page.xpath("//a/@href")
        if not _resolves(name, href, ids, built_guide / "site")
    ]
    assert broken == []


def _resolves(page: str, href: str, ids: dict[str, set[str]], site: Path) -> bool:
    if re.match(r"[a-z]+:", href):
        return True
    address, anchor = urldefrag(urljoin(f"/{page}", href))
    target = unquote(address).lstrip("/")
    if target.endswith("/") or not target:
        target += "index.html"
    if target not in ids:
        return (site / target).is_file()
    return not anchor or unquote(anchor) in ids[target] or anchor == "__skip"


def test_no_id_stands_twice_on_a_page(pages: Pages) -> None:
    for name, page in pages.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), name


def test_every_page_tells_who_reviewed_it_and_when_it_was_checked(
    built_guide: Path, pages: Pages
) -> None:
    for name, page in pages.items():
        if name != "404.html" and not name.startswith("editors/"):
            [main] = page.iter("main")
            text = words(main)
            source = source_of(built_guide / "docs", name)
            meta = front_matter(source)
            assert reviewer_of(source, "this page yet") in text, name
            for label, day in (
                ("We last checked it against its sources", meta["reviewed"]),
                ("The next check of this page is due", meta["next-review"]),
            ):
                assert f"{label} on {day:%B} {day.day}, {day.year}." in text, name


def test_the_warning_block_has_the_same_words_wherever_it_stands(pages: Pages) -> None:
    blocks = []
    for page in pages.values():
        for block in map(deepcopy, page.cssselect(".admonition.danger:not(.paper-only)")):
            for number in block.cssselect("sup"):
                number.drop_tree()
            blocks.append(words(block))
    assert len(blocks) == 8
    assert len(set(blocks)) == 1
    assert "Any one of these" in blocks[0]


def test_claims_json_follows_its_schema_and_its_links_lead_to_the_claims(
    data: Any, pages: Pages
) -> None:
    schema = json.loads(
        files("sourced_guide.claims.report").joinpath("claims.schema.json").read_text("utf-8")
    )
    jsonschema_rs.validate(schema, data)
    keys = {(source["key"], name) for source in data["sources"] for name in source["passages"]}
    assert len(data["claims"]) > 500
    assert len({claim["id"] for claim in data["claims"]}) == len(data["claims"])
    ids = {name: set(page.xpath("//@id")) for name, page in pages.items()}
    for claim in data["claims"]:
        assert claim["citations"], claim
        assert {(c["source"], c["passage"]) for c in claim["citations"]} <= keys
        path = Path(claim["page"])
        folder = path.parent if path.stem == "index" else path.with_suffix("")
        assert claim["anchor"] in ids[(folder / "index.html").as_posix()], claim


def test_the_references_page_lists_every_claim_under_each_of_its_sources(
    data: Any, pages: Pages
) -> None:
    resting = defaultdict(list)
    for claim in sorted(data["claims"], key=lambda claim: claim["page"]):
        for key in {citation["source"] for citation in claim["citations"]}:
            resting[key].append(claim["text"])
    entries = {
        heading.attrib["id"]: heading.getparent()
        for name, page in pages.items()
        if name.startswith("references/")
        for heading in page.cssselect(".cs-reference-entry h3")
    }
    for source in data["sources"]:
        entry = entries[f"ref-{source['key']}"]
        assert entry is not None
        text = words(entry)
        for passage in source["passages"].values():
            assert " ".join(passage["says"].split()) in text
        listed = [link.text_content() for link in entry.cssselect(".cs-rests-on dd a")]
        assert listed == resting[source["key"]]


def test_the_list_of_sources_keeps_an_anchor_for_each_source(data: Any, pages: Pages) -> None:
    lines = by_id(pages["references/index.html"])
    for source in data["sources"]:
        line = lines[f"ref-{source['key']}"]
        assert words(line).endswith(str(source["csl"].get("issued", ""))[:4] or "no date")
        file, _, anchor = line.attrib["href"].partition("#")
        assert anchor == line.attrib["id"]
        assert anchor in by_id(pages[f"references/{file}"])


def test_a_page_tells_what_each_passage_says_that_it_cites(data: Any, pages: Pages) -> None:
    sources = {source["key"]: source for source in data["sources"]}
    for name, page in pages.items():
        # One line for each, which leads to what its passages say.
        if name == "glossary/index.html":
            continue
        entries = by_id(page)
        for end in page.cssselect("[data-cs-cites]"):
            for cited in end.attrib["data-cs-cites"].split():
                key, passage = cited.split("#")
                entry = entries.get(f"source-{key}")
                assert entry is not None, f"{name}: {key}"
                shown = entry.xpath(".//*[@data-cs-passage=$passage]", passage=passage)
                assert shown, f"{name}: {key}#{passage}"
                says = sources[key]["passages"][passage]["says"]
                told = shown[0].xpath("string(preceding-sibling::text()[1])")
                assert " ".join(says.split()) == " ".join(told.split())
                assert ("#:~:text=" in shown[0].get("href", "")) == ("URL" in sources[key]["csl"])


def test_the_sources_of_the_glossary_lead_to_what_their_passages_say(
    data: Any, pages: Pages
) -> None:
    page = pages["glossary/index.html"]
    cited = {
        (citation["source"], citation["passage"])
        for claim in data["claims"]
        if claim["page"] == "glossary.md"
        for citation in claim["citations"]
    }
    entries = by_id(page)
    for source, passage in cited:
        [link] = entries[f"source-{source}"].cssselect("a")
        part, _, anchor = urljoin("glossary/", link.attrib["href"]).partition("#")
        assert f"{anchor}--{passage}" in by_id(pages[part])


def test_no_page_is_too_long_for_an_old_phone(built_guide: Path, pages: Pages) -> None:
    """A browser needs time and memory for every element, and the network for every byte."""
    sizes = {
        name: (
            sum(1 for element in page.iter() if isinstance(element.tag, str)),
            (built_guide / "site" / name).stat().st_size,
        )
        for name, page in pages.items()
    }
    long = {
        name: size
        for name, size in sizes.items()
        if size[0] > MOST_ELEMENTS or size[1] > MOST_BYTES
    }
    assert long == {}


def test_how_the_guide_is_made_gives_the_figures_of_the_build(data: Any, pages: Pages) -> None:
    claims = data["claims"]
    [part] = pages["about/index.html"].cssselect(".cs-coverage")
    text = part.text_content()
    assert f"made {len(claims)} statements, {len(claims)} of them with a source" in text
    pages_listed = [
        re.search(r": (\d+) statements", entry.text_content()) for entry in part.iter("li")
    ]
    assert sum(int(found[1]) for found in pages_listed if found) == len(claims)


def test_one_page_lists_every_box_where_sources_differ(pages: Pages) -> None:
    # Up to its first number or term, a paragraph's text is one piece.
    openings = [
        " ".join((paragraph.text or "").split())
        for page in pages.values()
        for paragraph in page.cssselect(".admonition.differ p:not(.admonition-title)")
    ]
    [part] = pages["sources-differ/index.html"].cssselect(".cs-differences")
    listed = words(part)
    assert openings
    assert all(openings)
    assert [opening for opening in openings if opening not in listed] == []


def test_source_files_are_not_published(built_guide: Path) -> None:
    assert not list((built_guide / "site").rglob("*.yml"))


def test_the_search_reads_neither_citation_numbers_nor_the_sources_of_each_page(
    built_guide: Path,
) -> None:
    index = json.loads((built_guide / "site/search/search_index.json").read_text("utf-8"))
    found = [doc for doc in index["docs"] if "usually worse at night." in doc["text"]]
    assert found
    assert not [doc for doc in index["docs"] if "sources-on-this-page" in doc["location"]]
    assert not [doc for doc in index["docs"] if "cs-citation" in doc["text"]]
