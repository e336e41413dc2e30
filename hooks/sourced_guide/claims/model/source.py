"""One published work, and the passages of it that claims rest on."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sourced_guide.claims.model.place import Place


@dataclass(frozen=True)
class Passage:
    """One located part of a source, and what it says in our own words.

    `start` and `end` are a few words, verbatim; `figures` every figure it states, with its unit;
    `measure` names what the figures measure, where another passage may measure the same;
    `population` is whom or what they count, `period` over what time, and `reports` the work that
    the source reports on, if the file says so.
    """

    id: str
    start: str
    end: str
    says: str
    section: str
    figures: tuple[str, ...]
    measure: str
    place: Place
    population: str = ""
    period: str = ""
    reports: str = ""

    @property
    def source_file(self) -> str:
        """The file of its source, as findings name it."""
        return self.place.file


@dataclass(frozen=True)
class Source:
    """One published work. `csl` holds its fields under their CSL names, as text."""

    key: str
    place: Place
    csl: Mapping[str, Any] = field(default_factory=dict)
    kind: str = ""
    read: str = ""
    status: str = ""
    superseded_by: str = ""
    checked: str = ""
    # Why the record lacks what its type needs (LIB008).
    incomplete: tuple[str, ...] = ()
    snapshot_sha256: str = ""
    reviewed_date: str = ""
    reviewed_by: str = ""
    cites: tuple[Mapping[str, Any], ...] = ()
    passages: Mapping[str, Passage] = field(default_factory=dict)
    # A file that breaks the schema: its passages may be incomplete, so rules skip them.
    broken: bool = False
    # Of its file, as a key for what depends on it.
    digest: str = ""

    @cached_property
    def csl_text(self) -> str:
        """Its CSL fields as JSON, as a key for what is made of them."""
        return as_text(self.csl)

    @property
    def title(self) -> str:
        """The work's title, or the key of a file that has none."""
        return str(self.csl.get("title", self.key))


def as_text(csl: Mapping[str, Any]) -> str:
    """Return the CSL fields of a work as JSON."""
    return json.dumps(csl, default=str)
