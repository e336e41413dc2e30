"""A project's style sheets: those of its settings and templates, and what these import."""

from __future__ import annotations

import os
import re
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from sourced_guide.claims.language.markup.css_rules import StyleRule, parse_rules
from sourced_guide.claims.language.markup.css_text import urls_in
from sourced_guide.claims.model.place import Place
from sourced_guide.claims.model.suppression import Suppression, parse_suppression
from sourced_guide.claims.project.non_page_text.external_url import EXTERNAL_URL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_EDITORIAL = re.compile(r"\A\s*(?:/\*|\{#-?|<!--)\s*editorial:")
_IN_TEMPLATE = re.compile(r"<style\b[^>]*>(?P<css>.*?)(?:</style|\Z)", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class StyleSheet:
    """One style sheet: its rules, and the comments that suppress findings on some of them.

    `path` is its file and `shown` the name of the file in findings. An editorial one prints only
    text about the guide.
    """

    path: Path
    shown: str
    rules: tuple[StyleRule, ...]
    is_editorial: bool
    suppressions: tuple[Suppression, ...]

    def place(self, line: int, column: int) -> Place:
        """Return a place in its file."""
        return Place(self.shown, line, column)


def read_style_sheets(
    paths: Iterable[Path], docs: Path, shown: Callable[[Path], str]
) -> list[StyleSheet]:
    """Return the style sheets among files, those in templates, and all that they import."""
    queue = deque(dict.fromkeys(paths))
    known = set(queue)
    sheets = []
    while queue:
        path = queue.popleft()
        if (sheet := _read(path, shown(path))) is None:
            continue
        sheets.append(sheet)
        imported = {file for _, _, file in imports(sheet, docs) if file} - known
        known |= imported
        queue.extend(sorted(imported))
    return sheets


def imports(sheet: StyleSheet, docs: Path) -> Iterator[tuple[StyleRule, str, Path | None]]:
    """Yield what a style sheet imports: the rule, the address, and its file where there is one."""
    for rule in sheet.rules:
        if not rule.at_rules or not rule.at_rules[-1].startswith("import"):
            continue
        strings = [token.value for token in rule.selector if token.type == "string"]
        for address in [*urls_in(rule.selector), *strings][:1]:
            yield rule, address, file_at(address, sheet.path, docs)


def file_at(address: str, sheet: Path, docs: Path) -> Path | None:
    """Return the project's file that an address in a style sheet leads to, if there is one."""
    path = path_of(address, sheet, docs)
    return path if path and path.is_file() else None


def path_of(address: str, sheet: Path, docs: Path) -> Path | None:
    """Return the path that an address in a style sheet leads to, unless it is elsewhere."""
    if EXTERNAL_URL.match(address):
        return None
    name = unquote(re.split(r"[?#]", address, maxsplit=1)[0])
    folder = docs if name.startswith("/") else sheet.parent
    return Path(os.path.normpath(folder / name.lstrip("/"))) if name else None


def loaded_files(sheets: Iterable[StyleSheet], docs: Path) -> Iterator[Path]:
    """Yield the style sheets and whatever files they load, whether or not these exist."""
    for sheet in sheets:
        yield sheet.path
        for rule in sheet.rules:
            tokens = [
                *rule.selector,
                *(token for each in rule.declarations for token in each.value),
            ]
            strings = [token.value for token in rule.selector if token.type == "string"]
            for address in (*urls_in(tokens), *strings):
                if path := path_of(address.strip(), sheet.path, docs):
                    yield path


def _read(path: Path, shown: str) -> StyleSheet | None:
    suffix = path.suffix.lower()
    if suffix not in (".css", ".html", ".htm"):
        return None
    try:
        content = path.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError:
        return None
    css = content if suffix == ".css" else _styles_of(content)
    if not css.strip():
        return None
    rules = tuple(parse_rules(css))
    suppressions = tuple(filter(None, (_suppression(rule, shown) for rule in rules)))
    return StyleSheet(path, shown, rules, bool(_EDITORIAL.match(content)), suppressions)


def _styles_of(template: str) -> str:
    """Return the content of a template's `<style>` elements, on the same lines."""
    css, last = "", 0
    for match in _IN_TEMPLATE.finditer(template):
        start = match.start("css")
        css += re.sub(r"[^\n]", " ", template[last:start]) + match["css"]
        last = match.end("css")
    return css


def _suppression(rule: StyleRule, shown: str) -> Suppression | None:
    if not (suppression := parse_suppression(f"/*{rule.comment}*/")):
        return None
    at = [(rule.line, rule.column), *((item.line, item.column) for item in rule.declarations)]
    suppression.place = Place(shown, rule.line, rule.column)
    suppression.covers = frozenset(Place(shown, line, column) for line, column in at)
    return suppression
