"""Making the handouts: the same from the same, only what is new, and the rest where one fails.

Handouts are made by Typst in processes of their own, which takes a second or more.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from sourced_guide.build.built_site.site import BuiltSite
from sourced_guide.build.handouts.compile import LAYOUTS, compile_pdf, gather_fonts
from sourced_guide.build.handouts.document import handout
from sourced_guide.build.handouts.page_model import read_site
from sourced_guide.build.handouts.template.parts import with_template
from sourced_guide.cli.deprecated import handouts as main

from .conftest import Made, copy_site, make, pdf, spoil

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_same_input_gives_the_same_bytes(made: Made, tmp_path: Path) -> None:
    built = read_site(BuiltSite(made.site))
    page = built.page("your-spine.md")
    assert page is not None
    for layout in LAYOUTS:
        again = compile_pdf(handout(built, page), layout, gather_fonts(tmp_path / layout))
        assert again == pdf(made, "your-spine", layout).read_bytes()


def test_a_failing_page_names_itself_and_the_rest_are_made(made: Made, tmp_path: Path) -> None:
    """Takes more than a second: handouts are made in processes of their own."""
    site = copy_site(made.site, tmp_path / "site", ("index.md", "tests.md", "compare.md"))
    spoil(site / "tests/index.html", "<p>Smile 😀 please</p>")
    spoil(site / "compare/index.html", "<p><video></video></p>")
    (site / "handouts").mkdir()
    (site / "handouts/tests-a4.pdf").write_bytes(b"of an earlier run")
    result = make(site, tmp_path / "cache")
    assert result.returncode == 1
    line = (site / "tests/index.html").read_text("utf-8").partition("Smile")[0].count("\n") + 1
    assert (
        f"{site}/tests/index.html:{line}:1: BLD012 the font has no “😀”: <p> “Smile 😀 please” "
        "(character-not-in-font)"
    ) in result.stderr
    assert "BLD011 <video>: handouts have no way to show <video> here" in result.stderr
    assert "guide-a4.pdf:1:1: BLD013 the booklet is not made" in result.stderr
    assert result.stderr.endswith("handouts: 3 findings\n")
    assert "Traceback" not in result.stderr
    left = sorted(file.name for file in (site / "handouts").iterdir())
    assert left == ["start-a4.pdf", "start-large.pdf", "start-letter.pdf"]


def test_only_what_changed_is_made_again(made: Made, tmp_path: Path) -> None:
    """Takes three seconds: it makes handouts three times, each in processes of their own."""
    site = copy_site(made.site, tmp_path / "site", ("index.md", "tests.md"))
    assert "10 made, 0 unchanged" in make(site, tmp_path / "cache").stdout
    shutil.rmtree(site / "handouts")
    assert "0 made, 10 unchanged" in make(site, tmp_path / "cache").stdout
    spoil(site / "tests/index.html", "<p>New.</p>")
    # The page, and the booklet that it is in.
    assert "7 made, 3 unchanged" in make(site, tmp_path / "cache").stdout
    assert len(list((tmp_path / "cache").glob("*.pdf"))) == 10


def test_a_folder_without_a_site_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path)]) == 2
    assert "make site" in capsys.readouterr().err


def test_a_handout_has_only_the_files_of_the_template_that_it_uses() -> None:
    own = {"booklet": "booklet", "pack": "pack", "poster": "poster", "fill-in-sheet": "field"}
    whole = {function: with_template(f"{function}()") for function in ("handout", *own)}
    for function, defined in own.items():
        with_it = [name for name, text in whole.items() if f"#let {defined}(" in text]
        assert with_it == [function]
    assert all("#let handout(" in text for text in whole.values())
