"""An edition is what the guide claims on a day, and readers see what has changed since."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from lxml.html import fromstring

from sourced_guide.build.built_site.edition import Edition, PageEditions
from sourced_guide.build.handouts.compile import LAYOUTS
from sourced_guide.build.steps.edition_badge import with_edition
from sourced_guide.claims.render.html import render_pages
from sourced_guide.claims.report.export import claims_data
from sourced_guide.claims.review.editions import edition_bytes, newest_editions

from .commands import run, run_here
from .conftest import guide_of
from .few_pages import our_project
from .front_matter import ROOT

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path
    from typing import Any

    from lxml.html import HtmlElement

HEAD = """\
---
title: {title}
description: What it can feel like.
{editorial}reviewed: 2026-11-21
next-review: 2999-11-21
reviewer: none yet
---

"""
PAIN = "The pain is often worse at night. [@spine#pain; @legs#pain]"
LEGS = "Legs may feel weak or heavy. [@spine#legs; @legs#legs]"
BLOCK = "includes/sign.md"


@pytest.fixture
def project(bare_project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of two pages that include a block, and of the list of changes."""
    # What is included is looked for from where one is.
    monkeypatch.chdir(bare_project)
    (bare_project / BLOCK).write_text("At night, the pain is often worse. [@spine#pain]\n")
    write(bare_project, "legs", LEGS, '--8<-- "sign.md"')
    write(bare_project, "pain", PAIN, '--8<-- "sign.md"')
    write(bare_project, "list", "[CHANGES]", editorial="lists what has changed")
    return bare_project


def write(project: Path, name: str, *paragraphs: str, editorial: str = "") -> None:
    head = HEAD.format(
        title=f"About {name}", editorial=f"editorial: {editorial}\n" if editorial else ""
    )
    (project / f"docs/{name}.md").write_text(head + "\n\n".join(paragraphs) + "\n")


def release(project: Path) -> subprocess.CompletedProcess[str]:
    return run_here("guide", "release", cwd=project)


def listed(project: Path) -> HtmlElement:
    """Return the list of changes as a page shows it."""
    guide = guide_of(project / "mkdocs.yml")
    assert not guide.page("list.md").text.claims, "what it lists is not claimed a second time"
    return fromstring(dict(render_pages(guide))["list.md"])


def summaries(shown: HtmlElement) -> list[str]:
    return [each.text_content() for each in shown.cssselect(".cs-changes > details > summary")]


def pages(project: Path) -> dict[str, dict[str, Any]]:
    data = claims_data(guide_of(project / "mkdocs.yml"))
    return {page["path"]: page for page in data["pages"]}


def on(day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    noon = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(noon.timestamp())))


def test_the_first_edition_has_every_claim_and_the_same_bytes_each_time(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on("2026-12-01", monkeypatch)
    result = release(project)
    assert result.stdout == (
        "edition 1, 2026-12-01: 4 statements on 2 pages, the first edition\n"
        "commit editions/1.json.gz\n"
    )
    content = (project / "editions/1.json.gz").read_bytes()
    assert json.loads(gzip.decompress(content)) == {
        "version": 1,
        "edition": 1,
        "on": "2026-12-01",
        "pages": {
            f"{name}.md": {
                "title": f"About {name}",
                "changed": "2026-12-01",
                "claims": [
                    [text, f"legs#{name}", f"spine#{name}"],
                    ["At night, the pain is often worse.", "spine#pain"],
                ],
            }
            for name, text in {
                "legs": "Legs may feel weak or heavy.",
                "pain": "The pain is often worse at night.",
            }.items()
        },
        "sources": {
            key: {"label": "Patient page (no date given)", "url": ""} for key in ("legs", "spine")
        },
    }
    shutil.rmtree(project / "editions")
    release(project)
    assert (project / "editions/1.json.gz").read_bytes() == content


def test_a_guide_with_a_finding_is_not_released(project: Path) -> None:
    write(project, "legs", LEGS, "Legs are made of cheese.")
    result = release(project)
    assert result.returncode == 1
    assert "docs/legs.md:11:1: SRC001" in result.stdout
    assert result.stdout.endswith("not released: 1 finding\n")
    assert not (project / "editions").exists()


def test_an_edition_is_never_written_anew(project: Path) -> None:
    release(project)
    before = (project / "editions/1.json.gz").read_bytes()
    result = release(project)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        "guide: the guide claims what edition 1 claims: there is nothing to release\n"
    )
    assert [path.name for path in (project / "editions").iterdir()] == ["1.json.gz"]
    assert (project / "editions/1.json.gz").read_bytes() == before


def test_a_damaged_edition_is_named(project: Path) -> None:
    release(project)
    (project / "editions/1.json.gz").write_bytes(b"text")
    result = release(project)
    assert result.returncode == 2
    assert result.stderr.startswith("guide: editions/1.json.gz is damaged (")
    (project / "editions/1.json.gz").write_bytes(gzip.compress(b'{"version": 2}'))
    assert "only guide release writes it" in release(project).stderr


def test_what_is_new_changed_and_gone_is_counted_and_listed(project: Path) -> None:
    release(project)
    write(project, "pain", "The pain is often worse in the night. [@spine#pain; @legs#pain]", LEGS)
    result = release(project)
    assert result.stdout.splitlines()[0].endswith(
        "4 statements; since edition 1: 0 new, 1 changed, 0 gone"
    )
    # Legs are told of on another page before, and the sign on another page still.
    assert result.stdout.splitlines()[1:-1] == ["  pain.md: 0 new, 1 changed, 0 gone"]
    write(project, "legs", "Legs may feel weak. [@spine#legs]", '--8<-- "sign.md"')
    write(project, "pain", PAIN.replace("; @legs#pain", ""), LEGS)
    shown = listed(project)
    assert summaries(shown) == ["About legs: 1 changed", "About pain: 1 changed"]
    assert "This is the guide as it is now, compared with edition 2," in shown.text_content()
    write(project, "legs", "Cheese is yellow, and may be soft. [@spine#pain]")
    assert summaries(listed(project))[0] == "About legs: 1 new, 1 no longer said"


def test_the_same_words_with_another_source_are_a_change(project: Path) -> None:
    release(project)
    write(project, "legs", LEGS.replace("; @legs#legs", ""), '--8<-- "sign.md"')
    shown = listed(project)
    assert summaries(shown) == ["About legs: 1 changed"]
    assert "The words are the same." in shown.text_content()
    assert not shown.cssselect("del")


def test_nobody_can_take_what_is_gone_for_advice(project: Path) -> None:
    release(project)
    (project / BLOCK).write_text("")
    write(project, "legs", LEGS, "It is often worse at night: that is pain. [@spine#pain]")
    write(project, "pain", "Legs may feel heavy, and the pain is worse at night. [@spine#legs]")
    shown = listed(project)
    gone = shown.cssselect("del")
    assert {each.text_content() for each in gone} == {
        "At night, the pain is often worse.",
        "The pain is often worse at night.",
    }
    for each in gone:
        box = next(each.iterancestors("details"))
        assert "open" not in box.attrib
        assert box.get("class") == "cs-gone"
        assert "data-nosnippet" in box.attrib
        label = each.getprevious()
        assert label is not None
        assert label.text_content() in ("We no longer say:", "We no longer say it like this:")
        each.drop_tree()
    left = shown.text_content()
    assert "At night, the pain is often worse." not in left
    assert "The pain is often worse at night." not in left


def test_a_change_of_a_block_is_one_change_of_all_pages_that_include_it(project: Path) -> None:
    release(project)
    (project / BLOCK).write_text("At night, the pain may be worse. [@spine#pain]\n")
    shown = listed(project)
    assert summaries(shown) == ["On several pages: 1 changed"]
    assert "On 2 pages." in shown.text_content()


def test_each_claim_that_is_listed_names_its_sources(project: Path) -> None:
    shutil.copy(ROOT / "docs/references/index.md", project / "docs/references")
    release(project)
    write(project, "legs", LEGS, "So the legs may feel heavy at times. [@spine#legs; @legs#legs]")
    [entry] = listed(project).cssselect(".cs-changes li")
    assert "So the legs may feel heavy at times." in entry.text_content()
    assert [link.get("href") for link in entry.iter("a")] == [
        "references/index.md#ref-legs",
        "references/index.md#ref-spine",
    ]


def test_an_edition_is_compared_with_the_one_before_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "No edition of this guide is on record yet" in listed(project).text_content()
    on("2026-12-01", monkeypatch)
    release(project)
    assert "It is the first one on record" in listed(project).text_content()
    on("2026-12-05", monkeypatch)
    write(project, "legs", "Legs may feel weak. [@spine#legs; @legs#legs]")
    release(project)
    text = listed(project).text_content()
    assert "This is edition 2, of December 5, 2026." in text
    assert "compared with edition 1, of December 1, 2026." in text
    shown = pages(project)
    assert (shown["legs.md"]["changed"], shown["pain.md"]["changed"]) == (
        "2026-12-05",
        "2026-12-01",
    )
    write(project, "pain", "The pain is worse at night. [@spine#pain; @legs#pain]")
    assert pages(project)["pain.md"]["changed-since"] == "2026-12-05"
    assert "changed" not in pages(project)["list.md"]


def test_a_page_under_a_new_name_is_not_new(project: Path) -> None:
    release(project)
    (project / "docs/pain.md").rename(project / "docs/ache.md")
    config = project / "mkdocs.yml"
    settings = "  - guide.claims:\n      redirects: {pain.md: ache.md}\n"
    config.write_text(config.read_text().replace("  - guide.claims:\n", settings))
    assert "It is the first one on record" in listed(project).text_content()


def test_what_there_is_no_room_for_is_counted(project: Path) -> None:
    write(project, "small", "The pain is often worse.  [@spine#pain]")
    release(project)
    words = ("arm", "leg", "hip", "toe", "rib", "jaw", "ear", "eye", "gum", "lip")
    many = [f"- {a} {b} {c} can hurt. [@spine#pain]" for a in words for b in words for c in words]
    write(project, "legs", LEGS, '--8<-- "sign.md"', "\n".join(many[:100]))
    write(project, "pain", PAIN, '--8<-- "sign.md"', "\n".join(many[100:]))
    write(project, "small", "The pain is often worse when it is cold. [@spine#pain]")
    shown = listed(project)
    assert summaries(shown) == ["About legs: 100 new", "About small: 1 changed"]
    assert len(list(shown.iter())) < 1_200
    assert "changed in more places than we can list here" in shown.text_content()
    assert "About pain: 900 new" in shown.text_content()


def test_a_page_says_when_it_last_changed_and_which_edition_it_is() -> None:
    template = (ROOT / "overrides/cs/changed.html").read_text("utf-8")
    html = re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", "", template, flags=re.DOTALL)

    def shown(edition: Edition | None) -> str:
        page = BeautifulSoup(with_edition(with_edition(html, edition), edition), "html.parser")
        for hidden in page.select("[hidden]"):
            hidden.decompose()
        return " ".join(page.get_text().split())

    assert shown(None) == ""
    assert shown(Edition("2026-12-03", "", "0123abc")) == "Edition: 0123abc."
    assert shown(Edition("2026-12-03", "", "0123abc", "2026-12-01")) == (
        "The last change to its statements or their sources is of December 1, 2026: see what has "
        "changed. Edition: 0123abc."
    )
    assert shown(Edition("2026-12-03", "", "0123abc", "2026-12-01", is_after=True)) == (
        "Its statements or their sources have changed since December 1, 2026: see what has "
        "changed. Edition: 0123abc."
    )


def codes(project: Path, *words: str) -> dict[str, str]:
    """Return the codes of pages; `words` is what the pages explain at their ends."""
    editions = PageEditions(claims_data(guide_of(project / "mkdocs.yml")))
    return {name: editions.of(f"{name}.md", words).digest for name in ("legs", "pain")}


def test_the_code_of_a_page_changes_with_its_own_content_and_no_other(project: Path) -> None:
    before = codes(project)
    assert len(set(before.values())) == 2
    write(project, "pain", PAIN.replace("often", "usually"), '--8<-- "sign.md"')
    after = codes(project)
    assert (after["legs"], after["pain"] != before["pain"]) == (before["legs"], True)
    # A passage that one page cites.
    write(project, "pain", "The pain is often worse at night. [@spine#pain]")
    before = codes(project)
    source = project / "docs/references/legs.yml"
    text = source.read_text("utf-8")
    source.write_text(text.replace("says: Legs may", "says: The legs may"), "utf-8")
    after = codes(project)
    assert (after["legs"] != before["legs"], after["pain"]) == (True, before["pain"])
    assert codes(project, "What it means.") != after
    # A block that both include.
    (project / BLOCK).write_text("At night, the pain may be worse. [@spine#pain]\n")
    assert codes(project)["legs"] != after["legs"]


def test_the_warning_block_which_every_handout_prints_is_part_of_every_code(project: Path) -> None:
    write(project, "pain", PAIN)
    write(project, "warning-signs", '--8<-- "sign.md"', "Legs may feel heavy. [@spine#legs]")
    before = codes(project)
    write(project, "warning-signs", '--8<-- "sign.md"', "Legs may feel weak. [@spine#legs]")
    assert codes(project) == before
    (project / BLOCK).write_text("At night, the pain may be worse. [@spine#pain]\n")
    assert codes(project)["pain"] != before["pain"]


def test_the_editions_of_the_guide_are_whole_and_small() -> None:
    folder = ROOT / "editions"
    paths = sorted(folder.iterdir())
    assert [path.name for path in paths] == [f"{n}.json.gz" for n in range(1, len(paths) + 1)]
    assert max(path.stat().st_size for path in paths) <= 300_000
    newest = newest_editions(our_project())[0]
    again = edition_bytes(newest)
    stored = paths[newest.number - 1].read_bytes()
    assert gzip.decompress(again) == gzip.decompress(stored)


# Two builds with their handouts: five seconds.
@pytest.mark.exhaustive
def test_one_changed_word_changes_one_handout_and_the_booklet(ready: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(ready, tmp_path / "project")
    page = folder / "docs/legs.md"

    def handouts() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (folder / "site/handouts").iterdir()}

    before = handouts()
    text = page.read_text("utf-8")
    page.write_text(text.replace("weak or heavy. [", "heavy or weak. ["), "utf-8")
    for command in (("mkdocs", "build", "--strict"), ("publish", "site"), ("handouts", "site")):
        result = run(*command, cwd=folder)
        assert result.returncode == 0, result.stderr
    after = handouts()
    assert after.keys() == before.keys()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {f"{name}-{layout}.pdf" for name in ("legs", "guide") for layout in LAYOUTS}
