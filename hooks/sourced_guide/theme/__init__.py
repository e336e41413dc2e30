"""The theme `sourced-guide`: templates, style sheets and scripts on top of Material's.

MkDocs and Zensical find it by its entry point; `theme: {name: sourced-guide}` selects it. A site
changes it as any theme of MkDocs: files in its `custom_dir` come first.
"""

from pathlib import Path

NAME = "sourced-guide"
FOLDER = Path(__file__).parent
SETTINGS = FOLDER / "mkdocs_theme.yml"
# What MkDocs leaves out when it copies a theme's files to a site.
_NOT_PUBLISHED = (".py", ".pyc", ".yml")


def code_files() -> list[Path]:
    """Return the theme's templates, style sheets and scripts."""
    found = sorted(FOLDER.rglob("*"))
    return [path for path in found if path.is_file() and path.suffix not in _NOT_PUBLISHED]
