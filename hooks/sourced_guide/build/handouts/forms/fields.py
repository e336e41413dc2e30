"""A field of a form, on its way through Typst.

Typst has no fields. It has links, which get their place on the page, in the structure tree and in
the tab order: so a field goes through Typst as a link whose address says what it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from urllib.parse import parse_qs, urlencode

# What an address of a field begins with.
FIELD = "field:?"
_LONGEST_NAME = 60


class Kind(StrEnum):
    """What is put into a field."""

    LINE = "line"
    LINES = "lines"
    TICK = "tick"


@dataclass(frozen=True)
class Field:
    """A field: its name in the form, its label for screen readers and what is put into it."""

    name: str
    label: str
    kind: Kind

    @property
    def address(self) -> str:
        """The address of the link that the field goes through Typst as."""
        return FIELD + urlencode({"name": self.name, "label": self.label, "kind": self.kind})

    @classmethod
    def of_address(cls, address: str) -> Self:
        """Return the field that an address stands for."""
        values = parse_qs(address.removeprefix(FIELD))
        return cls(values["name"][0], values["label"][0], Kind(values["kind"][0]))


class Fields:
    """The fields of one handout. Their names differ: those of the same name share their value."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def new(self, label: str, kind: Kind) -> Field:
        """Return a new field, named by its label."""
        label = " ".join(label.split())
        # A dot in a name would make a field within another.
        stem = re.sub(r"[^a-z0-9]+", "-", label.lower())[:_LONGEST_NAME].strip("-")
        name, number = stem, 1
        while name in self._names:
            number += 1
            name = f"{stem}-{number}"
        self._names.add(name)
        return Field(name, label, kind)
