"""Interfaces that other packages do not promise to keep: those that we rely on are as they were.

A failure names what has changed, where it was read, and what of ours to look at.
"""

from __future__ import annotations

import ast
import re
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from sourced_guide.claims.model import third_party
from sourced_guide.claims.model.third_party import INTERFACES, PrivateInterface

from .conftest import ROOT
from .private_interfaces import CHECKS

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = ROOT / "hooks/sourced_guide"
PRIVATE_NAMES = {
    *("_actions", "htmlStash", "rawHtmlBlocks", "parseDocument", "yaml_implicit_resolvers"),
}
PRIVATE_MODULES = re.compile(
    r"markdown\.(?:util|core|extensions\.footnotes)$|zensical|mkdocs\.(?:commands|contrib)"
)


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        # A part of Python itself.
        return sys.version.split()[0]


def _check(interface: PrivateInterface, folder: Path) -> None:
    try:
        CHECKS[interface.package, interface.name](folder)
    except Exception as error:
        raise AssertionError(
            f"{interface.package} {_installed(interface.package)} has changed its "
            f"{interface.name}.\n"
            f"We rely on this: {interface.relied_on}.\n"
            f"It was read at {interface.source}\n"
            f"Look at it there and in the new version; what uses it: {interface.used_by}"
        ) from error


@pytest.mark.parametrize(
    "interface", INTERFACES, ids=lambda known: f"{known.package}: {known.name}"
)
def test_what_we_rely_on_is_as_it_was(
    interface: PrivateInterface, small_project: Path, tmp_path: Path
) -> None:
    _check(interface, Path(shutil.copytree(small_project, tmp_path / "project")))


def test_a_change_is_reported_with_what_to_look_at(monkeypatch: pytest.MonkeyPatch) -> None:
    stash = SimpleNamespace(htmlStash=SimpleNamespace(blocks=[]))
    monkeypatch.setitem(
        CHECKS,
        ("Markdown", "placeholders"),
        lambda _: third_party.stashed_html(stash),  # type: ignore[arg-type]
    )
    with pytest.raises(AssertionError) as failed:
        _check(INTERFACES[0], Path())
    said = str(failed.value)
    assert f"Markdown {version('Markdown')} has changed its placeholders" in said
    assert "markdown/util.py#L" in said
    assert "claims/markdown/segments/inline_reader.py" in said


def test_every_interface_has_an_address_that_does_not_move() -> None:
    assert {(known.package, known.name) for known in INTERFACES} == CHECKS.keys()
    for known in INTERFACES:
        # A tag, never a branch.
        assert re.fullmatch(
            r"https://github\.com/[\w.-]+/[\w.-]+/blob/v?\d[\d.]*/[\w./-]+#L\d+(?:-L\d+)?",
            known.source,
        ), known.source


def _uses(path: Path) -> Iterator[str]:
    """Yield the private interfaces that a module reaches for by itself."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in PRIVATE_NAMES:
            yield node.attr
        # Of Zensical, and of MkDocs beyond its documented modules, nothing is imported at all.
        if isinstance(node, ast.ImportFrom) and PRIVATE_MODULES.match(node.module or ""):
            yield node.module or ""


def test_no_other_module_uses_them() -> None:
    modules = [path for path in PACKAGE.rglob("*.py") if path != Path(third_party.__file__)]
    used = {path.relative_to(PACKAGE).as_posix(): list(_uses(path)) for path in modules}
    assert {path: names for path, names in used.items() if names} == {}
    assert set(_uses(Path(third_party.__file__))) >= {"rawHtmlBlocks", "markdown.util"}
