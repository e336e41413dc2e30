"""Creates source files from files of records or from bibliographic services."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.project.clock import today
from sourced_guide.claims.project.io.atomic_write import write_atomically
from sourced_guide.records.csl import fields_of
from sourced_guide.records.errors import RecordError
from sourced_guide.records.identifiers import identify
from sourced_guide.records.read import FORMATS, read_records
from sourced_guide.records.services import Record
from sourced_guide.records.source_file import (
    is_retracted,
    new_key,
    own_text,
    same_work,
    source_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sourced_guide.claims.project.io.record_files import Record as KeptRecord
    from sourced_guide.records.services import Services


def records_of(given: str, services: Services) -> list[Record]:
    """Return the records of a file, or the one that a service has for an identifier.

    Raises RecordError where there is none.
    """
    if Path(given).is_file():
        return [Record(item) for item in read_records(Path(given))]
    identifier = identify(given)
    if not identifier:
        raise RecordError(f"neither a file nor a DOI, PMID, PMCID, ISBN or URL; files: {FORMATS}")
    record = services.look_up(identifier)
    return [Record({**record.item, "accessed": str(today())}, record.notices)]


@dataclass
class SourceFolder:
    """The folder of source files; `known` are the CSL fields of those that there are, by key."""

    folder: Path
    known: dict[str, Mapping[str, Any]]
    added: list[str] = field(default_factory=list)

    def add(self, record: Record, key: str | None = None) -> list[str]:
        """Write the source file of a record, and return the lines to print.

        Raises RecordError where the work has a source file, or the key is taken, and
        UnwritableFileError where the file cannot be written.
        """
        fields = fields_of(record.item)
        duplicate, identifier = same_work(fields, self.known)
        if duplicate:
            shared = f"{identifier} {fields[identifier]}"
            raise RecordError(f"{duplicate}.yml is the same work ({shared}); add passages to it")
        if key in self.known:
            raise RecordError(f"the key '{key}' is taken by another work; give another one")
        key = key or new_key(fields, self.known)
        path = self.folder / f"{key}.yml"
        item = {**record.item, "genre": _genres(record)}
        write_atomically(path, source_text(item))
        return self._added(path, item, fields, record.notices)

    def complete(self, key: str, record: KeptRecord) -> list[str]:
        """Write the source file of a record that a project reads where it is kept.

        Raises RecordError where there is one, UnwritableFileError where it cannot be written.
        """
        path = self.folder / f"{key}.yml"
        if key in self.known:
            raise RecordError(f"{path.name} is there already")
        comment = f"# Title, authors and so on are in {record.file}.\n"
        write_atomically(path, comment + own_text(record.fields))
        return self._added(path, record.fields, record.fields, ())

    def _added(
        self,
        path: Path,
        item: Mapping[str, Any],
        fields: Mapping[str, Any],
        notices: Iterable[str],
    ) -> list[str]:
        self.known[path.stem] = fields
        self.added.append(path.stem)
        lines = [f"{path}: {fields['title']}"]
        lines += [f"  note: {notice}" for notice in notices]
        if is_retracted(item):
            lines.append("  note: this work was retracted; do not rest a claim on it")
        lines.append("  to fill in: see the comments in the file")
        return lines


def _genres(record: Record) -> list[Any]:
    given = record.item.get("genre")
    genres = list(given) if isinstance(given, list) else []
    return [*genres, "Retracted Publication"] if record.is_retracted else genres
