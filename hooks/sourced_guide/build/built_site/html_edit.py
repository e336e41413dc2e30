"""Byte-exact edits of a built page: tags are changed or inserted, the rest stays the same.

A parser that serializes the whole page would change other things: lxml, for example,
lower-cases the `viewBox` of drawings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from html import escape, unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_CHARSET = re.compile(r'<meta charset="[^"]*">')
# Comments, declarations and instructions have no tags in them. The standard library's parser finds
# the same tags in four times the time.
_TAG = re.compile(
    r"<(?:!--.*?--!?>|[!?][^>]*>|(?P<closes>/?)(?P<name>[a-zA-Z][^\s/>\0]*)"
    r"(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+>)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"(?<=[\"'\s/])(?P<name>[^\s/>][^\s/=>]*)"
    r"(?P<is>\s*=+\s*(?P<value>'[^']*'|\"[^\"]*\"|(?![\"'])[^>\s]*))?"
)
# The text in these has no tags.
_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style")}


@dataclass
class Tag:
    """A tag at `start` to `end`, as it is `written`. An end tag `closes`."""

    name: str
    start: int
    end: int
    written: str
    closes: bool = False

    @cached_property
    def attributes(self) -> Mapping[str, str | None]:
        """The values by the names in lower case; None is a name without a value."""
        found: dict[str, str | None] = {}
        for each in _ATTRIBUTE.finditer(self.written, len(self.name) + 1, len(self.written) - 1):
            value = each["value"]
            if value and value[0] in "\"'":
                value = value[1:-1]
            found[each["name"].lower()] = unescape(value) if each["is"] else None
        return found

    def get(self, name: str) -> str:
        """Return the value of an attribute, or nothing."""
        if name not in self.written.lower():
            return ""
        return self.attributes.get(name) or ""


@dataclass(frozen=True)
class Edit:
    """A replacement of `start` to `end` by `text`."""

    start: int
    end: int
    text: str


def read_tags(html: str) -> list[Tag]:
    """Return the tags of a page in their order, without those inside scripts and styles."""
    tags: list[Tag] = []
    at = 0
    while found := _TAG.search(html, at):
        at = found.end()
        if not (name := found["name"]):
            continue
        name, closes = name.lower(), bool(found["closes"])
        tags.append(Tag(name, found.start(), at, found.group(), closes))
        if not closes and name in _ENDS:
            end = _ENDS[name].search(html, at)
            at = end.start() if end else len(html)
    return tags


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
