"""The web app manifest (W3C): how the guide looks on a device's home screen.

All addresses in it are relative, so that it works for a site at any URL.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import typst

from sourced_guide.build.rules import build_finding, built_place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sourced_guide.build.built_site.page import BuiltPage
    from sourced_guide.build.built_site.site import BuiltSite
    from sourced_guide.claims.model.finding import Finding

FILE = "manifest.json"
# As in theme/stylesheets/colors.css, and behind the white of the icon.
_TEAL, _PAPER = "#00695c", "#ffffff"
DRAWING = "assets/favicon.svg"
# Pixels; Chromium asks for these two to install the guide on the home screen.
_SIZES = (192, 512)


def _name(size: int) -> str:
    return f"assets/icon-{size}.png"


ICONS = tuple(map(_name, _SIZES))


def manifest(start: BuiltPage, icons: Mapping[str, bytes]) -> str:
    """Return the manifest as JSON, given the start page and the site's icons."""
    values = {
        "name": start.title,
        "short_name": start.title,
        "description": start.metadata.get("description", ""),
        "lang": start.language,
        "start_url": "./",
        "scope": "./",
        # Has a back button, which the pages do not: "standalone" would leave readers stuck.
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
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def make_icons(site: BuiltSite) -> tuple[dict[str, bytes], list[Finding]]:
    """Return the site's drawing as PNG files by their names, and what is wrong with it.

    Where the site has no drawing, there are no icons. The same drawing gives the same bytes.
    """
    if DRAWING not in site.names:
        return {}, []
    drawing = site.text(DRAWING)
    try:
        return {_name(size): _png(drawing, size) for size in _SIZES}, []
    except (typst.TypstError, _NotSquareError) as error:
        message = f"cannot be image into an icon: {error}"
        return {}, [build_finding("BLD014", built_place(site, DRAWING), message)]


class _NotSquareError(Exception):
    """The drawing has another shape than an icon."""


def _png(drawing: str, size: int) -> bytes:
    # Devices cut icons to their own shape, so the color fills the corners of the drawing.
    code = (
        f'#set page(width: {size}pt, height: {size}pt, margin: 0pt, fill: rgb("{_TEAL}"))\n'
        '#image(bytes(sys.inputs.drawing), format: "svg", width: 100%)'
    )
    # 72 pixels to an inch: one to a point.
    image = typst.compile(code.encode(), format="png", ppi=72, sys_inputs={"drawing": drawing})
    if not isinstance(image, bytes):
        raise _NotSquareError("it is not square")
    return image
