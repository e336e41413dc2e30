"""A project as mkdocs.yml describes it: its folders, its files, and how its pages are parsed."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from sourced_guide.claims.model.place import Place
from sourced_guide.claims.model.suppression import Suppression
from sourced_guide.claims.project.clock import today
from sourced_guide.claims.project.io.atomic_write import links_to_ancestor
from sourced_guide.claims.project.io.site_settings import SiteSettings
from sourced_guide.claims.project.options import Options
from sourced_guide.claims.project.page_file import MARKDOWN_SUFFIXES
from sourced_guide.claims.project.store.store import Store, digest_of, file_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sourced_guide.claims.project.io.excluded import Patterns
    from sourced_guide.claims.project.non_page_text.settings_text import SettingText
    from sourced_guide.claims.project.non_page_text.style_sheets import StyleSheet

# What includes files in pages.
SNIPPETS = "pymdownx.snippets"


@dataclass(frozen=True)
class Project:
    """A project before its pages are parsed.

    `docs` is the folder of the pages and `root` the one that findings name files relative to.
    `extensions` are Python-Markdown's, with their options. `snippets` are the folders that `--8<--`
    reads from. `excluded` are paths that are not published (gitignore patterns). `setting_texts`
    are the texts of mkdocs.yml; `code_files` its templates, style sheets, scripts. `today` is the
    day that reviews are due by; `snapshots` the folder of snapshots of the sources, where there is
    one, and `excerpts` that of parts of sources. `config_folder` is the folder of mkdocs.yml,
    where the project has one; `address` is where readers find the site, or empty; `repository` is
    what themes call the place of its Markdown, or empty; `site` is what the site is about. `hooks`
    are the files that the generator runs. `settings_digest` depends on the settings and on the
    environment variables in them. `store` has what earlier runs found; by default, nothing.
    """

    docs: Path
    root: Path
    extensions: Sequence[Any] = ()
    extension_configs: Mapping[str, Any] = field(default_factory=dict)
    snippets: Sequence[Path] = ()
    excluded: Patterns | None = None
    options: Options = field(default_factory=Options)
    setting_texts: Sequence[SettingText] = ()
    code_files: Sequence[Path] = ()
    today: date = field(default_factory=today)
    snapshots: Path | None = None
    excerpts: Path | None = None
    config_folder: Path | None = None
    address: str = ""
    repository: str = ""
    site: SiteSettings = field(default_factory=SiteSettings)
    hooks: Sequence[Path] = ()
    settings_digest: str = ""
    store: Store = field(default_factory=Store, compare=False)

    @property
    def folder(self) -> Path:
        """The folder of mkdocs.yml, or the parent of the docs folder."""
        return self.config_folder or self.docs.parent

    @cached_property
    def page_paths(self) -> list[str]:
        """The published pages, in the order of their paths."""
        return [path for path in self._published if Path(path).suffix in MARKDOWN_SUFFIXES]

    def has_page(self, path: str) -> bool:
        """Say whether a page is published."""
        return path in self._page_set

    def static_files(self) -> list[Path]:
        """Return the files that are published as they are."""
        return [self.docs / path for path in self._published if not self.has_page(path)]

    def shown(self, path: Path) -> str:
        """Return the name of a file in findings: relative to the root if it is inside it."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()

    def file_beside(self, page: str, source: str) -> Path:
        """Return the file in the docs folder that a URL on a page refers to."""
        folder = self.docs if source.startswith("/") else (self.docs / page).parent
        return Path(os.path.normpath(folder / unquote(source.partition("?")[0]).lstrip("/")))

    def snippet_file(self, name: str) -> Path | None:
        """Return the file that `--8<-- "name"` includes, where there is one."""
        candidates = (folder / name.partition(":")[0] for folder in self.snippets)
        return next((file for file in candidates if file.is_file()), None)

    @cached_property
    def style_sheets(self) -> list[StyleSheet]:
        """The project's style sheets, with those that they import."""
        # Most checks have no new style sheet.
        from sourced_guide.claims.project.non_page_text.style_sheets import (  # noqa: PLC0415
            read_style_sheets,
        )

        published = [path for path in self.static_files() if path.suffix.lower() == ".css"]
        return read_style_sheets([*self.code_files, *published], self.docs, self.shown)

    @cached_property
    def sheet_suppressions(self) -> list[Suppression]:
        """The suppressions in the style sheets."""
        kept = self.store.shelf("style-sheets").get(self.code_digest, self._written_suppressions)
        return [
            Suppression(written, tuple(rules), reason, Place(*at), _places(covers))
            for written, rules, reason, at, covers in kept
        ]

    def _written_suppressions(self) -> list[Any]:
        return [
            [each.written, each.rules, each.reason, each.place, sorted(each.covers)]
            for sheet in self.style_sheets
            for each in sheet.suppressions
        ]

    @cached_property
    def code_digest(self) -> str:
        """A digest of all files beside the pages that are published or print text.

        It is empty if a style sheet loads a file that is not among them, or nothing is kept.
        """
        if not self.store.is_open:
            return ""
        files = {*self.code_files, *self.static_files()}
        digest = digest_of(
            *map(repr, (self.shown(self.docs), self.setting_texts, self.options.files)),
            *(f"{path} {file_digest(path)}" for path in sorted(files)),
        )

        def is_complete() -> bool:
            # As above.
            from sourced_guide.claims.project.non_page_text.style_sheets import (  # noqa: PLC0415
                loaded_files,
            )

            return files.issuperset(loaded_files(self.style_sheets, self.docs))

        return digest if self.store.shelf("loaded").get(digest, is_complete) else ""

    @cached_property
    def _page_set(self) -> frozenset[str]:
        return frozenset(self.page_paths)

    @cached_property
    def _published(self) -> list[str]:
        """Every file below the docs folder that is neither hidden nor excluded, sorted."""
        found: list[str] = []
        # MkDocs follows links to other folders, too.
        for folder, inner, names in os.walk(self.docs, followlinks=True):
            inner[:] = [
                name
                for name in inner
                if not name.startswith(".") and not links_to_ancestor(Path(folder, name))
            ]
            within = Path(folder).relative_to(self.docs).as_posix()
            prefix = "" if within == "." else f"{within}/"
            found += (f"{prefix}{name}" for name in names if not name.startswith("."))
        excluded = self.excluded
        return sorted(path for path in found if not (excluded and excluded.match_file(path)))


def _places(written: Iterable[Sequence[Any]]) -> frozenset[Place]:
    return frozenset(Place(*place) for place in written)


def snippet_folders(configs: Mapping[str, Any], root: Path) -> list[Path]:
    """Return the folders that pymdownx.snippets reads from."""
    base = (configs.get(SNIPPETS) or {}).get("base_path", ["."])
    folders = base if isinstance(base, list) else [base]
    return [(root / str(folder)).resolve() for folder in folders]
