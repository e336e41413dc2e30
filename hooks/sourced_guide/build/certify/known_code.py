"""Scripts, styles and data that a built page may have: those of the theme and of the project.

They are compared byte by byte with the installed files, so that an upgrade of the theme needs no
list of hashes.
"""

from __future__ import annotations

import json
import posixpath
import re
from functools import cache, cached_property
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from sourced_guide.build.built_site.links import site_path
from sourced_guide.build.built_site.palettes import (
    PALETTES,
    is_palette,
    named_colors,
    without_unused_colors,
)
from sourced_guide.build.offline.page import OWN_FILES
from sourced_guide.build.offline.search import without_source_map
from sourced_guide.build.steps.bundle_assets import KINDS, Kind
from sourced_guide.build.steps.json_ld import KIND as JSON_LD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sourced_guide.build.built_site.page import BuiltPage, CodeElement
    from sourced_guide.build.built_site.site import BuiltSite
    from sourced_guide.build.certify.known_texts import KnownTexts
    from sourced_guide.claims.project.project import Project

# Folders of templates and scripts in packages, if installed, beside the themes for MkDocs.
_FOLDERS = ("zensical.templates", "mkdocs.contrib.search.templates", "sourced_guide.adapters")
_ELEMENT = re.compile(r"<(?P<tag>script|style)\b[^>]*>(?P<text>.*?)</(?P=tag)>", re.DOTALL)
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
# What an expression of a template may become inside code: an address or a name, never a sentence.
_VALUE = r"[^\s\"'`<>]*"
# What is written as JSON may be a text, which has to be known. The name of a font has spaces.
_JSON, _FONT = "(.*)", r"[\w -]*"
_CODE_SUFFIXES = (".js", ".mjs", ".css")
_SHOWN = 60


class CodeFault(NamedTuple):
    """What is wrong with a script, a style or data of a page, and its line."""

    line: int
    message: str


class KnownCode:
    """The code that the pages of a site may have; `texts` are those that may be in its data."""

    def __init__(self, project: Project, site: BuiltSite, texts: KnownTexts) -> None:
        self._project = project
        self._site = site
        self._texts = texts
        self._files: dict[str, bool] = {}
        # Most pages have the same scripts and data.
        self._code: dict[str, bool] = {}
        self._data: dict[str, Sequence[str]] = {}
        self._base = urlsplit(project.address).path.rstrip("/")

    def faults(self, page: BuiltPage, description: str | None) -> Iterator[CodeFault]:
        """Yield the unknown code of a page; `description` is its expected JSON-LD."""
        for element in page.code:
            if element.kind == JSON_LD:
                if element.text != description:
                    yield CodeFault(element.line, "has JSON-LD that differs from claims.json")
            elif element.is_data:
                yield from self._faults_of_data(element)
            elif not element.source and not self._is_known(element.text.strip()):
                start = " ".join(element.text.split())[:_SHOWN]
                message = f"has a <{element.tag}> of neither guide nor theme: '{start}'"
                yield CodeFault(element.line, message)
        for address in page.loads:
            if not self._is_known_file(page, address):
                yield CodeFault(1, f"loads code of neither guide nor theme: '{address}'")

    def _is_known(self, code: str) -> bool:
        if code and code not in self._code:
            matches = (pattern.fullmatch(code) for pattern in self._patterns)
            groups = (match.groups() for match in matches if match)
            self._code[code] = any(_is_data(each, self._texts) for each in groups)
        return not code or self._code[code]

    def _faults_of_data(self, element: CodeElement) -> Iterator[CodeFault]:
        if element.text not in self._data:
            self._data[element.text] = list(_faults_of_data(element.text, self._texts))
        for message in self._data[element.text]:
            yield CodeFault(element.line, message)

    def _is_known_file(self, page: BuiltPage, address: str) -> bool:
        path = address.partition("?")[0].partition("#")[0]
        if not path.lower().endswith(_CODE_SUFFIXES):
            return True
        # A page that is shown anywhere, as "not found", has addresses from the site's own.
        name = site_path(page.name, address.removeprefix(self._base))
        # On another host, or missing.
        if name is None or (name := name.lstrip("/")) not in self._site.names:
            return False
        if name not in self._files:
            self._files[name] = self._matches_known_file(name)
        return self._files[name]

    def _matches_known_file(self, name: str) -> bool:
        files = [folder / name for folder in (self._project.docs, *_theme_folders())]
        files += [file for file in self._project.code_files if file.as_posix().endswith(name)]
        files += [OWN_FILES[name]] if name in OWN_FILES else []
        text = self._site.text(name)
        # The offline copy has no source maps.
        known = (_without_source_map(file) for file in files if file.is_file())
        if without_source_map(text) in known or (is_palette(name) and text in self._palettes):
            return True
        return _consists_of(text, self._parts.get(posixpath.dirname(name), []))

    @cached_property
    def _palettes(self) -> set[str]:
        """The theme's sheets of colors, with those that a page names."""
        named = named_colors(self._site)
        return {
            without_unused_colors(_without_source_map(file), named)
            for folder in _theme_folders()
            for file in folder.glob(PALETTES)
        }

    @cached_property
    def _parts(self) -> dict[str, list[str]]:
        """The project's own scripts and styles as the site has them, by their folder."""
        return {
            kind.folder: [
                kind.compact(file.read_text("utf-8", errors="replace"))
                for file in self._own_files(kind)
            ]
            for kind in KINDS
        }

    def _own_files(self, kind: Kind) -> list[Path]:
        files = {*self._project.code_files, *(self._project.docs / kind.folder).glob("*")}
        return sorted(
            file for file in files if file.suffix == kind.suffix and file.parent.name == kind.folder
        )

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        """Patterns of what the code in templates of the theme and of the project can become."""
        templates = [file for folder in _theme_folders() for file in folder.rglob("*.html")]
        templates += [file for file in self._project.code_files if file.suffix == ".html"]
        elements = (
            element["text"].strip()
            for file in templates
            for element in _ELEMENT.finditer(file.read_text("utf-8", errors="replace"))
        )
        return [
            _pattern(text)
            for text in dict.fromkeys(elements)
            # An element that is a single expression could become anything.
            if _JINJA.sub("", text).strip()
        ]


@cache
def _theme_folders() -> tuple[Path, ...]:
    """Return the folders of all installed themes, and of what is installed with them."""
    themes = (theme.value for theme in entry_points(group="mkdocs.themes"))
    names = (name.split(".") for name in sorted({*themes, *_FOLDERS}))
    # A package is found without loading it.
    found = ((find_spec(package), folders) for package, *folders in names)
    return tuple(
        Path(spec.origin).parent.joinpath(*folders)
        for spec, folders in found
        if spec and spec.origin
    )


def _pattern(text: str) -> re.Pattern[str]:
    """Return the pattern of what the code of a template can become."""
    pattern, end = "", 0
    for expression in _JINJA.finditer(text):
        before = text[end : expression.start()]
        if "tojson" in expression.group():
            value = _JSON
        else:
            value = _FONT if before.endswith('font:"') else _VALUE
        pattern += re.escape(before) + value
        end = expression.end()
    return re.compile(pattern + re.escape(text[end:]))


def _is_data(written: Iterable[str], texts: KnownTexts) -> bool:
    """Say whether all that is written as JSON is data, with no text that is not known."""
    try:
        return not any(_unknown_texts(json.loads(value), texts) for value in written)
    except ValueError:
        return False


def _without_source_map(file: Path) -> str:
    return without_source_map(file.read_text("utf-8", errors="replace"))


def _consists_of(text: str, parts: list[str]) -> bool:
    """Say whether a text is one of the parts, or several of them joined by line breaks."""
    while text:
        part = max(filter(text.startswith, filter(None, parts)), key=len, default="")
        if not part:
            return False
        text = text[len(part) :].removeprefix("\n")
    return True


def _faults_of_data(written: str, texts: KnownTexts) -> Iterator[str]:
    try:
        data = json.loads(written)
    except ValueError:
        yield f"has data that is not JSON: '{written[:_SHOWN]}'"
        return
    for text in _unknown_texts(data, texts):
        yield f"has a text in its data that was not checked: '{text[:_SHOWN]}'"


def _unknown_texts(data: Any, texts: KnownTexts) -> list[str]:
    return [text for text in _strings(data) if " " in text.strip() and not texts.has_text(text)]


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _strings(value)
