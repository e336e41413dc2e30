"""Blocks for one medium only, by the classes `web-only` and `paper-only`.

They are checked like all text. Screens, the search and the offline copy leave out `.paper-only`
blocks; handouts and printing leave out `.web-only` blocks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

WEB_ONLY = "web-only"
PAPER_ONLY = "paper-only"
_BOTH = {WEB_ONLY, PAPER_ONLY}
# Both end so.
_MARK = "-only"


def classes_of(element: Element) -> set[str]:
    """Return the classes of an element."""
    return set((element.get("class") or "").split())


def hidden_in_all_media(root: Element, around: frozenset[str] = frozenset()) -> Iterator[Element]:
    """Yield the elements below `root` that are shown neither on the web nor on paper.

    These have both classes, or have one inside an element with the other; `around` are those of the
    two classes that the ancestors of `root` have.
    """
    if not around and not any(_MARK in (each.get("class") or "") for each in root.iter()):
        return
    for child in root:
        marked = around | (classes_of(child) & _BOTH)
        if marked == _BOTH:
            yield child
        else:
            yield from hidden_in_all_media(child, marked)
