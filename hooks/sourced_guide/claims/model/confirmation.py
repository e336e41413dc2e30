"""What a person confirmed: that a claim and a passage agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, order=True)
class Confirmation:
    """One entry: what was read together, its fingerprint, by whom and on which day.

    `times` is how often the claim occurred in its file with this citation.
    """

    file: str
    claim: str
    passage: str
    fingerprint: str
    by: str
    on: date
    times: int = 1

    @property
    def key(self) -> str:
        """The key of the source that the passage is of."""
        return self.passage.partition("#")[0]
