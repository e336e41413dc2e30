"""A project with two claims, and a person who confirms them."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from sourced_guide.claims.project.review_logs import read_review_logs
from sourced_guide.claims.review.matching import ReviewStatus
from sourced_guide.claims.review.reviews import active_confirmations, review_links
from sourced_guide.cli.main import claims as main

from ..conftest import guide_of
from ..few_pages import write_settings_and_sources

if TYPE_CHECKING:
    from pathlib import Path

    from sourced_guide.claims.model.confirmation import Confirmation

NURSE = "Jane Doe, spine nurse"


PAIN = "The pain is often worse at night."


LEGS = "Legs may feel weak or heavy."


PAGE = f"{PAIN} [@spine#pain]\n\n{LEGS} [@spine#legs; @legs#legs]\n"


ENTRY = {
    "file": "docs/page.md",
    "claim": PAIN,
    "passage": "spine#pain",
    "fingerprint": "0" * 32,
    "by": NURSE,
    "on": "2026-11-20",
}


@dataclass
class Project:
    """A project of one page with three pairs, and the command as a person runs it."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    @property
    def page(self) -> Path:
        return self.folder / "docs/page.md"

    @property
    def spine(self) -> Path:
        return self.folder / "docs/references/spine.yml"

    @property
    def file(self) -> Path:
        return self.folder / "reviews/jane-doe.yml"

    def confirm(self, answers: str, *arguments: str, by: str = NURSE) -> tuple[int, str]:
        """Return the exit code and what was shown."""
        self.monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
        return self.run("confirm", *arguments, "--by", by)

    def run(self, *arguments: str) -> tuple[int, str]:
        code = main(arguments)
        shown = self.capsys.readouterr()
        return code, shown.out + shown.err

    def states(self) -> dict[tuple[str, str], ReviewStatus]:
        """Return the state of each pair by its claim and citation."""
        reviews = review_links(guide_of(self.folder / "mkdocs.yml")).links
        return {(each.link.claim, each.link.reference): each.status for each in reviews}

    def count(self) -> tuple[int, ...]:
        """Return how many pairs are confirmed, stale and never confirmed."""
        states = list(self.states().values())
        return tuple(states.count(state) for state in ReviewStatus)

    def edit(self, path: Path, old: str, new: str) -> None:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def entries(self) -> list[Confirmation]:
        """Return what holds, in a stable order."""
        return sorted(active_confirmations(read_review_logs(self.folder)))


@pytest.fixture
def session(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Project:
    write_settings_and_sources(tmp_path)
    (tmp_path / "docs/page.md").write_text(PAGE, "utf-8")
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path, capsys, monkeypatch)


@pytest.fixture
def confirmed(session: Project) -> Project:
    """The project after a person has said yes to all three pairs."""
    session.confirm("y\ny\ny\n")
    assert session.count() == (3, 0, 0)
    return session
