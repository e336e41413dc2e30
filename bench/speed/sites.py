"""The generated sites that are measured: ours, plain MkDocs, and mkdocs-bibtex."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import yaml

from bench.cost import BENCH, ROOT, say
from bench.synthetic import as_bibtex, as_bibtex_citations, generate, without_citations

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BIBTEX_PYTHON = BENCH / "venv/bin/python"
PLAIN = "plain build"
OURS = "our build"
BIBTEX = "mkdocs-bibtex build"
CHECK = "claims check"
# With what the runs before have kept; all other runs have nothing.
UNCHANGED, EDITED = "nothing changed", "one page changed"
CHECK_UNCHANGED, CHECK_EDITED = f"{CHECK}, {UNCHANGED}", f"{CHECK}, {EDITED}"
OURS_EDITED = f"{OURS}, {EDITED}"
_BUILD = ("-m", "mkdocs", "build", "--quiet")
# What a build of this guide reads.
_GUIDE = ("docs", "editions", "includes", "overrides")
_OUR_EXTENSIONS = "guide."
# Settings that name pages of the guide, which other sites do not have.
_NAMES_PAGES = frozenset(("redirects", "packs", "posters", "urgent_page", "help_pages"))
_OUR_PLUGIN = "sourced-guide"


def prepare(folder: Path, pages: int, sources: int) -> dict[str, tuple[list[str], Path]]:
    """Make the three sites; return the command of each kind of run and where it runs."""
    say(f"making {pages} pages and {sources} sources")
    shutil.rmtree(folder, ignore_errors=True)
    ours, plain, bibtex = folder / "ours", folder / "plain", folder / "bibtex"
    for site in (ours, plain, bibtex):
        site.mkdir(parents=True)
        for name in ("includes", "overrides"):
            shutil.copytree(ROOT / name, site / name)
    generate(ours, project=ROOT, pages=pages, sources=sources)
    _copy_docs(ours, plain, without_citations)
    _copy_docs(ours, bibtex, as_bibtex_citations)
    (bibtex / "refs.bib").write_text(as_bibtex(ours / "docs/references"), "utf-8")
    _write_settings(ours, with_ours=True)
    _write_settings(plain, with_ours=False)
    _write_settings(bibtex, with_ours=False, plugin={"bibtex": {"bib_file": "refs.bib"}})
    if not BIBTEX_PYTHON.exists():
        return _commands(ours, plain)
    return {BIBTEX: ([str(BIBTEX_PYTHON), *_BUILD], bibtex), **_commands(ours, plain)}


def prepare_guide(folder: Path) -> dict[str, tuple[list[str], Path]]:
    """Copy this guide, and its pages as plain ones; return the commands as `prepare` does."""
    say("copying the guide")
    shutil.rmtree(folder, ignore_errors=True)
    ours, plain = folder / "ours", folder / "plain"
    for site in (ours, plain):
        for name in _GUIDE:
            shutil.copytree(ROOT / name, site / name)
        for path in ROOT.glob("*.yml"):
            shutil.copy(path, site)
    for path in (plain / "docs").rglob("*.yml"):
        path.unlink()
    for name in ("docs", "includes"):
        _change_pages(plain / name, without_citations)
    _write_settings(plain, with_ours=False, with_pages=True)
    return _commands(ours, plain)


def _commands(ours: Path, plain: Path) -> dict[str, tuple[list[str], Path]]:
    build = [sys.executable, *_BUILD]
    return {
        PLAIN: (build, plain),
        CHECK: (claims_check(ours), ours),
        # Each needs what the one before has kept.
        CHECK_UNCHANGED: (claims_check(ours), ours),
        CHECK_EDITED: (claims_check(ours), ours),
        OURS: (build, ours),
        OURS_EDITED: (build, ours),
    }


def claims_check(site: Path) -> list[str]:
    """Return the command that checks a site."""
    command = Path(sys.executable).with_name("claims")
    return [str(command), "check", "--config", str(site / "mkdocs.yml")]


def _copy_docs(ours: Path, other: Path, change: Callable[[str], str]) -> None:
    shutil.copytree(ours / "docs", other / "docs", ignore=shutil.ignore_patterns("*.yml"))
    _change_pages(other / "docs", change)


def _change_pages(folder: Path, change: Callable[[str], str]) -> None:
    for page in folder.rglob("*.md"):
        page.write_text(change(page.read_text("utf-8")), "utf-8")


def _write_settings(
    site: Path,
    *,
    with_ours: bool,
    with_pages: bool = False,
    plugin: Mapping[str, Mapping[str, str]] | None = None,
) -> None:
    """Write the guide's own mkdocs.yml, with or without its list of pages.

    It is changed as nodes, so that tags such as `!ENV` stay as they are.
    """
    settings = cast("yaml.MappingNode", yaml.compose((ROOT / "mkdocs.yml").read_text("utf-8")))
    if not with_pages:
        settings.value = [pair for pair in settings.value if pair[0].value != "nav"]
    listed = {name.value: node for name, node in settings.value}
    _without_pages(listed["extra"])
    extensions = listed["markdown_extensions"]
    for node in extensions.value:
        if isinstance(node, yaml.MappingNode):
            _without_pages(node.value[0][1])
    if not with_ours:
        extensions.value = [
            node for node in extensions.value if not _first_name(node).startswith(_OUR_EXTENSIONS)
        ]
        plugins = listed["plugins"]
        plugins.value = [node for node in plugins.value if _first_name(node) != _OUR_PLUGIN]
    if plugin:
        # Its environment has Material only, which our theme and templates extend.
        listed["theme"].value = [
            (name, node) for name, node in listed["theme"].value if name.value != "custom_dir"
        ]
        {name.value: node for name, node in listed["theme"].value}["name"].value = "material"
        listed["plugins"].value.append(yaml.compose(yaml.safe_dump(plugin)))
    (site / "mkdocs.yml").write_text(yaml.serialize(settings), "utf-8")


def _without_pages(options: yaml.Node) -> None:
    """Take out of an extension's options what names pages of the guide."""
    if isinstance(options, yaml.MappingNode):
        options.value = [pair for pair in options.value if pair[0].value not in _NAMES_PAGES]


def _first_name(node: yaml.Node) -> str:
    """Return the name of a list's entry, `toc` for both `- toc` and `- toc: {...}`."""
    return str(node.value[0][0].value if isinstance(node, yaml.MappingNode) else node.value)


def prepare_run(kind: str, site: Path, number: int) -> None:
    """Forget what was kept, or change a page."""
    if kind.endswith(EDITED):
        _change_a_page(site / "docs/index.md", f"{kind} {number}")
    elif not kind.endswith(UNCHANGED):
        shutil.rmtree(site / ".cache", ignore_errors=True)


def _change_a_page(page: Path, words: str) -> None:
    text = page.read_text("utf-8").partition("\n\nThis site was measured")[0]
    page.write_text(f"{text}\n\nThis site was measured for {words}.\n{{ .editorial }}\n", "utf-8")
