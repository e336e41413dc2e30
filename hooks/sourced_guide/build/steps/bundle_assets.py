"""The guide's style sheets as one file, and the scripts that every page has as another.

A browser shows nothing until it has every sheet, and asks for each file again on each page. A
joined file is named by what it holds (the SHA-256 of it), so that a host may let browsers keep it
for good.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True)
class Kind:
    """Files that pages link from one folder; `{}` in `tag` is where the address stands."""

    folder: str
    suffix: str
    tag: str
    # They are for whoever edits the files.
    comment: re.Pattern[str]

    @property
    def link(self) -> re.Pattern[str]:
        """What links such a file; the theme's own are below assets/."""
        before, _, after = self.tag.partition("{}")
        address = rf"(?P<to>(?:[^\"]*/)?(?<!assets/)){self.folder}/(?P<name>[\w.-]+{self.suffix})"
        return re.compile(re.escape(before) + address + re.escape(after) + r"\s*")


STYLES = Kind(
    "stylesheets",
    r"\.css",
    '<link rel="stylesheet" href="{}">',
    re.compile(r"/\*.*?\*/\s*", re.DOTALL),
)
SCRIPTS = Kind(
    "scripts",
    r"\.js",
    '<script src="{}" defer></script>',
    # On lines of their own, where no text of a script can be taken for one.
    re.compile(r"^[ \t]*(?:/\*.*?\*/|//[^\n]*)\n", re.DOTALL | re.MULTILINE),
)


@dataclass(frozen=True)
class Joined:
    """The pages as they are then, the files' texts, and the files that are in them no more."""

    pages: dict[Path, str]
    files: dict[Path, str] = field(default_factory=dict)
    replaced: tuple[Path, ...] = ()


def join_files(kind: Kind, folder: Path, pages: Mapping[Path, str]) -> Joined:
    """Return the pages of the site in `folder` with one link for all files of a kind.

    Joined is what every page links that links any. Where that is at most one file already, there is
    nothing to join. Those that stay by themselves lose their comments.
    """
    texts = {
        file: kind.comment.sub("", file.read_text("utf-8"))
        for file in sorted((folder / kind.folder).glob("*"))
        if re.search(rf"{kind.suffix}$", file.name)
    }
    linked = [dict.fromkeys(_names(kind.link, html)) for html in pages.values()]
    linked = [names for names in linked if names]
    names = [name for name in max(linked, key=len, default={}) if all(name in x for x in linked)]
    if len(names) < 2:
        return Joined(dict(pages), texts)
    files = [folder / kind.folder / name for name in names]
    joined = "\n".join(texts.pop(file) for file in files)
    digest = hashlib.sha256(joined.encode()).hexdigest()[:8]
    name = f"guide.{digest}{files[0].suffix}"
    return Joined(
        {path: _with_one(kind, html, names, name) for path, html in pages.items()},
        {**texts, folder / kind.folder / name: joined},
        tuple(files),
    )


def _names(link: re.Pattern[str], html: str) -> Iterator[str]:
    for each in link.finditer(html):
        yield each["name"]


def _with_one(kind: Kind, html: str, names: list[str], name: str) -> str:
    """Return a page with one link to `name` where the first of `names` was linked."""
    left = [name]

    def replaced(link: re.Match[str]) -> str:
        if link["name"] not in names:
            return link.group()
        if not left:
            return ""
        return kind.tag.format(f"{link['to']}{kind.folder}/{left.pop()}") + "\n"

    return kind.link.sub(replaced, html)
