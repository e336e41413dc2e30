"""Text that a reader sees and no rule can check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sourced_guide.claims.model.place import Place


@dataclass(frozen=True)
class UncheckedText:
    """A text outside of the pages that states something: where, in what, its words."""

    place: Place
    within: str
    text: str
