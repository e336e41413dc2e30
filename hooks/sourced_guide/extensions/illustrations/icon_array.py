"""People icons: 100 people, so many of them filled, with the same figure in words below.

An icon array of 100 with its figure in words is what the CDC Clear Communication Index and Zikmund-
Fisher et al. 2014 (doi:10.1177/0272989X13511706) find easiest to take in.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from pymdownx.blocks.block import Block

_SHARE = re.compile(r"(?P<some>\d{1,2}|100) of 100")
_COLUMNS, _WIDTH, _HEIGHT = 10, 16, 22
# Head and shoulders, in few letters: there are a hundred in a drawing.
_PERSON = "M{x} {y}a3 3 0 1 1 0 .1zm-2 13v-6q0-4 4-4h2q4 0 4 4v6z"


class People(Block):
    """`/// people | 23 of 100`, around the sentences that say who they are."""

    NAME = "people"
    ARGUMENT = None

    def on_create(self, parent: Element) -> Element:
        """Return the figure: the icons, and a caption for the content of the block.

        A head that is not a number of people out of 100 is shown as written. No citation covers it,
        so the check reports it.
        """
        head = self.argument or ""
        figure = SubElement(parent, "figure", {"class": "cs-people"})
        if share := _SHARE.fullmatch(head):
            figure.append(_icons(head, int(share["some"])))
        else:
            SubElement(figure, "p").text = f"people | {head}"
        self._caption = SubElement(figure, "figcaption")
        return figure

    def on_add(self, block: Element) -> Element:  # noqa: ARG002 (PyMdown's parameter)
        """Return the element for the text of the block."""
        return self._caption


def _icons(title: str, some: int) -> Element:
    """Return a drawing of 100 people, of whom the first `some` are filled."""
    width, height = _COLUMNS * _WIDTH, 100 // _COLUMNS * _HEIGHT
    drawing = Element("svg", {"role": "img", "viewBox": f"0 0 {width} {height}"})
    SubElement(drawing, "title").text = title
    for name, people in (("some", range(some)), ("rest", range(some, 100))):
        if people:
            SubElement(
                drawing,
                "path",
                {
                    "class": f"cs-people__{name}",
                    # What a style sheet colors anew; alone and on paper it looks like this.
                    "fill": "#00695c" if name == "some" else "none",
                    "stroke": "#00695c" if name == "some" else "#616161",
                    "d": "".join(map(_person, people)),
                },
            )
    return drawing


def _person(number: int) -> str:
    row, column = divmod(number, _COLUMNS)
    return _PERSON.format(x=column * _WIDTH + _WIDTH // 2 - 3, y=row * _HEIGHT + 6)
