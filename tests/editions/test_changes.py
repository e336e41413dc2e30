"""Readers see what has changed since the edition before."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from ..front_matter import ROOT
from .conftest import BLOCK, LEGS, PAIN, listed, on, pages, release, summaries, write

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


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


def test_what_one_page_has_no_room_for_comes_in_parts(project: Path) -> None:
    write(project, "small", "The pain is often worse.  [@spine#pain]")
    release(project)
    words = ("arm", "leg", "hip", "toe", "rib", "jaw", "ear", "eye", "gum", "lip")
    many = [f"- {a} {b} {c} can hurt. [@spine#pain]" for a in words for b in words for c in words]
    write(project, "legs", LEGS, '--8<-- "sign.md"', "\n".join(many[:100]))
    write(project, "pain", PAIN, '--8<-- "sign.md"', "\n".join(many[100:]))
    write(project, "small", "The pain is often worse when it is cold. [@spine#pain]")
    shown = listed(project)
    assert [entry.text_content() for entry in shown.cssselect("#all-changes li")] == [
        "About legs: 100 new",
        "About pain: 900 new",
        "About small: 1 changed",
    ]
    parts = shown.cssselect("[data-cs-file]")
    assert max(len(list(part.iter())) for part in parts) <= 1_500
    assert sum(len(part.cssselect("details > ul > li")) for part in parts) == 1_001
    assert parts[0].cssselect("summary")[0].text_content() == "About legs: 100 new"
    assert parts[1].cssselect("summary")[0].text_content().startswith("About pain, part ")
    for entry in shown.cssselect("#all-changes a"):
        [box] = shown.cssselect(str(entry.get("href")))
        assert box.tag == "details"
