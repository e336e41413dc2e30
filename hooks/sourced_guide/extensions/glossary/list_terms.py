"""Lays out the glossary's own page: letters to go to, and the other names of a term in one line.

Editors write one definition list, with each name in a line of its own (see `project/glossary.py`).
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from sourced_guide.claims.markdown.glossary_page import entries, term_id, words
from sourced_guide.claims.markdown.segments.media import WEB_ONLY
from sourced_guide.claims.project.glossary import forms_of

if TYPE_CHECKING:
    from collections.abc import Sequence


_HEADING = {"role": "heading", "aria-level": "2"}


def lay_out(root: Element) -> None:
    """Put the entries of a letter below the letter, and links to the letters above all of them."""
    for parent in list(root.iter()):
        for index, listing in reversed(list(enumerate(parent))):
            if listing.tag == "dl":
                parent[index : index + 1] = _by_letter(listing)


def _by_letter(listing: Element) -> list[Element]:
    # Neither is on paper: handouts have no room for them.
    letters = Element("p", {"class": f"cs-letters {WEB_ONLY}"})
    letters.text = "Go to a letter: "
    laid_out = [letters]
    for letter, group in groupby(
        entries(listing), key=lambda entry: words(entry[0][0])[:1].upper()
    ):
        anchor = f"letter-{letter.lower()}"
        link = SubElement(letters, "a", {"href": f"#{anchor}"})
        link.text, link.tail = letter, " "
        # Tables of contents list all `h2`, and would repeat the letters.
        heading = Element("p", {"class": f"cs-letter {WEB_ONLY}", "id": anchor} | _HEADING)
        heading.text = letter
        part = Element("dl")
        for names, meanings in group:
            names[0].set("id", term_id(words(names[0])))
            part.append(names[0])
            if others := _other_names([words(name) for name in names]):
                also = SubElement(part, "dt", {"class": "cs-also"})
                # As it goes on in a handout after the name and a comma.
                also.text = f"also called: {', '.join(others)}"
            part.extend(meanings)
        laid_out += [heading, part]
    return laid_out


def _other_names(names: Sequence[str]) -> list[str]:
    """Return the names of a term other than its first, without those that are only a plural."""
    shown: list[str] = []
    for name in names:
        if not any(_differ_in_number(name, other) for other in shown):
            shown.append(name)
    return shown[1:]


def _differ_in_number(name: str, other: str) -> bool:
    return name.lower() in forms_of(other) or other.lower() in forms_of(name)
