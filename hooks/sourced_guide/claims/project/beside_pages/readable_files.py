"""Files that lie beside the pages and are published as they are: a reader can open them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sourced_guide.claims.language.labels import stated_in_label
from sourced_guide.claims.language.markup.css_text import has_drawn_words

if TYPE_CHECKING:
    from pathlib import Path

# What shows no words of its own, or words that no program can read, and what only runs or styles
# where a page loads it. Anything else can be opened and read.
_NOT_READ = {
    *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico", ".bmp"),
    *(".woff", ".woff2", ".ttf", ".otf", ".eot"),
    *(".css", ".js", ".mjs", ".map", ".wasm"),
}
_FOR_MACHINES = {"robots.txt", "humans.txt", "security.txt", "llms.txt", "ads.txt"}
_FOR_HOSTS = {"CNAME", "_headers", "_redirects"}
_FIELD = re.compile(r"^\s*#*\s*(?:[\w-]+\s*:)?\s*")


def readable(path: Path) -> str:
    """Say what a published file is to a reader, or nothing where nobody reads words in it."""
    suffix = path.suffix.lower()
    if suffix in _NOT_READ or path.name in _FOR_HOSTS:
        return ""
    try:
        if suffix == ".svg":
            return "a drawing with words" if has_drawn_words(path.read_bytes()) else ""
        if path.name in _FOR_MACHINES:
            lines = path.read_text("utf-8", errors="replace").splitlines()
            states = any(stated_in_label(_FIELD.sub("", line)) for line in lines)
            return "a file that readers can open" if states else ""
    except OSError:
        return ""
    return "a file that readers can open"
