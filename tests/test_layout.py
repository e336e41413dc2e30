"""The layout: how many modules a folder holds, how long a file is, how far imports reach."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from .conftest import ROOT

PACKAGE = ROOT / "hooks/sourced_guide"
ENGINE = "sourced_guide.claims"
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 300


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT / "hooks").with_suffix("").parts).removesuffix(
        ".__init__"
    )


def imported(path: Path) -> set[str]:
    """The modules of the package that one imports as it runs, in its functions, too."""
    known = {name_of(module) for module in MODULES}
    found: set[str] = set()
    waiting: list[ast.AST] = [ast.parse(path.read_text("utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        if isinstance(node, ast.ImportFrom) and node.module in known:
            inner = {f"{node.module}.{alias.name}" for alias in node.names} & known
            found |= inner or {node.module}
        waiting += ast.iter_child_nodes(node)
    return found - {name_of(path)}


@cache
def graph() -> dict[str, set[str]]:
    return {name_of(path): imported(path) for path in MODULES}


def longest_chain(inside: str) -> list[str]:
    """The longest chain of imports among the modules whose names begin with `inside`."""

    @cache
    def chain(module: str) -> tuple[str, ...]:
        further = [chain(to) for to in graph()[module] if to.startswith(inside)]
        return (module, *max(further, key=len, default=()))

    return list(max((chain(module) for module in graph() if module.startswith(inside)), key=len))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_short_enough_to_be_read_at_once(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


def test_imports_lead_in_no_circle() -> None:
    assert longest_chain("sourced_guide")


def print_chains() -> None:
    for inside in (ENGINE, "sourced_guide"):
        found = longest_chain(inside)
        print(inside, len(found) - 1, found)
    for folder in sorted({path.parent for path in MODULES}):
        count = len([path for path in folder.glob("*.py") if path.name != "__init__.py"])
        if count > 12:
            print(folder.relative_to(ROOT), count)
