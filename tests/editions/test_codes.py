"""Each page, and its handouts, have the code and the day of their own content."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from sourced_guide.build.built_site.edition import Edition, PageEditions
from sourced_guide.build.handouts.compile import LAYOUTS
from sourced_guide.build.steps.edition_badge import with_edition
from sourced_guide.claims.report.export import claims_data

from ..commands import run
from ..conftest import guide_of
from ..front_matter import ROOT
from .conftest import BLOCK, PAIN, write

if TYPE_CHECKING:
    from pathlib import Path


def test_a_page_says_when_it_last_changed_and_which_edition_it_is() -> None:
    template = (ROOT / "hooks/sourced_guide/theme/cs/changed.html").read_text("utf-8")
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
    made = {f"{name}-{layout}.pdf" for name in ("legs", "guide") for layout in LAYOUTS}
    assert changed == {*made, "guide-fold.pdf"}
