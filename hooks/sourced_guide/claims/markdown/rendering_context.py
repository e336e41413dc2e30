"""Which page of which site is being rendered, as the generator that renders it says.

MkDocs and ProperDocs keep the page in a processor of theirs (mkdocs/structure/pages.py,
`_RelativePathTreeprocessor`), Zensical in another (zensical/extensions/context.py). Neither is
imported: their processors are known by the names under which they are registered.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown import Markdown

_MKDOCS, _ZENSICAL = "relpath", "rendering_context"


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
    """Return what `md` is rendering; `docs` is the docs folder where no generator knows it."""
    if _MKDOCS in md.treeprocessors:
        processor: Any = md.treeprocessors[_MKDOCS]
        config = processor.config
        excluded = config.get("exclude_docs")
        return Rendering(
            processor.file.src_uri, Path(config["docs_dir"]), *_parser(config), excluded
        )
    if _ZENSICAL in md.preprocessors:
        context: Any = md.preprocessors[_ZENSICAL]
        config = context.config
        folder = Path(config.get("root_dir") or ".", config.get("docs_dir") or docs)
        return Rendering(str(context.page.path), folder, *_parser(config))
    return Rendering("", Path(docs))


def _parser(config: Mapping[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    names = [each for each in config["markdown_extensions"] if isinstance(each, str)]
    return names, config["mdx_configs"] or {}
