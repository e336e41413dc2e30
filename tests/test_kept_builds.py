"""A build that renders only what has changed writes the same site, and says the same."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from sourced_guide.claims.language.tokens import clear_text_caches, tokens_of
from sourced_guide.claims.project.store.store import FOLDER

from .commands import run

if TYPE_CHECKING:
    from pathlib import Path

GLOSSARY = """\
---
title: Words
reviewed: 2026-11-21
next-review: 2999-11-21
reviewer: none yet
---

# Words

Legs
:   Legs may feel weak or heavy. [@spine#legs]
"""


def built(project: Path) -> tuple[dict[str, bytes], str]:
    """Build a project; return its site, and what was said."""
    shutil.rmtree(project / "site", ignore_errors=True)
    result = run("mkdocs", "build", cwd=project)
    site = project / "site"
    files = {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }
    # The last line says how long it took.
    said = [line for line in result.stderr.splitlines() if "built in" not in line]
    return files, "\n".join(said).replace(str(project), "")


def rendered(project: Path) -> set[Path]:
    return set((project / FOLDER).rglob("rendered/*"))


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_build_of_what_has_changed_is_a_whole_build(small_project: Path, tmp_path: Path) -> None:
    kept, new = tmp_path / "kept", tmp_path / "new"
    shutil.copytree(small_project, kept)
    index, legs = kept / "docs/index.md", kept / "docs/legs.md"
    link = "See [how legs feel](legs.md#how-legs-can-feel).\n{ .editorial }\n"
    index.write_text(f"{index.read_text('utf-8')}\n{link}", "utf-8")

    built(kept)
    pages = rendered(kept)
    assert len(pages) == 2

    def built_anew() -> tuple[dict[str, bytes], str]:
        shutil.rmtree(new, ignore_errors=True)
        shutil.copytree(kept, new, ignore=shutil.ignore_patterns(".cache", "site"))
        return built(new)

    # The words of a page and what its source says, and a term that is marked on both pages.
    replace_in(index, "often worse", "sometimes worse")
    replace_in(kept / "docs/references/spine.yml", "often worse", "sometimes worse")
    (kept / "docs/glossary.md").write_text(GLOSSARY, "utf-8")
    assert built(kept) == built_anew()
    # The page with the link has not changed, and its link leads nowhere now. What MkDocs says of a
    # link on the other page is said by every build.
    pages = rendered(kept)
    replace_in(legs, "## How legs can feel", "## [Legs](missing.md)")
    expected = built_anew()
    assert "#how-legs-can-feel" in expected[1]
    assert "missing.md" in expected[1]
    assert built(kept) == built(kept) == expected
    assert rendered(kept) == pages


def test_a_build_forgets_what_rules_have_read_of_texts() -> None:
    assert tokens_of("Legs may feel weak.")
    clear_text_caches()
    assert not tokens_of.cache_info().currsize
