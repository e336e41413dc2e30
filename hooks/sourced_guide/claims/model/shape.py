"""What a style sheet can know of an element of a page."""

from __future__ import annotations

from typing import NamedTuple


class Shape(NamedTuple):
    """What selectors know an element by.

    `around` are the classes of the elements around it that start with `cs-`: those of this guide's
    own parts. What else a theme puts around a page is not known here.
    """

    tag: str
    classes: frozenset[str]
    attributes: frozenset[str]
    around: frozenset[str]
