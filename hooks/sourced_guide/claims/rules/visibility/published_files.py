"""Published files besides pages, which a reader can open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sourced_guide.claims.language.labels import stated_in_label
from sourced_guide.claims.language.markup.css_text import svg_has_text
from sourced_guide.claims.model.place import Place
from sourced_guide.claims.project.review_logs import REVIEWS
from sourced_guide.claims.project.source_library import REFERENCES
from sourced_guide.claims.rules.visibility.unchecked_text import UncheckedText

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sourced_guide.claims.project.guide import Guide

# Images and fonts, whose words no program can read, and code that takes effect only where a page
# loads it. Readers can open and read anything else.
_NOT_READ = {
    *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico", ".bmp"),
    *(".woff", ".woff2", ".ttf", ".otf", ".eot"),
    *(".css", ".js", ".mjs", ".map", ".wasm"),
}
_MACHINE_READABLE = {"robots.txt", "humans.txt", "security.txt", "llms.txt", "ads.txt"}
_HOST_SETTINGS = {"CNAME", "_headers", "_redirects"}
# Templates, style sheets and scripts of the project.
_CODE_SUFFIXES = {".html", ".htm", ".xml", ".css", ".js", ".mjs"}
_FIELD = re.compile(r"^\s*#*\s*(?:[\w-]+\s*:)?\s*")


def published_texts(guide: Guide) -> Iterator[UncheckedText]:
    """Yield every file that a reader can open and no rule checks."""
    for path in _published_files(guide):
        if within := _readable(path):
            yield UncheckedText(Place(guide.project.shown(path)), within, "")


def _published_files(guide: Guide) -> Iterator[Path]:
    """Yield the files that a reader can open besides pages, including those of the theme's folder.

    The checker's own files and drawings that pages embed are left out.
    """
    project = guide.project
    not_published = {*guide.drawings, *(project.folder / name for name in project.options.files)}
    for path in project.static_files():
        # A source with a wrong suffix is LIB001.
        is_source = path.parent == project.docs / REFERENCES and path.suffix in (".yml", ".yaml")
        # A docs folder may be the project's own.
        is_log = path.parent == project.folder / REVIEWS
        if not is_source and not is_log and path not in not_published:
            yield path
    yield from (path for path in project.code_files if path.suffix.lower() not in _CODE_SUFFIXES)


def _readable(path: Path) -> str:
    """Return what a published file is to a reader, or nothing if it has no readable text."""
    suffix = path.suffix.lower()
    if suffix in _NOT_READ or path.name in _HOST_SETTINGS:
        return ""
    try:
        if suffix == ".svg":
            return "a drawing with words" if svg_has_text(path.read_bytes()) else ""
        if path.name in _MACHINE_READABLE:
            lines = path.read_text("utf-8", errors="replace").splitlines()
            states = any(stated_in_label(_FIELD.sub("", line)) for line in lines)
            return "a file that readers can open" if states else ""
    except OSError:
        return ""
    return "a file that readers can open"
