"""Whatever is edited, a check with its store finds what a new one does."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings, strategies

from bench.mutation.texts import text_mutants
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.project.mkdocs_config import load_project

from .conftest import FIXTURES, ROOT
from .kept_projects import DRAWING, GLOSSARY, SETTINGS, TEXTS, is_same, made_project, replace_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return made_project(tmp_path)


def edit(folder: Path, rng: random.Random) -> None:
    """Change a project at random, as an editor may."""
    docs = folder / "docs"
    page = docs / f"page-{rng.randrange(8)}.md"
    passage = docs / "references" / rng.choice(("spine.yml", "legs.yml"))
    word, other = rng.choice(("may", "often", "worse", "weak", "legs", "pain")), str(rng.random())
    changes: list[Callable[[], object]] = [
        lambda: shutil.copy(rng.choice(TEXTS), page),
        lambda: shutil.copy(rng.choice(TEXTS), page),
        lambda: page.unlink(missing_ok=True),
        lambda: replace_in(page, word, rng.choice(("not", "always", "in 5 of 10", other))),
        lambda: replace_in(passage, word, rng.choice(("never", "arms", "5 percent", other))),
        lambda: shutil.copy(FIXTURES / "references" / passage.name, passage),
        lambda: (docs / "glossary.md").write_text(GLOSSARY.replace("Nerves", other)),
        lambda: (docs / "glossary.md").write_text(GLOSSARY),
        lambda: replace_in(folder / "includes/warning.md", "e", rng.choice("aeiou")),
        lambda: (docs / "leg.svg").write_text(DRAWING.format(other)),
        lambda: (docs / "leg.svg").unlink(missing_ok=True),
        lambda: (docs / "style.css").write_text(
            rng.choice(
                ("em { display: none }", "p::after { content: 'x y' }", "", '@import "b.css"')
            )
        ),
        lambda: (docs / "b.css").write_text("/* allow SRC009: x */\nh2 { display: none }"),
        lambda: (folder / "mkdocs.yml").write_text(
            SETTINGS.format(
                rng.choice(("", " cure pain")),
                rng.choice(("", "\n  - footnotes", "\n  - smarty")),
                rng.choice(("cord", "bone, legs")),
            )
        ),
    ]
    rng.choice(changes)()


@pytest.mark.parametrize("seed", range(3))
def test_after_any_edit_a_kept_check_is_a_new_one(project: Path, seed: int) -> None:
    rng = random.Random(seed)
    assert is_same(project)
    for _ in range(15):
        edit(project.parent, rng)
        assert is_same(project)


@pytest.mark.exhaustive
@settings(max_examples=60, deadline=None)
@given(rng=strategies.randoms(use_true_random=False), edits=strategies.integers(1, 12))
def test_after_many_edits_a_kept_check_is_a_new_one(
    tmp_path_factory: pytest.TempPathFactory, rng: random.Random, edits: int
) -> None:
    """Hypothesis draws the edits, and looks for the fewest of them that make a difference."""
    project = made_project(tmp_path_factory.mktemp("edits"))
    assert is_same(project)
    for _ in range(edits):
        edit(project.parent, rng)
        assert is_same(project)


@pytest.mark.exhaustive
def test_every_kind_of_fault_in_the_guide_is_found_with_a_store(tmp_path: Path) -> None:
    for name in ("docs", "includes", "overrides"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    config = tmp_path / "mkdocs.yml"
    assert is_same(config)
    made = 0
    for changes in drawn_mutants(tmp_path, rounds=20, at_once=15):
        before = {path: path.read_text("utf-8") for path, _, _ in changes}
        for path, old, new in changes:
            replace_in(path, old, new)
        assert is_same(config)
        made += len(changes)
        for path, text in before.items():
            path.write_text(text, "utf-8")
    assert made == 300


def drawn_mutants(folder: Path, rounds: int, at_once: int) -> Iterator[list[tuple[Path, str, str]]]:
    """Draw mutants of the guide by kind, as changes of its files."""
    by_kind: dict[str, list[tuple[Path, str, str]]] = {}
    for kind, path, old, new in _mutants(folder):
        if old in path.read_text("utf-8"):
            by_kind.setdefault(kind, []).append((path, old, new))
    rng = random.Random(1)
    for _ in range(rounds):
        kinds = rng.choices(sorted(by_kind), k=at_once)
        yield [rng.choice(by_kind[kind]) for kind in kinds]


def _mutants(folder: Path) -> Iterator[tuple[str, Path, str, str]]:
    """Yield the kinds of mutants that `make mutate` makes, of pages and of passages."""
    guide, rng = read_guide(load_project(folder / "mkdocs.yml", folder)), random.Random(1)
    for file, page in guide.pages:
        path = folder / "docs" / file.path
        for claim in rng.sample(page.claims, min(len(page.claims), 5)):
            cited = guide.references.passages(claim.citations).values()
            for made in text_mutants(claim.text, [each.says for each in cited], rng):
                yield made.kind, path, claim.text, made.text
        for citation in rng.sample(page.citations, min(len(page.citations), 3)):
            other = rng.choice(page.citations)
            yield "citation: swapped", path, citation.written, other.written
            yield "citation: misspelt", path, citation.written, f"{citation.written}x"
            yield "citation: taken out", path, f"[{citation.written}]", ""
    for source in guide.references.sources.values():
        for passage in list(source.passages.values())[:1]:
            path = folder / passage.source_file
            for made in text_mutants(passage.says, [passage.says], rng):
                yield f"passage: {made.kind}", path, passage.says, made.text
