"""Edits of a project's files, for tests that look at what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def replace_in(file: str, old: str, new: str) -> Callable[[Path], None]:
    """Return an edit of a project's folder: every `old` in a file, which has it, becomes `new`."""

    def edit(project: Path) -> None:
        path = project / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return edit
