"""What selectors match an element by."""

from __future__ import annotations

from typing import NamedTuple


class Shape(NamedTuple):
    """What simple selectors match an element by (W3C, Selectors Level 4): type, class, attribute.

    `ancestor_classes` are the classes of its ancestors that start with `cs-`: those of this guide's
    own parts. Elements that themes put around a page are not known here.
    """

    tag: str
    classes: frozenset[str]
    attributes: frozenset[str]
    ancestor_classes: frozenset[str]
