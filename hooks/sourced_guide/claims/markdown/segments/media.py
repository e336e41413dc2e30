"""Blocks for the web alone and for paper alone: the two classes with which an editor says so.

Each is checked as any other text. On a screen, in the search and in the offline copy stands what
is not `.paper-only`; in handouts and in a browser's print what is not `.web-only`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

WEB_ONLY = "web-only"
PAPER_ONLY = "paper-only"
_BOTH = {WEB_ONLY, PAPER_ONLY}


def classes_of(element: Element) -> set[str]:
    """Return the classes of an element."""
    return set((element.get("class") or "").split())


def shown_nowhere(root: Element, around: frozenset[str] = frozenset()) -> Iterator[Element]:
    """Yield the elements below `root` that stand neither on the web nor on paper.

    These have both classes, or have one and stand in an element with the other; `around` are the
    two classes as far as the elements around `root` have them.
    """
    for child in root:
        marked = around | (classes_of(child) & _BOTH)
        if marked == _BOTH:
            yield child
        else:
            yield from shown_nowhere(child, marked)
