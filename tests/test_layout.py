"""The layout: how long a module is, how full a folder, how long a chain of imports.

Which layer may import which is held by import-linter.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import grimp
import pytest

from .conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = ROOT / "hooks/sourced_guide"
MOST_LINES = 300
MOST_MODULES = 12
FOLDERS = sorted({path.parent for path in PACKAGE.rglob("*.py")})


def _name(path: Path) -> str:
    return str(path.relative_to(PACKAGE.parent))


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=_name)
def test_a_module_can_be_read_at_once(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_a_folder_can_be_surveyed_at_once(folder: Path) -> None:
    modules = sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
    assert len(modules) <= MOST_MODULES, ", ".join(modules)


@pytest.mark.parametrize(
    ("package", "most"), [("sourced_guide.claims", 8), ("sourced_guide", 12)], ids=str
)
def test_no_chain_of_imports_is_long(package: str, most: int) -> None:
    chain = _longest_chain(package)
    assert len(chain) - 1 <= most, "\n  imports ".join(chain)


def _longest_chain(package: str) -> tuple[str, ...]:
    """Return the longest chain of imports at run time, those inside functions too."""
    graph = grimp.build_graph("sourced_guide", exclude_type_checking_imports=True, cache_dir=None)

    @cache
    def chain_from(module: str) -> tuple[str, ...]:
        inside = (
            imported
            for imported in graph.find_modules_directly_imported_by(module)
            if f"{imported}.".startswith(f"{package}.")
        )
        return (module, *max(map(chain_from, inside), key=len, default=()))

    modules = (module for module in graph.modules if f"{module}.".startswith(f"{package}."))
    return max(map(chain_from, sorted(modules)), key=len)
