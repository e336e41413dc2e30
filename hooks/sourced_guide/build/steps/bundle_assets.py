"""Bundles the guide's style sheets into one file, and the scripts of every page into another.

Browsers render nothing until they have every style sheet, and revalidate all files on every page.
The name of a bundle contains its SHA-256, so that browsers may cache it forever.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sourced_guide.build.built_site.site import BuiltSite

_DIGITS = 8


@dataclass(frozen=True)
class Kind:
    """Files that pages link from one folder; `{}` in `tag` is the place of the URL."""

    folder: str
    suffix: str
    tag: str
    # What browsers do not read, comments and indents, is removed.
    unread: re.Pattern[str]

    @property
    def link(self) -> re.Pattern[str]:
        """The pattern of a link to such a file; those of the theme are below assets/."""
        before, _, after = self.tag.partition("{}")
        suffix = re.escape(self.suffix)
        address = rf"(?P<to>(?:[^\"]*/)?(?<!assets/)){self.folder}/(?P<name>[\w.-]+{suffix})"
        return re.compile(re.escape(before) + address + re.escape(after) + r"\s*")

    def compact(self, text: str) -> str:
        """Return a file's text as the site has it."""
        return self.unread.sub("", text)


STYLES = Kind(
    "stylesheets",
    ".css",
    '<link rel="stylesheet" href="{}">',
    # A line ends in no string, so what is removed at its ends is in none.
    re.compile(r"/\*.*?\*/\s*|(?<=[{};,])\s*\n\s*|\s*\n\s*(?=\})|(?<=\n)[ \t]+", re.DOTALL),
)
SCRIPTS = Kind(
    "scripts",
    ".js",
    '<script src="{}" defer></script>',
    # Only whole lines, so that no string of a script is taken for a comment. A template that goes
    # over lines would lose their indents; the guide's scripts have none.
    re.compile(r"^[ \t]*(?:(?:/\*.*?\*/|//[^\n]*)\n)?", re.DOTALL | re.MULTILINE),
)
KINDS = (STYLES, SCRIPTS)


@dataclass(frozen=True)
class Bundle:
    """Files of one kind: their texts by their names in the site, and what the bundle replaces.

    `parts` are the names that pages link, without the folder; where there is nothing to bundle,
    there are none.
    """

    kind: Kind
    files: Mapping[str, str]
    parts: Sequence[str] = ()
    name: str = ""
    replaced: frozenset[str] = field(default_factory=frozenset)

    def linked_in(self, html: str) -> str:
        """Return a page with one link to the bundle where the first of its parts was linked."""
        missing = [self.name]

        def with_bundle(link: re.Match[str]) -> str:
            if link["name"] not in self.parts:
                return link.group()
            if not missing:
                return ""
            address = f"{link['to']}{self.kind.folder}/{missing.pop()}"
            return self.kind.tag.format(address) + "\n"

        return self.kind.link.sub(with_bundle, html)


def bundle_files(kind: Kind, pages: BuiltSite) -> Bundle:
    """Return the bundle of a kind, given the pages as the generator has made them.

    It has the files that every page with any such link links to. If that is at most one file, there
    is nothing to bundle. Other files only lose what browsers do not read.
    """
    texts = {
        name: kind.compact(pages.text(name))
        for name in sorted(pages.names)
        if name.startswith(f"{kind.folder}/") and name.count("/") == 1
        if name.endswith(kind.suffix)
    }
    found = pages.found(kind.link)
    linked = [dict.fromkeys(name for _, name in links) for links in found if links]
    longest = max(linked, key=len, default={})
    parts = [part for part in longest if all(part in names for names in linked)]
    if len(parts) < 2:
        return Bundle(kind, texts)
    replaced = [f"{kind.folder}/{part}" for part in parts]
    joined = kind.compact("\n".join(texts.pop(name) for name in replaced))
    digest = hashlib.sha256(joined.encode()).hexdigest()[:_DIGITS]
    name = f"guide.{digest}{kind.suffix}"
    return Bundle(
        kind, {**texts, f"{kind.folder}/{name}": joined}, parts, name, frozenset(replaced)
    )
