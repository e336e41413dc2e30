"""Byte-exact edits of a built page: tags are changed or inserted, the rest stays the same.

A parser that serializes the whole page would change other things: lxml, for example,
lower-cases the `viewBox` of drawings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_CHARSET = re.compile(r'<meta charset="[^"]*">')


class Tag(NamedTuple):
    """A tag at `start` to `end`. An end tag `closes`."""

    name: str
    start: int
    end: int
    attributes: Mapping[str, str | None]
    closes: bool = False

    def get(self, name: str) -> str:
        """Return the value of an attribute, or nothing."""
        return self.attributes.get(name) or ""


@dataclass(frozen=True)
class Edit:
    """A replacement of `start` to `end` by `text`."""

    start: int
    end: int
    text: str


def read_tags(html: str) -> list[Tag]:
    """Return the tags of a page in their order, without those inside scripts and styles."""
    reader = _Reader(html)
    reader.feed(html)
    reader.close()
    return reader.tags


def with_attributes(tag: Tag, changed: Mapping[str, str | None]) -> Edit:
    """Return the edit that sets attributes of a start tag, and removes those that are None."""
    attributes = {**tag.attributes, **changed}
    removed = {name for name, value in changed.items() if value is None}
    written = "".join(
        f" {name}" if value is None else f' {name}="{escape(value)}"'
        for name, value in attributes.items()
        if name not in removed
    )
    return Edit(tag.start, tag.end, f"<{tag.name}{written}>")


def end_of(tags: list[Tag], number: int) -> Tag:
    """Return the end tag of the start tag at `number` in the list, or that tag if it has none."""
    depth = 0
    for at in range(number, len(tags)):
        tag = tags[at]
        if tag.name == tags[number].name:
            depth += -1 if tag.closes else 1
            if not depth:
                return tag
    return tags[number]


def with_edits(html: str, edits: Iterable[Edit]) -> str:
    """Return the page with the edits applied, except for those within another edit."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if edit.start < at:
            continue
        parts += [html[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, html[at:]])


def insert_in_head(html: str, element: str, marker: str) -> str:
    """Return the page with `element`, which holds `marker`, as the first in its head.

    What an earlier run inserted there with the same marker is replaced. A policy applies only to
    what follows it, so it comes right after the encoding.
    """
    html = re.sub(rf"\n<[^\n]*{re.escape(marker)}[^\n]*\n", "\n", html, count=1)
    charset = _CHARSET.search(html)
    if not charset:
        return html
    rest = html[charset.end() :].lstrip("\n")
    return f"{html[: charset.end()]}\n{element}\n{rest}"


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self._html = html
        self._lines = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._place()
        end = start + len(self.get_starttag_text() or "")
        self.tags.append(Tag(tag, start, end, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        start = self._place()
        self.tags.append(Tag(tag, start, self._html.index(">", start) + 1, {}, closes=True))

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
