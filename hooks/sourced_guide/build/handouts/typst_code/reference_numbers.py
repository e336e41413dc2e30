"""The numbers that a handout gives to its sources and to the addresses in its text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass
class Numbers:
    """The numbers of a handout's sources and of the addresses in its text."""

    sources: dict[str, int]
    # The labels of a booklet's chapters and of their headings, by their addresses within the site.
    chapters: Mapping[str, str] = field(default_factory=dict)
    # The sources that an address belongs to, by the address.
    known: Mapping[str, str] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)

    def source(self, key: str) -> int:
        """Return the number of a source; one that is new gets the next."""
        return self.sources.setdefault(key, len(self.sources) + 1)

    def address(self, address: str) -> int:
        """Return the number of an address; one that is new gets the next."""
        if address not in self.addresses:
            self.addresses.append(address)
        return self.addresses.index(address) + 1
