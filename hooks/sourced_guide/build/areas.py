"""The areas that build steps read and write: the project, the generated pages and the site."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pathspec import PathSpec

from sourced_guide.build.built_site.site import BuiltSite
from sourced_guide.build.inputs import engine_digest, project_digest
from sourced_guide.claims.project.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sourced_guide.claims.project.project import Project

CACHE = Path(".cache")
STATE = CACHE / "build.json"
# What steps keep of pages. It is as much as checks keep, and must not take their room.
_KEPT = CACHE / "steps"
PROJECT, GENERATED, SITE = "project", "generated", "site"


def areas_of(project: Project, site: Path) -> Areas:
    """Return the areas of a build of a project into a folder."""
    store = steps_store(project)
    folders = {
        GENERATED: BuiltSite(project.folder / CACHE / GENERATED, store),
        SITE: BuiltSite(site, store),
    }
    program = engine_digest()
    return Areas(program, project_digest(project, program), folders)


def steps_store(project: Project) -> Store:
    """Return what earlier steps kept of the pages of a project; nothing if nothing is kept."""
    return Store(project.folder / _KEPT) if project.store.is_open else Store()


@dataclass(frozen=True)
class Areas:
    """The digests of the program and of the project, and folders by their names."""

    program: str
    project: str
    folders: Mapping[str, BuiltSite]
    # Whether names match patterns: each step asks for the same ones before and after it.
    _matches: dict[tuple[str, ...], dict[str, bool]] = field(default_factory=dict, compare=False)

    def matching(self, patterns: Iterable[str]) -> dict[str, str]:
        """Return the digests of all files that match the patterns, by their names.

        Hidden files belong to the host or to the user.
        """
        patterns = tuple(patterns)
        spec = PathSpec.from_lines("gitignore", patterns)
        known = self._matches.setdefault(patterns, {})

        def matches(name: str) -> bool:
            if name not in known:
                known[name] = spec.match_file(name)
            return known[name]

        found = {
            f"{area}/{name}": site
            for area, site in self.folders.items()
            for name in site.names
            if not name.startswith(".") and matches(f"{area}/{name}")
        }
        digests = {
            name: site.digest(name.partition("/")[2]) for name, site in sorted(found.items())
        }
        return digests | ({PROJECT: self.project} if matches(PROJECT) else {})

    def remove(self, names: Iterable[str]) -> None:
        """Remove files, given by area and name."""
        for name in names:
            area, _, file = name.partition("/")
            self.folders[area].remove([file])
