"""A small project, the pack of it, and a person who answers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from sourced_guide.build.review_pack.pack_data import pack_data
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.cli.main import main

from ..few_pages import write_settings_and_sources

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sourced_guide.claims.project.guide import Guide

PAIN = "The pain is often worse at night."
LEGS = "Legs may feel weak or heavy."
PAGE = f"""\
---
title: {{title}}
reviewed: 2026-11-21
next-review: 2999-11-21
reviewer: none yet
---

# {{title}}

{PAIN} [@spine#pain]

## How legs can feel

{LEGS} [@spine#legs; @legs#legs]
"""
JANE = {"name": "Jane Doe", "role": "spine nurse", "interests": "none"}
JOHN = {"name": "John Roe", "role": "surgeon", "interests": "Paid talks."}
AT = "2026-11-30T10:05:00Z"


@dataclass
class Reviewed:
    """A project of two pages that say the same, and the command as an editor runs it."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    reviewer: Mapping[str, str] = field(default_factory=lambda: JANE)

    @property
    def guide(self) -> Guide:
        return read_guide(load_project(self.folder / "mkdocs.yml"))

    def run(self, *arguments: str) -> tuple[int, str]:
        code = main(arguments)
        shown = self.capsys.readouterr()
        return code, shown.out + shown.err

    def pack(self, *paths: str) -> dict[str, Any]:
        guide = self.guide
        asked = paths or [page.file.path for page in guide.pages]
        return pack_data(guide, asked, "Dr N", "A guide", {})

    def answers(
        self,
        pack: Mapping[str, Any],
        answers: Mapping[str, str],
        by: Mapping[str, str] = JANE,
        **more: str,
    ) -> Path:
        """Write the file of answers that a browser saves: to claims, agree or another answer."""
        ids = {question["claim"]: question["id"] for question in pack["questions"]}
        given = [
            {"id": ids[claim], "claim": claim, "answer": answer, "comment": "", "at": AT, **more}
            for claim, answer in answers.items()
        ]
        told = {
            "format": "sourced-guide review answers 1",
            "pack": pack["id"],
            "reviewer": by,
            "answers": given,
        }
        file = self.folder / "answers.json"
        file.write_text(json.dumps(told), "utf-8")
        return file

    def take(self, answers: Mapping[str, str], *options: str, **more: Any) -> tuple[int, str]:
        """Make a pack, answer and take the answers."""
        return self.run("review", "take", str(self.answers(self.pack(), answers, **more)), *options)

    def log(self, name: str = "jane-doe") -> Path:
        return self.folder / f"reviews/{name}.yml"

    def findings(self, code: str) -> list[str]:
        return self.run("check", "--select", code)[1].splitlines()

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def project(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Reviewed:
    write_settings_and_sources(tmp_path)
    for name in ("index", "legs"):
        (tmp_path / f"docs/{name}.md").write_text(PAGE.format(title=f"About {name}"), "utf-8")
    monkeypatch.chdir(tmp_path)
    return Reviewed(tmp_path, capsys)
