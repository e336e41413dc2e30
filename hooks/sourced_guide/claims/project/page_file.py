"""Page files in the docs folder: front matter, text, and the files that they include."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.project.io.located_yaml import YamlProblem, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# The suffixes of Markdown files in MkDocs (mkdocs/utils/__init__.py, `markdown_extensions`).
MARKDOWN_SUFFIXES = {".md", ".markdown", ".mdown", ".mkdn", ".mkd"}

# MkDocs' own pattern (mkdocs/utils/meta.py), with the line breaks that an editor may use.
_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\r?\n(?P<yaml>.*?\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
# pymdownx.snippets: one file on a line, or a block of lines of files.
_CUT = r"^[ \t]*-+8<-+[ \t]"
_SNIPPET = re.compile(
    rf"{_CUT}+(?P<quote>[\"'])(?P<file>[^\"'\n]+)(?P=quote)[ \t]*$"
    rf"|{_CUT}*\n(?P<block>(?:(?!{_CUT[1:]})[^\n]*\n)*?){_CUT[1:]}*$",
    re.MULTILINE,
)


@dataclass(frozen=True)
class PageFile:
    """One page's file.

    `path` is relative to the docs folder, with `/`; `start` is the first character after the
    front matter; `problems` say why the file or its front matter cannot be read.
    """

    path: str
    content: str = ""
    start: int = 0
    meta: Mapping[str, Any] = field(default_factory=dict)
    meta_places: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    problems: tuple[YamlProblem, ...] = ()

    @property
    def body(self) -> str:
        """The Markdown below the front matter."""
        return self.content[self.start :]

    @property
    def title(self) -> str:
        """The title in the front matter, or the page's first heading, or its file's name."""
        if title := self.meta.get("title"):
            return str(title)
        heading = re.search(r"^# +(.+?)(?:\s+\{[^}]*\})?\s*$", self.body, re.MULTILINE)
        return heading[1] if heading else Path(self.path).stem

    @property
    def is_editorial(self) -> bool:
        """Whether the whole page is about the guide itself."""
        return "editorial" in self.meta


def read_page(docs: Path, path: str) -> PageFile:
    """Read a page; problems are recorded, never raised."""
    file = docs / path
    if file.exists() and not file.is_file():
        # Reading a pipe or a device may never end.
        reason = "the page is not a file that can be read"
        return PageFile(path, problems=(YamlProblem(1, 1, reason, "put a Markdown file there"),))
    try:
        content = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = f"the page is not UTF-8 text (byte {error.start + 1})"
        return PageFile(path, problems=(YamlProblem(1, 1, reason, "save it as UTF-8"),))
    except OSError as error:
        reason = f"the page cannot be read: {error.strerror}"
        return PageFile(path, problems=(YamlProblem(1, 1, reason, "check the file"),))
    return split_front_matter(path, content.replace("\r\n", "\n").replace("\r", "\n"))


def split_front_matter(path: str, content: str) -> PageFile:
    """Return the page with this content."""
    match = _FRONT_MATTER.match(content)
    if not match:
        return PageFile(path, content)
    marked = read_yaml(match["yaml"])
    if marked.problems or not isinstance(marked.value, dict):
        problems = tuple(
            YamlProblem(problem.line + 1, problem.column, problem.message, problem.help)
            for problem in marked.problems
        ) or (YamlProblem(1, 1, "the front matter has no fields", "write `name: value` lines"),)
        return PageFile(path, content, match.end(), problems=problems)
    places = {
        str(step[0]): (line + 1, column)
        for step, (line, column) in marked.places.items()
        if len(step) == 1
    }
    return PageFile(path, content, match.end(), marked.value, places)


def snippets(content: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield where `content` includes files (start and end) and the files' names."""
    for match in _SNIPPET.finditer(content):
        names = [match["file"]] if match["file"] else match["block"].split("\n")
        yield match.start(), match.end(), [name.strip() for name in names if name.strip()]
