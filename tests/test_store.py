"""What is kept between runs changes nothing but the time.

Every test checks a project with its store and without one, and compares all that comes of it.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings, strategies

from bench.mutation.texts import text_mutants
from sourced_guide.build.checks import processes
from sourced_guide.claims.markdown.extension import page_reader, read_guide
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.project.store import store as store_module
from sourced_guide.claims.project.store import versions
from sourced_guide.claims.project.store.store import FOLDER, Store
from sourced_guide.claims.report.export import claims_data
from sourced_guide.claims.rules import check

from .commands import BIN, run, run_here
from .conftest import FIXTURES, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TEXTS = sorted(
    path for path in FIXTURES.rglob("*.md") if path.parent.name in ("fail", "pass", "includes")
)
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><title>A {0}</title><text>{0}</text></svg>'
GLOSSARY = (
    "Cord\nNerves\n:   Legs may feel weak. [@spine#legs]\n\nBone\n:   It hurts. [@spine#pain]\n"
)
SETTINGS = "\n".join(
    (
        "site_name: Legs{0}",
        "extra_css: [style.css]",
        "markdown_extensions:",
        "  - attr_list",
        "  - def_list{1}",
        "  - pymdownx.snippets: {{base_path: [includes]}}",
        "  - guide.claims: {{reading_budget: {{page: 2, whole: 2}}, medical_terms: [{2}]}}",
        "  - guide.glossary",
        "  - guide.drawings",
    )
)


def outcome(config: Path, *, with_store: bool) -> str:
    """Check a project; return its findings and its claims.json, or why it cannot be checked."""
    try:
        project = load_project(config, config.parent, with_store=with_store)
        guide = read_guide(project)
        found = [finding.as_dict() for finding in check(guide)]
        claims = claims_data(guide)
    except UnusableProjectError as error:
        return str(error)
    project.store.save()
    return json.dumps([found, claims])


def is_same(config: Path) -> bool:
    return outcome(config, with_store=True) == outcome(config, with_store=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return made_project(tmp_path)


def made_project(tmp_path: Path) -> Path:
    """Make a project of a few pages with findings of many kinds; return its settings."""
    shutil.copytree(FIXTURES / "references", tmp_path / "docs/references")
    shutil.copytree(FIXTURES / "includes", tmp_path / "includes")
    for number, text in enumerate(random.Random(1).sample(TEXTS, 6)):
        shutil.copy(text, tmp_path / f"docs/page-{number}.md")
    (tmp_path / "docs/glossary.md").write_text(GLOSSARY)
    (tmp_path / "docs/style.css").write_text("em { display: none }\n")
    (tmp_path / "docs/leg.svg").write_text(DRAWING.format("leg"))
    (tmp_path / "docs/drawn.md").write_text(
        '![A leg](leg.svg){ .drawing }\n\n--8<-- "warning.md"\n\nThe cord hurts.\n'
    )
    (tmp_path / "mkdocs.yml").write_text(SETTINGS.format("", "", "cord"))
    return tmp_path / "mkdocs.yml"


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
        lambda: _replace(page, word, rng.choice(("not", "always", "in 5 of 10", other))),
        lambda: _replace(passage, word, rng.choice(("never", "arms", "5 percent", other))),
        lambda: shutil.copy(FIXTURES / "references" / passage.name, passage),
        lambda: (docs / "glossary.md").write_text(GLOSSARY.replace("Nerves", other)),
        lambda: (docs / "glossary.md").write_text(GLOSSARY),
        lambda: _replace(folder / "includes/warning.md", "e", rng.choice("aeiou")),
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


def _replace(path: Path, old: str, new: str) -> None:
    if path.exists():
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


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
            _replace(path, old, new)
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


def kept(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / FOLDER).rglob("*.json"))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"[", b"(", 1),
        lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
        lambda data: data.partition(b"\n")[0] + b"\n[]",
        lambda data: b"\xff" * 99,
    ],
)
def test_a_spoilt_file_is_not_believed(project: Path, spoil: Callable[[bytes], bytes]) -> None:
    outcome(project, with_store=True)
    files = kept(project.parent)
    whole = {path: path.read_bytes() for path in files}
    for path in files:
        path.write_bytes(spoil(whole[path]))
    assert is_same(project)
    assert {path: path.read_bytes() for path in files} == whole


def test_one_page_is_not_taken_for_another(project: Path) -> None:
    outcome(project, with_store=True)
    first, second, *_ = [path for path in kept(project.parent) if path.parent.name == "pages"]
    shutil.copy(first, second)
    assert is_same(project)


def test_a_page_is_parsed_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome(project, with_store=True)
    _replace(project.parent / "docs/drawn.md", "hurts", "is weak")
    reader = page_reader(load_project(project, project.parent, with_store=True))
    parsed: list[str] = []
    monkeypatch.setattr(reader, "_parse", lambda _, paths: parsed.extend(paths))
    with pytest.raises(KeyError):
        reader.guide()
    assert parsed == ["drawn.md"]


@pytest.mark.parametrize(
    "extension", ["pymdownx.b64", "pymdownx.snippets: {auto_append: [a.md], base_path: [includes]}"]
)
def test_pages_of_extensions_that_may_read_anything_are_not_kept(
    project: Path, extension: str
) -> None:
    settings = project.read_text("utf-8")
    project.write_text(f"{settings}\n  - {extension}\n", "utf-8")
    (project.parent / "includes/a.md").write_text("")
    outcome(project, with_store=True)
    assert not [path for path in kept(project.parent) if path.parent.name == "pages"]


def test_other_versions_have_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "program"
    program.mkdir()
    monkeypatch.setattr(versions, "files", lambda _: program)
    seen = set()

    def note() -> int:
        versions.versions_digest.cache_clear()
        seen.add(versions.versions_digest())
        return len(seen)

    assert note() == 1
    (program / "rule.py").write_text("a")
    assert note() == 2
    (program / "rule.py").rename(program / "lexicon.yml")
    assert note() == 3
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "Markdown-9.9.dist-info").mkdir()
    assert note() == 4
    (tmp_path / "Markdown-9.9.dist-info").rename(tmp_path / "Markdown-9.10.dist-info")
    assert note() == 5
    monkeypatch.setattr(sys, "version", "3.99")
    assert note() == 6
    monkeypatch.undo()
    versions.versions_digest.cache_clear()


def test_what_is_kept_is_bounded(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome(project, with_store=True)
    before = kept(project.parent)
    os.utime(before[0], (1, 1))
    monkeypatch.setattr(store_module, "_LARGEST", 1)
    (project.parent / "docs/new.md").write_text("It hurts.\n")
    store = Store(project.parent / FOLDER)
    store.keep("new.json", 1)
    store.save()
    assert [path.name for path in kept(project.parent)] == ["new.json"]


def test_without_a_cache_nothing_is_read_or_written(project: Path) -> None:
    folder = project.parent
    result = run_here("guide", "check", "--no-cache", cwd=folder)
    assert not (folder / ".cache").exists()
    for _ in range(2):
        assert run_here("guide", "check", cwd=folder).stdout == result.stdout
    for path in kept(folder):
        path.write_text("spoilt")
    assert run_here("guide", "check", "--no-cache", cwd=folder).stdout == result.stdout
    assert all(path.read_text() == "spoilt" for path in kept(folder))
    run_here("guide", "clean", cwd=folder)
    assert not (folder / ".cache").exists()


@pytest.mark.parametrize("option", ["--jobs=2", "--no-cache"])
def test_several_processes_find_what_one_does(
    project: Path, option: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "_FEWEST_PAGES", 1)
    folder = project.parent
    expected = run_here("guide", "check", "--no-cache", cwd=folder).stdout
    assert run_here("guide", "check", "--jobs=2", option, cwd=folder).stdout == expected
    assert bool(kept(folder)) == (option == "--jobs=2")
    assert run_here("guide", "check", cwd=folder).stdout == expected
    _replace(folder / "docs/drawn.md", "hurts", "is weak")
    changed = run_here("guide", "check", "--jobs=2", cwd=folder).stdout
    assert changed == run_here("guide", "check", "--no-cache", cwd=folder).stdout != expected


def test_a_folder_that_cannot_be_written_to_is_no_error(project: Path) -> None:
    (project.parent / ".cache").write_text("")
    assert is_same(project)


def test_two_checks_at_once_and_one_that_is_killed(project: Path) -> None:
    folder = project.parent
    expected = run("guide", "check", "--no-cache", cwd=folder).stdout
    command = [str(BIN / "guide"), "check"]
    environment = {"PATH": str(BIN), "SOURCE_DATE_EPOCH": os.environ["SOURCE_DATE_EPOCH"]}
    both = [
        subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True, env=environment)
        for _ in range(2)
    ]
    assert [each.communicate()[0] for each in both] == [expected] * 2
    shutil.rmtree(folder / ".cache")
    for milliseconds in (300, 500):
        with subprocess.Popen(
            command, cwd=folder, stdout=subprocess.DEVNULL, env=environment
        ) as killed:
            time.sleep(milliseconds / 1000)
            killed.send_signal(signal.SIGKILL)
        assert run_here("guide", "check", cwd=folder).stdout == expected


def test_nothing_is_kept_of_a_guide_that_is_changed_in_memory(project: Path) -> None:
    guide = read_guide(load_project(project, project.parent))
    assert not guide.project.store.is_open
    assert check(replace(guide)) == check(guide)
