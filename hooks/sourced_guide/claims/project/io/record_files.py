"""Records of works in files of a reference manager, which complete source files.

`sources: [references.bib]` under `guide.claims` names the files. They are only read: what is ours
of a source (its kind, its passages) is in `docs/references/KEY.yml`, which then repeats nothing
that the record of that key has.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.model.place import Place
from sourced_guide.claims.project.io.schema import Problem
from sourced_guide.claims.project.store.store import file_digest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sourced_guide.claims.project.project import Project

# Knows the formats. It is above the engine, and loaded only for a project that names such a file.
_READER = "sourced_guide.records.read"


@dataclass(frozen=True)
class Record:
    """The fields of a work as a source file has them, and the file that they are in."""

    file: str
    fields: Mapping[str, Any]


def read_record_files(project: Project) -> tuple[dict[str, Record], list[Problem]]:
    """Return the records of a project's files by their keys, and why files cannot be read."""
    records: dict[str, Record] = {}
    problems: list[Problem] = []
    shelf = project.store.shelf("records")
    for name in project.options.sources:
        path = project.folder / name
        shown = project.shown(path)
        if not path.is_file():
            help_ = "correct its name under `sources` in mkdocs.yml"
            problems.append(Problem(Place(shown), "there is no such file", help_))
            continue
        found, reason = shelf.get(file_digest(path), partial(_read, path))
        if reason:
            problems.append(Problem(Place(shown), reason, "export it anew"))
        for key, fields in found.items():
            records.setdefault(key, Record(shown, fields))
    return records, problems


def _read(path: Path) -> tuple[dict[str, Any], str]:
    read: tuple[dict[str, Any], str] = import_module(_READER).fields_by_key(path)
    return read
