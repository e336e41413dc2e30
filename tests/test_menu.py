"""The list of all pages: pages that share parts of it are the same as those that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .menus import FEATURES, NAVS, PAGES, SECTIONS, Menus

if TYPE_CHECKING:
    from pathlib import Path


CASES = [
    *((nav, [], True) for nav in NAVS),
    *((nav, features, True) for nav in ("sections", "folders") for features in FEATURES),
    *((nav, [], False) for nav in ("sections", "folders", "a page twice")),
]


@pytest.mark.parametrize(("nav", "features", "directories"), CASES)
def test_shared_parts_are_those_of_each_page(
    nav: str, features: list[str], tmp_path: Path, *, directories: bool
) -> None:
    plain, kept = (
        Menus(tmp_path, NAVS[nav], features, keeping=keeping, directories=directories)
        for keeping in (False, True)
    )
    assert kept.all() == plain.all()
    # In any order, too.
    backwards = PAGES[::-1]
    assert list(map(kept.of, backwards)) == list(map(plain.of, backwards))


def test_what_pages_share_is_made_once(tmp_path: Path) -> None:
    pages = ["hands/left.md", "hands/right.md"]
    made = []
    for keeping in (False, True):
        menus = Menus(tmp_path, SECTIONS, [], keeping=keeping)
        menus.of(pages[0])
        first = menus.addresses
        menus.of(pages[1])
        made.append(menus.addresses - first)
    # That of the start page, and those of both pages, each of which the other has seen as its own.
    assert made == [13, 3]


def test_a_page_that_was_read_anew_has_its_new_title_in_all_lists(tmp_path: Path) -> None:
    menus = Menus(tmp_path, SECTIONS, [], keeping=True)
    assert "legs.md" in menus.of("hands/left.md")
    menus.page("legs.md").title = "Your legs"
    assert menus.kept
    menus.kept.forget()
    assert "Your legs" in menus.of("hands/right.md")


def test_a_template_of_the_project_is_not_shared(tmp_path: Path) -> None:
    """Its parts may depend on more than those of the theme."""
    own = tmp_path / "own/partials"
    own.mkdir(parents=True)
    macro = "{% macro render(nav_item, path, level, parent) %}{{ page.title }}{% endmacro %}"
    (own / "nav-item.html").write_text(macro)
    menus = Menus(tmp_path, SECTIONS, [], keeping=True, templates=own.parent)
    assert "hands/left.md" in menus.of("hands/left.md")
    assert "hands/right.md" in menus.of("hands/right.md")
