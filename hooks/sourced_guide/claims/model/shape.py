"""What a style sheet can know of an element of a page."""

from __future__ import annotations

from typing import NamedTuple


class Shape(NamedTuple):
    """What simple selectors match an element by (W3C, Selectors Level 4): type, class, attribute.

    `ancestor_classes` are the classes of its ancestors that start with `cs-`: those of this guide's
    own parts. What else a theme puts around a page is not known here.
    """

    tag: str
    classes: frozenset[str]
    attributes: frozenset[str]
    ancestor_classes: frozenset[str]
