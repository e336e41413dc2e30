"""The guide's style sheets as one file: a browser shows nothing until it has every one of them.

The file is named by what it holds (the SHA-256 of it), so that a host may let browsers keep it for
good.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from guide.claims.files import write_whole

_FOLDER = "stylesheets"
_LINK = re.compile(
    rf'<link rel="stylesheet" href="(?P<to>[^"]*?){_FOLDER}/(?P<name>[\w.-]+\.css)">\s*'
)
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def join_styles(folder: Path, pages: Mapping[Path, str]) -> dict[Path, str]:
    """Return the pages of the site in `folder` with one link for all of the guide's own styles.

    Writes the joined file and removes those that it was made from. Where there is at most one
    already, nothing is done.
    """
    names = list(dict.fromkeys(link["name"] for link in _links(pages)))
    if len(names) < 2:
        return dict(pages)
    sheets = [(folder / _FOLDER / name) for name in names]
    # The comments are for whoever edits the sheets.
    joined = "\n".join(_COMMENT.sub("", sheet.read_text("utf-8")) for sheet in sheets)
    name = f"guide.{hashlib.sha256(joined.encode()).hexdigest()[:8]}.css"
    write_whole(folder / _FOLDER / name, joined)
    for sheet in sheets:
        sheet.unlink()
    return {path: _with_one(html, name) for path, html in pages.items()}


def _links(pages: Mapping[Path, str]) -> list[re.Match[str]]:
    return [link for html in pages.values() for link in _LINK.finditer(html) if _is_own(link["to"])]


def _is_own(to: str) -> bool:
    """Say whether a link leads to the guide's own folder, not to the theme's below assets/."""
    return not to.endswith("assets/")


def _with_one(html: str, name: str) -> str:
    first = next((link for link in _LINK.finditer(html) if _is_own(link["to"])), None)
    if not first:
        return html
    one = f'<link rel="stylesheet" href="{first["to"]}{_FOLDER}/{name}">'
    rest = _LINK.sub(
        lambda link: "" if _is_own(link["to"]) else link.group(), html[first.start() :]
    )
    return f"{html[: first.start()]}{one}\n{rest}"
