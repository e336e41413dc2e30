"""The list of all sources: an index, and parts that are no longer than a page should be."""

from __future__ import annotations

import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup

from sourced_guide.build.built_site.reference_parts import ListPages, cut_list, list_pages
from sourced_guide.build.built_site.site import BuiltSite
from sourced_guide.claims.language.markup.written_html import element_of
from sourced_guide.claims.model.place import Place
from sourced_guide.claims.model.source import Passage, Source
from sourced_guide.claims.project.guide import Guide
from sourced_guide.claims.project.source_library import Library
from sourced_guide.claims.project.store.store import Store
from sourced_guide.claims.render.reference_lists import Part, part_sections, references_directive
from sourced_guide.claims.render.references_page import relative_href
from sourced_guide.claims.render.source_labels import short_label

from .built import made_once
from .commands import claims, run
from .few_pages import few_pages, our_project

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

PAGE = "references/index.md"
PLACE = Place("key.yml", 1, 1)


@pytest.fixture(scope="session")
def site(small_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of a few pages, built, its list of sources cut into parts."""

    def build(folder: Path) -> None:
        docs = few_pages(small_project, folder) / "docs"
        (docs / "references.md").rename(docs / PAGE)
        # MkDocs would make a label of the folder's name, which nobody has checked.
        names = [f"  - {path.relative_to(docs)}" for path in docs.rglob("*.md")]
        with (folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
            settings.write("\n".join(["", "nav:", *names, ""]))
        result = run("mkdocs", "build", "--strict", cwd=folder)
        assert result.returncode == 0, result.stderr
        site = BuiltSite(folder / "site")
        site.write(list_pages(site))

    return made_once(tmp_path_factory, "parts", build)


def parsed(project: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((project / "site" / name).read_text("utf-8"), "html.parser")


def source(**csl: Any) -> Source:
    return Source("key", PLACE, {"type": "webpage", **csl}, kind="trial")


def listed_sources(sources: Sequence[Source]) -> Element:
    library = Library({source.key: source for source in sources})
    guide = Guide(our_project(), library, [], [])
    return element_of(references_directive(guide, relative_href(PAGE)))


def by_class(root: Element, name: str) -> list[Element]:
    return [element for element in root.iter() if element.get("class") == name]


def test_the_index_has_a_line_for_each_source_that_leads_to_its_part(site: Path) -> None:
    index = parsed(site, "references/index.html")
    lines = index.select(".cs-index__lines a")
    assert [(line["id"], line["href"], line.get_text()) for line in lines] == [
        ("ref-legs", "a.html#ref-legs", "A page about legs. Patient page, no date"),
        ("ref-spine", "a.html#ref-spine", "A page about the spine. Patient page, no date"),
    ]
    assert not index.select(".cs-reference-entry")
    assert [link["href"] for link in index.select(".cs-letters a")] == ["#letter-a"]


def test_a_part_has_all_that_is_used_of_its_sources(site: Path) -> None:
    part = parsed(site, "references/a.html")
    assert part.title
    assert part.title.get_text().startswith("A - Sources - ")
    assert [heading.get_text() for heading in part.select(".cs-references :is(h2, h3)")] == [
        "A",
        "A page about legs",
        "A page about the spine",
    ]
    assert part.select_one("li#ref-spine--pain")
    assert "The pain is often worse at night." in [
        link.get_text() for link in part.select("section:has(#ref-spine) .cs-rests-on dd a")
    ]
    assert [way["href"] for way in part.select(".cs-part-ways a")] == ["./"]
    assert not part.select(".cs-index")


def test_other_pages_lead_to_the_part_itself(site: Path) -> None:
    page = parsed(site, "legs/index.html")
    [link] = page.select(".cs-sources a[href*='#ref-']")
    assert link["href"] == "../references/a.html#ref-legs"


def test_parts_are_certified_as_the_page_that_they_were_cut_from(
    site: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(site, tmp_path / "project"))
    result = claims("certify", "site", cwd=folder)
    assert result.returncode == 0, result.stdout + result.stderr
    part = folder / "site/references/a.html"
    part.write_text(part.read_text("utf-8").replace("Legs may", "Legs never"), "utf-8")
    assert "references/a.html:1:1: BLD001" in claims("certify", "site", cwd=folder).stdout
    part.unlink()
    assert "references/index.html:1:1: BLD001" in claims("certify", "site", cwd=folder).stdout


def test_what_is_kept_of_parts_is_right_wherever_they_stand_now(tmp_path: Path) -> None:
    def page(words: str) -> str:
        texts = {"a": f'<p id="one">{words}</p>', "b": '<p id="two"><a href="#one">See</a></p>'}
        parts = [Part(name.upper(), name, [text]) for name, text in texts.items()]
        listed = "".join(part_sections(parts, "all", "All of it"))
        return f'<div data-cs-list="all"><p id="all"></p>{listed}</div><footer id="two"></footer>'

    def cut(words: str, folder: Path | None) -> ListPages | None:
        store = Store(folder)
        found = cut_list(page(words), store)
        store.save()
        return found

    cut("Short.", tmp_path)
    longer = cut("More words than before.", tmp_path)
    assert longer == cut("More words than before.", None)
    assert longer
    assert (
        '<p id="two"><a href="a.html#one" id="one">See</a></p></section></div>'
        in longer.pages["b.html"]
    )
    assert longer.homes == {
        "all": "",
        "part-a": "a.html",
        "one": "a.html",
        "part-b": "b.html",
        "two": "b.html",
    }


def test_parts_of_3000_sources_stay_short_and_hold_each_source_once() -> None:
    passages = {f"p{n}": Passage(f"p{n}", "", "", "It hurts.", "", (), "", PLACE) for n in range(5)}
    sources = [
        # As unevenly spread over the letters as the guide's own.
        replace(
            source(title=f"{chr(65 + n % 100 % 26)} {n}"),
            key=f"k{n}",
            passages=passages,
            # Its reference is its title: to put 3,000 into AMA style takes seconds.
            broken=True,
        )
        for n in range(3000)
    ]
    listed = listed_sources(sources)
    parts = [each for each in listed if each.get("data-cs-file")]
    assert max(sum(1 for _ in part.iter()) for part in parts) <= 1_500
    entries = [heading.get("id") for part in parts for heading in part.iter("h3")]
    assert sorted(map(str, entries)) == sorted(f"ref-k{n}" for n in range(3000))
    files = [part.get("data-cs-file") for part in parts]
    assert len(files) == len(set(files))
    # What is around a part weighs 6 kB in the offline copy.
    assert len(parts) < 90
    for before, after in pairwise(parts):
        [*_, way] = before[1]
        assert way.get("href") == f"#{after.get('id')}"
        assert way.text == f"Next part: {after[0].text}"


@pytest.mark.parametrize(
    ("csl", "label"),
    [
        (
            {
                "title": "Surgery",
                "author": [{"family": "Patchell", "given": "RA"}, {"family": "Tibbs"}],
                "issued": "2005-08-20",
            },
            "Patchell RA, et al. Surgery. Trial, 2005",
        ),
        (
            {"title": "Why?", "author": [{"family": "Roy", "given": "Jean-Paul M."}]},
            "Roy JPM. Why? Trial, no date",
        ),
        ({"title": "Help.", "author": [{"literal": "NHS"}]}, "NHS. Help. Trial, no date"),
        # Whose it is, where nobody is named.
        ({"title": "Pain", "container-title": "x.org"}, "Pain. x.org. Trial, no date"),
        ({"title": "Pain", "author": "somebody"}, "Pain. Trial, no date"),
    ],
)
def test_a_source_is_told_in_one_line(csl: dict[str, Any], label: str) -> None:
    assert short_label(source(**csl)) == label


def test_sources_stand_under_the_letter_that_they_begin_with() -> None:
    titles = ["988 to call", "Ärzte", "“Zoom”", "alpha", "Ω"]
    listed = listed_sources([replace(source(title=title), key=title) for title in titles])
    [index] = by_class(listed, "cs-index")
    lines = [[line.text for line in group] for group in by_class(index, "cs-index__lines")]
    assert [heading.text for heading in index.iter("h2")] == ["0–9", "A", "Z"]
    assert [len(group) for group in lines] == [2, 2, 1]
