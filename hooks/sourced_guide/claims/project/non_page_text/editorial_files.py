"""Files of code that declare, in a comment at the top, to print only text about the guide."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sourced_guide.claims.project.project import Project

_EDITORIAL = re.compile(
    r"\A\s*(?:(?:\{#-?|/\*|<!--)\s*editorial:(?P<reason>.+?)(?:-?#\}|\*/|-->)"
    r"|//\s*editorial:(?P<line>[^\n]+))",
    re.DOTALL,
)


@dataclass(frozen=True)
class EditorialFile:
    """A file of code that declares itself editorial, and its reason."""

    file: str
    reason: str


def editorial_files(project: Project) -> Iterator[EditorialFile]:
    """Yield the templates, style sheets and scripts that declare themselves editorial."""
    for path in project.code_files:
        if match := _EDITORIAL.match(read_code(path)):
            reason = match["reason"] or match["line"]
            yield EditorialFile(project.shown(path), " ".join(reason.split()))


def is_editorial(content: str) -> bool:
    """Say whether a file of code declares itself editorial."""
    return bool(_EDITORIAL.match(content))


def read_code(path: Path) -> str:
    """Return a file of code, or nothing where it cannot be read."""
    try:
        return path.read_text("utf-8-sig", errors="replace")
    except OSError:
        return ""
