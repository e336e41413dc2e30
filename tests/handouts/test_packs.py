"""Packs: parts of pages with one cover, one warning block and one list of sources.

Handouts are made by Typst in processes of their own, which takes a second or more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pikepdf
import pytest
from lxml.html import document_fromstring

from sourced_guide.build.built_site.site import BuiltSite
from sourced_guide.build.handouts.build import make_handouts
from sourced_guide.build.handouts.compile import LAYOUTS, compile_pdf, gather_fonts
from sourced_guide.build.handouts.packs.declared import declared_packs, faults_of
from sourced_guide.build.handouts.packs.document import pack_code
from sourced_guide.build.handouts.page_model import read_site

from ..commands import run
from ..few_pages import few_pages, our_project
from .conftest import ADDRESS, Made, copy_site, make, spoil
from .sheets import squeezed, tags, text_of

if TYPE_CHECKING:
    from pathlib import Path

PAGES = ("index.md", "tests.md", "your-spine.md", "warning-signs.md")
LISTED = """\
<!DOCTYPE html><html lang="en"><head><title>Take it with you</title>
<link rel="canonical" href="https://guide.example/take-away/"></head><body><ul>
<li data-cs-pack="first" data-cs-parts="{first}">
<strong class="cs-pack__title">First visit</strong>
<span class="cs-pack__for">For a first visit</span></li>
<li data-cs-pack="other" data-cs-parts="your-spine.md">
<strong class="cs-pack__title">Other</strong> <span class="cs-pack__for">For others</span></li>
</ul></body></html>
"""
FIRST = "tests.md#scans tests.md#questions-to-ask your-spine.md#top"


def packed_site(made: Made, folder: Path, first: str = FIRST) -> Path:
    site = copy_site(made.site, folder, PAGES)
    (site / "take-away").mkdir()
    (site / "take-away/index.html").write_text(LISTED.format(first=first), "utf-8")
    return site


@pytest.fixture(scope="session")
def pack(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack on A4. No test changes it."""
    folder = tmp_path_factory.mktemp("pack")
    site = BuiltSite(packed_site(made, folder / "site"))
    first, _ = declared_packs(site)
    path = folder / "pack-first-a4.pdf"
    code = pack_code(read_site(site), first)
    path.write_bytes(compile_pdf(code, "a4", gather_fonts(folder / "fonts")))
    return path


def test_a_pack_has_one_cover_one_warning_block_and_one_list_of_sources(pack: Path) -> None:
    with pikepdf.open(pack) as document:
        assert str(document.docinfo["/Title"]) == "Cancer in the spine: First visit"
        found = tags(document)
        assert "TOC" in found
        assert found.count("H1") == 1
        assert document.open_outline().root is not None
    text = text_of(pack)
    assert text.count("Warningsigns:gethelpnow") == 1
    assert text.index("Forafirstvisit") < text.index("Yourteam:") < text.index("Inthispack")
    assert len(re.findall(r"Sources1\.", text)) == 1
    assert squeezed(f"{ADDRESS}take-away/") in text_of(pack, whole=True)


def test_a_pack_holds_the_parts_that_it_names_and_no_others(made: Made, pack: Path) -> None:
    text = text_of(pack)
    model = read_site(BuiltSite(made.site))
    page = model.page("tests.md")
    assert page is not None
    for heading in page.body.xpath("./h2"):
        words = squeezed(heading.text_content())
        assert (words in text) == (heading.get("id") in ("scans", "questions-to-ask")), words
    # Two parts of a page are below its title once; its line of warning signs is on the cover.
    assert len(re.findall(r"Tests(?!\.)(?=Scans)", text)) == 1
    assert "Warningsign?Call" not in text


def test_one_word_changes_one_handout_the_packs_that_hold_it_and_the_booklet(
    made: Made, tmp_path: Path
) -> None:
    """Takes five seconds: it makes handouts twice, each in processes of their own."""
    site, cache = packed_site(made, tmp_path / "site"), tmp_path / "cache"

    def written() -> dict[str, int]:
        return {path.name: path.stat().st_mtime_ns for path in (site / "handouts").iterdir()}

    assert make(site, cache).returncode == 0
    before = written()
    assert {f"pack-{name}-{each}.pdf" for name in ("first", "other") for each in LAYOUTS} < set(
        before
    )
    assert "0 made" in make(site, cache).stdout
    assert written() == before
    spoil(site / "your-spine/index.html", "<p>New.</p>")
    # A build that is not for publishing removes what is outdated, and makes no booklet and no pack.
    quick = make_handouts(BuiltSite(site), cache, lambda done, _: done, with_aside=False)
    changed = {f"your-spine-{each}.pdf" for each in LAYOUTS}
    aside = {name for name in before if name.startswith(("guide-", "pack-"))}
    after = written()
    assert {name for name in after if after[name] != before[name]} == changed
    assert before.keys() - after.keys() == aside
    assert quick.left_out == len(aside)
    again = make_handouts(BuiltSite(site), cache, lambda done, _: done, with_aside=False)
    assert (again.made, again.left_out) == (0, len(aside))
    assert make(site, cache).returncode == 0
    after = written()
    assert {name for name in after if after[name] != before[name]} == changed | aside


def test_a_pack_changes_with_its_parts_only(made: Made, tmp_path: Path) -> None:
    site = packed_site(made, tmp_path / "site")
    first, other = declared_packs(BuiltSite(site))
    model = read_site(BuiltSite(site))
    codes = pack_code(model, first), pack_code(model, other)
    spoil(site / "tests/index.html", "<p>New.</p>")
    model = read_site(BuiltSite(site))
    # The top of the page is not in the first pack.
    assert (pack_code(model, first), pack_code(model, other)) == codes
    spoil(site / "your-spine/index.html", "<p>New.</p>")
    model = read_site(BuiltSite(site))
    assert pack_code(model, first) != codes[0]
    assert pack_code(model, other) != codes[1]


@pytest.mark.parametrize(
    ("parts", "message", "help_"),
    [
        ("tests.md#scan", "names 'tests.md#scan', and the page has no such part", "scans"),
        ("test.md", "names 'test.md', which is no page for readers", "tests.md"),
        ("", "has no pages", "mkdocs.yml"),
    ],
)
def test_a_part_that_is_not_there_is_a_finding(
    made: Made, tmp_path: Path, parts: str, message: str, help_: str
) -> None:
    site = BuiltSite(packed_site(made, tmp_path / "site", parts))
    pack = declared_packs(site)[0]
    (finding,) = faults_of(pack, site, read_site(site))
    assert (finding.rule, finding.place.line) == ("BLD015", 3)
    assert message in finding.message
    assert help_ in finding.help


def test_the_packs_of_the_guide_hold_the_harms_the_calls_and_the_questions_of_a_treatment() -> None:
    for pack in our_project().options.packs:
        pages: dict[str, set[str]] = {}
        for written in pack.pages:
            path, _, part = written.partition("#")
            pages.setdefault(path, set()).add(part)
        for path, parts in pages.items():
            if "possible-benefits" in parts:
                needed = {
                    "top",
                    "possible-harms-and-side-effects",
                    "without-it",
                    "questions-to-ask",
                }
                assert needed <= parts, (pack.key, path)


def test_a_pack_is_made_listed_and_certified(small_project: Path, tmp_path: Path) -> None:
    """Takes ten seconds: a site is built, compressed and certified."""
    project = few_pages(small_project, tmp_path / "project")
    settings, page = project / "mkdocs.yml", project / "docs/take-away.md"
    packs = (
        "packs: {legs: {title: Legs, for: For tests, pages: [legs.md#how-legs-can-feel, index.md]}}"
    )
    text = settings.read_text("utf-8")
    settings.write_text(
        text.replace("  - guide.claims:\n", f"  - guide.claims:\n      {packs}\n"), "utf-8"
    )
    page.write_text(
        page.read_text("utf-8").replace("---\n", "---\ntemplate: take-away.html\n", 1), "utf-8"
    )
    built = run("guide", "build", "--all", cwd=project)
    assert built.returncode == 0, built.stdout + built.stderr
    listed = document_fromstring((project / "site/take-away/index.html").read_text("utf-8"))
    (item,) = listed.cssselect("[data-cs-pack=legs]")
    edition = re.search(r"Edition (2026-11-21 [0-9a-f]{7})\.", item.text_content())
    assert edition
    pack = project / "site/handouts/pack-legs-a4.pdf"
    assert squeezed(f"Edition {edition[1]}.") in text_of(pack, whole=True)
    assert "Legsmayfeelweak" in text_of(pack)
    assert run("guide", "certify", "site", cwd=project).returncode == 0
    pack.unlink()
    result = run("guide", "certify", "site", cwd=project)
    assert "BLD008 '../handouts/pack-legs-a4.pdf' has no target" in result.stdout
    text = text.replace("  - guide.claims:\n", f"  - guide.claims:\n      {packs}\n")
    settings.write_text(text.replace("legs.md#", "arms.md#"), "utf-8")
    said = run("guide", "check", cwd=project).stderr
    assert "the pack 'legs' names 'arms.md', which is not a page; " in said
    assert re.search(r"mkdocs\.yml:\d+:\d+: the pack", said)
