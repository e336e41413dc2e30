"""Source files: one per published work, with the passages that claims cite.

What a file's YAML says, and what is wrong with it, is kept in the store by the file's content.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.model.place import Place
from sourced_guide.claims.model.source import Passage, Source
from sourced_guide.claims.model.suggest import did_you_mean
from sourced_guide.claims.project.io.located_yaml import read_yaml
from sourced_guide.claims.project.io.record_files import Record, read_record_files
from sourced_guide.claims.project.io.schema import Problem, Schema
from sourced_guide.claims.project.store.store import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sourced_guide.claims.model.citation import Citation
    from sourced_guide.claims.project.project import Project
    from sourced_guide.claims.project.store.store import Shelf

# The folder of the source files, in the docs folder.
REFERENCES = "references"
SUFFIX = ".yml"
SCHEMA = Schema("source.schema.json", "the file")
# Our own fields; all others are CSL fields.
_OWN_FIELDS = {
    "snapshot",
    "reviewed",
    "cites",
    "kind",
    "read",
    "status",
    "superseded-by",
    "checked",
    "incomplete",
    "passages",
}


@dataclass(frozen=True)
class Library:
    """All sources by key, what is wrong with their files, and the records that complete them."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    records: Mapping[str, Record] = field(default_factory=dict)

    def source(self, key: str) -> Source:
        """Return the source with a key that a person typed.

        Raises UnusableProjectError where there is none; the text suggests the closest key.
        """
        if key not in self.sources:
            guess = did_you_mean(key, self.sources) or "a key is a file's name in references/"
            raise UnusableProjectError(f"there is no source '{key}'; {guess}")
        return self.sources[key]

    def passages(self, citations: Iterable[Citation]) -> dict[tuple[str, str], Passage]:
        """Return the passages that citations name and that exist, by source key and passage id."""
        found = {}
        for citation in citations:
            source = self.sources.get(citation.key)
            if source and (passage := source.passages.get(citation.passage)):
                found[citation.key, citation.passage] = passage
        return found

    @cached_property
    def digest(self) -> str:
        """A digest of all files, as a key for what depends on all of them."""
        return digest_of(*(f"{source.key} {source.digest}" for source in self.sources.values()))


def load_library(project: Project) -> Library:
    """Read every source file of a project; one without their folder has an empty library."""
    folder = project.docs / REFERENCES
    shown = project.shown(folder)
    sources: dict[str, Source] = {}
    records, problems = read_record_files(project)
    shelf = project.store.shelf("sources")
    files = folder.glob(f"*{SUFFIX}") if folder.is_dir() else ()
    for path in sorted(files, key=lambda path: path.name):
        record = records.get(path.name.removesuffix(SUFFIX))
        source, faults = _read_source(path, f"{shown}/{path.name}", shelf, record)
        sources[source.key] = source
        problems += faults
    return Library(sources, tuple(problems), records)


def _read_source(
    path: Path, file: str, shelf: Shelf, record: Record | None
) -> tuple[Source, list[Problem]]:
    key = path.name.removesuffix(SUFFIX)
    place = Place(file)
    if not path.is_file() and path.exists():
        # Reading a pipe or a device may never end.
        fault = Problem(place, "not a file that can be read", "put a source file there")
        return Source(key, place, broken=True), [fault]
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fault = Problem(place, f"not UTF-8 text (byte {error.start + 1})", "save it as UTF-8")
        return Source(key, place, broken=True), [fault]
    except OSError as error:
        fault = Problem(place, f"cannot be read: {error.strerror}", "check the file")
        return Source(key, place, broken=True), [fault]
    known = record.fields if record else {}
    digest = sha256(content + json.dumps(known).encode() * bool(known)).hexdigest()
    fields, places, faults = shelf.get(digest, lambda: _parsed(text, known))
    problems = [Problem(Place(file, line, column), *told) for line, column, *told in faults]
    if not isinstance(fields, dict):
        return Source(key, place, broken=True, digest=digest), problems
    return _as_source(key, digest, fields, file, places, broken=bool(problems)), problems


def _parsed(text: str, known: Mapping[str, Any]) -> list[Any]:
    """Return the fields of a file, the places of its passages, and what is wrong with it.

    `known` are the fields that it need not have.
    """
    marked = read_yaml(text)
    if known and isinstance(marked.value, dict):
        marked.value = {**known, **marked.value}
    faults = [[fault.line, fault.column, fault.message, fault.help] for fault in marked.problems]
    faults = faults or [
        [fault.place.line, fault.place.column, fault.message, fault.help]
        for fault in SCHEMA.problems(marked, "")
    ]
    fields = marked.value if isinstance(marked.value, dict) else {}
    ids = _mapping(fields.get("passages"))
    return [marked.value, {id_: marked.place(("passages", id_)) for id_ in ids}, faults]


def _as_source(  # noqa: PLR0913 (what is read of a file)
    key: str,
    digest: str,
    fields: Mapping[str, Any],
    file: str,
    places: Mapping[str, tuple[int, int]],
    *,
    broken: bool,
) -> Source:
    """Return the usable fields of a file; the schema has reported the others."""
    snapshot, reviewed = _mapping(fields.get("snapshot")), _mapping(fields.get("reviewed"))
    cites = fields.get("cites")
    return Source(
        key=key,
        place=Place(file),
        csl={name: value for name, value in fields.items() if name not in _OWN_FIELDS},
        kind=_text(fields.get("kind")),
        read=_text(fields.get("read")),
        status=_text(fields.get("status")),
        superseded_by=_text(fields.get("superseded-by")),
        checked=_text(fields.get("checked")),
        incomplete=tuple(map(_text, _list(fields.get("incomplete")))),
        snapshot_sha256=_text(snapshot.get("sha256")),
        reviewed_date=_text(reviewed.get("date")),
        reviewed_by=_text(reviewed.get("by")),
        cites=tuple(filter(None, map(_mapping, _list(cites)))),
        passages={
            id_: _as_passage(id_, _mapping(value), Place(file, *places[id_]))
            for id_, value in _mapping(fields.get("passages")).items()
        },
        broken=broken,
        digest=digest,
    )


def _as_passage(id_: str, fields: Mapping[str, Any], place: Place) -> Passage:
    figures = fields.get("figures")
    return Passage(
        id=id_,
        start=_text(fields.get("start")),
        end=_text(fields.get("end")),
        says=_text(fields.get("says")),
        section=_text(fields.get("section")),
        figures=tuple(map(_text, _list(figures))),
        measure=_text(fields.get("measure")),
        place=place,
        population=_text(fields.get("population")),
        period=_text(fields.get("period")),
        reports=_text(fields.get("reports")),
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
