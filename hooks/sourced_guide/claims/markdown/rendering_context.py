"""Which page of which site is being rendered, according to the generator.

No generator is imported: MkDocs, ProperDocs and Zensical register this with the parser.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.model.third_party import mkdocs_page, zensical_page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown import Markdown


@dataclass(frozen=True)
class Rendering:
    """A page, its docs folder, and the project's Markdown extensions with their options.

    `page` is relative to `docs`, and empty where no generator says which one it is.
    """

    page: str
    docs: Path
    extensions: Sequence[Any] = ()
    configs: Mapping[str, Any] = field(default_factory=dict)
    excluded: Any = None


def rendering_of(md: Markdown, docs: str) -> Rendering:
    """Return what `md` is rendering; `docs` is the docs folder if no generator names one."""
    if rendered := mkdocs_page(md):
        page, config = rendered
        excluded = config.get("exclude_docs")
        return Rendering(page, Path(config["docs_dir"]), *_parser(config), excluded)
    if rendered := zensical_page(md):
        page, config = rendered
        folder = Path(config.get("root_dir") or ".", config.get("docs_dir") or docs)
        return Rendering(page, folder, *_parser(config))
    return Rendering("", Path(docs))


def _parser(config: Mapping[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    names = [name for name in config["markdown_extensions"] if isinstance(name, str)]
    return names, config["mdx_configs"] or {}
