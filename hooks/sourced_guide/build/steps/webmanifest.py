"""The web app manifest (W3C): how the guide looks among the things on a device's first screen.

All addresses in it are relative, so that it serves a site at any address.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import typst

from sourced_guide.build.html_head import language, named_in_head, title

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE = "manifest.json"
# As in docs/stylesheets/colors.css, and behind the white of the icon.
_TEAL, _PAPER = "#00695c", "#ffffff"
_DRAWING = "assets/favicon.svg"
# Pixels; Chromium asks for these two where somebody wants the guide on the first screen.
_SIZES = (192, 512)


def manifest(start: str, icons: Mapping[str, bytes]) -> str:
    """Return the manifest as JSON, given the HTML of the start page and the site's icons."""
    told = {
        "name": title(start),
        "short_name": title(start),
        "description": named_in_head(start, "description"),
        "lang": language(start),
        "start_url": "./",
        "scope": "./",
        # With a way back, which the pages have none of: "standalone" would leave readers stuck.
        "display": "minimal-ui",
        "background_color": _PAPER,
        "theme_color": _TEAL,
        "icons": [
            {"src": name, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for size in _SIZES
            if (name := _name(size)) in icons
            for purpose in ("any", "maskable")
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def make_icons(folder: Path) -> dict[str, bytes]:
    """Return the drawing of the site in `folder`, where it has one, as PNG files by their names.

    Devices cut icons to a shape of their own, so that the color goes on behind the drawing's round
    corners. The same drawing gives the same bytes.
    """
    drawing = folder / _DRAWING
    if not drawing.is_file():
        return {}
    return {_name(size): _png(drawing.read_text("utf-8"), size) for size in _SIZES}


def _name(size: int) -> str:
    return f"assets/icon-{size}.png"


def _png(drawing: str, size: int) -> bytes:
    code = (
        f'#set page(width: {size}pt, height: {size}pt, margin: 0pt, fill: rgb("{_TEAL}"))\n'
        f'#image(bytes({json.dumps(drawing)}), format: "svg", width: 100%)'
    )
    # 72 pixels to an inch: one to a point.
    made = typst.compile(code.encode(), format="png", ppi=72)
    if not isinstance(made, bytes):
        raise TypeError(f"the icon takes more than one sheet: {_DRAWING} is not square")
    return made
