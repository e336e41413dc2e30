"""What a reader's device keeps of the site: its pages, and what they need to be shown and searched.

Not what editors read, nor the handouts: those are large, and a page can be printed from the device.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_FOR_EDITORS = "editors/"
_INDEX = re.compile(r"(?:^|(?<=/))index\.html$")
_NEEDED = re.compile(r'<(?:link|script|img)\s[^>]*?\b(?:href|src)="(?P<to>[^"?#]+)"')
# The theme's search: a script that only runs once somebody searches, and what it searches in.
_SEARCH = re.compile(r'"search": ?"(?P<to>[^"]+\.js)"')
_SEARCHED = ("search/search_index.json", "search.json")


@dataclass(frozen=True)
class Kept:
    """What is kept: `size` bytes, as they lie on the disk.

    `digests` leads from each address, relative to the site's root, to the SHA-256 of its file in
    Base64.
    """

    digests: Mapping[str, str]
    size: int


def kept_files(folder: Path, pages: Mapping[Path, str], files: Mapping[Path, str | bytes]) -> Kept:
    """Return what is kept of the site in `folder`, given its pages.

    `files` are those that are about to be written there; all others are on the disk.
    """

    def content(name: str) -> bytes:
        new = files.get(folder / name)
        if new is None:
            return (folder / name).read_bytes()
        return new.encode() if isinstance(new, str) else new

    def is_there(name: str) -> bool:
        return folder / name in files or (folder / name).is_file()

    for_readers = {
        name: html
        for path, html in pages.items()
        if not (name := path.relative_to(folder).as_posix()).startswith(_FOR_EDITORS)
    }
    needed = {to for name, html in for_readers.items() for to in _needed(name, html)}
    names = sorted({*for_readers, *filter(is_there, (*needed, *_SEARCHED))})
    contents = {_INDEX.sub("", name): content(name) for name in names}
    return Kept(
        {address: _digest(content) for address, content in contents.items()},
        sum(map(len, contents.values())),
    )


def _needed(name: str, html: str) -> Iterator[str]:
    """Yield the files of the same site that a page's elements ask for, as paths from its root."""
    for asked in (*_NEEDED.finditer(html), *_SEARCH.finditer(html)):
        to = posixpath.normpath(posixpath.join(posixpath.dirname(name), asked["to"]))
        if not to.startswith(("/", "..")):
            yield to


def _digest(content: bytes) -> str:
    return b64encode(hashlib.sha256(content).digest()).decode()
