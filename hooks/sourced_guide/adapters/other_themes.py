"""The style sheet that shows marks of sources in a site with another theme than ours."""

from __future__ import annotations

from importlib.resources import files as resources
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

from sourced_guide.theme import NAME as THEME

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

_SHEET = "assets/sourced-guide.css"


def name_sheet(config: MkDocsConfig) -> None:
    """Let pages load the sheet, before those of the project."""
    if config.theme.name != THEME:
        config.extra_css.insert(0, _SHEET)


def add_sheet(files: Files, config: MkDocsConfig) -> None:
    """Add the sheet to the site."""
    if config.theme.name != THEME:
        content = resources("sourced_guide.adapters").joinpath(_SHEET).read_text("utf-8")
        files.append(File.generated(config, _SHEET, content=content))
