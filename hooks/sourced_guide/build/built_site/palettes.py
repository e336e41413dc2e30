"""Takes out of the theme's sheet of colors those that no page of a site names.

The theme has some twenty primary and twenty accent colors in one sheet, which every reader loads
before a page is shown. A page names its own in its HTML. As the sheet may be cached forever, its
new name has the SHA-256 of what is left.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from sourced_guide.build.built_site.site import BuiltSite

_FOLDER = "assets/stylesheets"
PALETTES = f"{_FOLDER}/palette.*.css"
_PALETTE = re.compile(rf"{_FOLDER}/palette\.[\w.]*css")
_NAMED = re.compile(r"data-md-color-(?:primary|accent)=\"([\w-]+)\"")
# No rule of the sheet holds another. A condition may be left with no rule.
_RULE = re.compile(r"(?<=[{};])(?P<selectors>[^{};@]+)\{[^{}]*\}")
_EMPTY = re.compile(r"@[^{};]+\{\}")
_COLOR = re.compile(r"\[data-md-color-(?:primary|accent)=([\w-]+)\]")
_DIGITS = 8


@dataclass(frozen=True)
class Palettes:
    """The sheets of colors: their texts by their names in the site, and the names they replace."""

    files: Mapping[str, str]
    renamed: Mapping[str, str]

    def linked_in(self, html: str) -> str:
        """Return a page with links to these sheets."""
        for old, new in self.renamed.items():
            html = html.replace(f'{old}"', f'{new}"')
        return html


def palettes(generated: BuiltSite) -> Palettes:
    """Return the sheets of colors, given the pages and files as the generator has made them."""
    sheets = list(filter(is_palette, sorted(generated.names)))
    named = named_colors(generated) if sheets else frozenset()
    files, renamed = {}, {}
    for sheet in sheets:
        text = without_unused_colors(generated.text(sheet), named)
        digest = hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
        renamed[sheet] = f"{_FOLDER}/palette.{digest}.min.css"
        files[renamed[sheet]] = text
    return Palettes(files, renamed)


def is_palette(name: str) -> bool:
    """Say whether a file of a site is the theme's sheet of colors."""
    return _PALETTE.fullmatch(name) is not None


def named_colors(site: BuiltSite) -> frozenset[str]:
    """Return the colors that any page of a site names."""
    return frozenset(chain.from_iterable(site.found(_NAMED)))


def without_unused_colors(sheet: str, named: AbstractSet[str]) -> str:
    """Return a sheet without the rules that apply only to pages of other colors than the named."""

    def kept(rule: re.Match[str]) -> str:
        selectors = rule["selectors"].split(",")
        return "" if all(set(_COLOR.findall(each)) - named for each in selectors) else rule.group()

    return _EMPTY.sub("", _RULE.sub(kept, sheet))
