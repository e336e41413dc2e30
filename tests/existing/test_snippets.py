"""Snippets of VS Code: `[@` completes with keys and passages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..commands import run_here
from .sites import sourced_site

if TYPE_CHECKING:
    from pathlib import Path


def test_every_passage_is_a_snippet(tmp_path: Path) -> None:
    site = sourced_site(tmp_path)
    written = run_here("guide", "source", "snippets", cwd=site)
    assert written.stdout.startswith(".vscode/sources.code-snippets: 1 passage;")
    snippets = json.loads((site / ".vscode/sources.code-snippets").read_text("utf-8"))
    assert snippets == {
        "@chain-book#wear": {
            "scope": "markdown",
            "prefix": "@chain-book#wear",
            "body": "@chain-book#wear",
            "description": "A chain wears as it is used. (The chain book)",
        }
    }
