"""The built site as a reader and a web server get it."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import jsonschema_rs
from bs4 import BeautifulSoup

from .front_matter import front_matter, reviewer_of, source_of

# An address that a page may lead to, but never load anything from.
_LOADS = {"script": "src", "link": "href", "img": "src", "source": "src", "iframe": "src"}
_CSS_HOST = re.compile(r"(?:url\(|@import)\s*['\"]?\s*(?:https?:)?//")


def test_the_site_asks_no_other_host_for_anything(
    built_guide: Path, pages: dict[str, BeautifulSoup]
) -> None:
    asked = [
        (name, str(element.get(attribute)))
        for name, page in pages.items()
        for tag, attribute in _LOADS.items()
        for element in page.find_all(tag)
        if element.get(attribute)
        and "canonical" not in (element.get("rel") or [])
        and re.match(r"(?:https?:)?//", str(element.get(attribute)))
    ]
    assert asked == []
    for page in pages.values():
        for style in page.find_all("style"):
            assert not _CSS_HOST.search(style.get_text())
    for path in (built_guide / "site").rglob("*.css"):
        assert not _CSS_HOST.search(path.read_text("utf-8")), path


def test_every_internal_link_and_anchor_resolves(
    built_guide: Path, pages: dict[str, BeautifulSoup]
) -> None:
    ids = {
        name: {str(element["id"]) for element in page.find_all(id=True)}
        for name, page in pages.items()
    }
    broken = [
        (name, href)
        for name, page in pages.items()
        if name != "404.html"
        for href in (str(link["href"]) for link in page.find_all("a", href=True))
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


def test_no_id_stands_twice_on_a_page(pages: dict[str, BeautifulSoup]) -> None:
    for name, page in pages.items():
        ids = [element["id"] for element in page.find_all(id=True)]
        assert len(ids) == len(set(ids)), name


def test_every_page_tells_who_reviewed_it_and_when_it_was_checked(
    built_guide: Path, pages: dict[str, BeautifulSoup]
) -> None:
    for name, page in pages.items():
        if name != "404.html" and not name.startswith("editors/"):
            assert page.main
            text = " ".join(page.main.get_text().split())
            source = source_of(built_guide / "docs", name)
            meta = front_matter(source)
            assert reviewer_of(source, "this page yet") in text, name
            for label, day in (
                ("We last checked it against its sources", meta["reviewed"]),
                ("The next check of this page is due", meta["next-review"]),
            ):
                assert f"{label} on {day:%B} {day.day}, {day.year}." in text, name


def test_the_warning_block_has_the_same_words_wherever_it_stands(
    pages: dict[str, BeautifulSoup],
) -> None:
    blocks = []
    for page in pages.values():
        for block in page.select(".admonition.danger"):
            words = BeautifulSoup(str(block), "html.parser")
            for number in words.select("sup"):
                number.decompose()
            blocks.append(" ".join(words.get_text().split()))
    assert len(blocks) >= 8
    assert len(set(blocks)) == 1
    assert "Any one of these" in blocks[0]


def test_claims_json_follows_its_schema_and_its_links_lead_to_the_claims(
    built_guide: Path, pages: dict[str, BeautifulSoup]
) -> None:
    data = json.loads((built_guide / "site/claims.json").read_text("utf-8"))
    schema = json.loads(
        files("sourced_guide.claims.report").joinpath("claims.schema.json").read_text("utf-8")
    )
    jsonschema_rs.validate(schema, data)
    keys = {(source["key"], name) for source in data["sources"] for name in source["passages"]}
    assert len(data["claims"]) > 500
    assert len({claim["id"] for claim in data["claims"]}) == len(data["claims"])
    for claim in data["claims"]:
        assert claim["citations"], claim
        assert {(c["source"], c["passage"]) for c in claim["citations"]} <= keys
        path = Path(claim["page"])
        folder = path.parent if path.stem == "index" else path.with_suffix("")
        page = pages[(folder / "index.html").as_posix()]
        assert page.find(id=claim["anchor"]), claim


def test_the_references_page_lists_every_claim_under_each_of_its_sources(
    built_guide: Path, pages: dict[str, BeautifulSoup]
) -> None:
    data = json.loads((built_guide / "site/claims.json").read_text("utf-8"))
    page = pages["references/index.html"]
    for source in data["sources"]:
        heading = page.find(id=f"ref-{source['key']}")
        assert heading
        assert heading.parent
        entry = heading.parent
        text = " ".join(entry.get_text().split())
        for passage in source["passages"].values():
            assert " ".join(passage["says"].split()) in text
        listed = [link.get_text() for link in entry.select(".cs-rests-on li a")]
        assert listed == [
            claim["text"]
            for claim in sorted(data["claims"], key=lambda claim: claim["page"])
            if source["key"] in {citation["source"] for citation in claim["citations"]}
        ]


def test_a_page_tells_what_each_passage_says_that_it_cites(
    built_guide: Path, pages: dict[str, BeautifulSoup]
) -> None:
    data = json.loads((built_guide / "site/claims.json").read_text("utf-8"))
    sources = {source["key"]: source for source in data["sources"]}
    for name, page in pages.items():
        for link in page.select(".cs-citation a"):
            key = str(link["href"]).removeprefix("#source-")
            entry = page.find(id=f"source-{key}")
            assert entry, f"{name}: {key}"
            for passage in str(link["data-cs-passages"]).split():
                shown_passage = entry.select_one(f'[data-cs-passage="{passage}"]')
                assert shown_passage, f"{name}: {key}#{passage}"
                says = sources[key]["passages"][passage]["says"]
                assert " ".join(says.split()) in " ".join(shown_passage.get_text().split())
                assert bool(shown_passage.select_one("a[href*='#:~:text=']")) == (
                    "URL" in sources[key]["csl"]
                )


def test_how_the_guide_is_made_gives_the_figures_of_the_build(
    built_guide: Path, pages: dict[str, BeautifulSoup]
) -> None:
    claims = json.loads((built_guide / "site/claims.json").read_text("utf-8"))["claims"]
    part = pages["about/index.html"].select_one(".cs-coverage")
    assert part
    assert f"made {len(claims)} statements, {len(claims)} of them with a source" in part.get_text()
    pages_listed = [
        re.search(r": (\d+) statements", entry.get_text()) for entry in part.select("li")
    ]
    assert sum(int(found[1]) for found in pages_listed if found) == len(claims)


def test_one_page_lists_every_box_where_sources_differ(
    pages: dict[str, BeautifulSoup],
) -> None:
    # Up to its first number or term, a paragraph's text is one piece.
    openings = [
        " ".join(next(paragraph.strings).split())
        for page in pages.values()
        for paragraph in page.select(".admonition.differ p:not(.admonition-title)")
    ]
    part = pages["sources-differ/index.html"].select_one(".cs-differences")
    assert part
    listed = " ".join(part.get_text().split())
    assert openings
    assert [opening for opening in openings if opening not in listed] == []


def test_source_files_are_not_published(built_guide: Path) -> None:
    assert not list((built_guide / "site").rglob("*.yml"))


def test_the_search_reads_neither_citation_numbers_nor_the_sources_of_each_page(
    built_guide: Path,
) -> None:
    index = json.loads((built_guide / "site/search/search_index.json").read_text("utf-8"))
    found = [doc for doc in index["docs"] if "The pain is usually worse at night." in doc["text"]]
    assert found
    assert not [doc for doc in index["docs"] if "sources-on-this-page" in doc["location"]]
    assert not [doc for doc in index["docs"] if "cs-citation" in doc["text"]]
