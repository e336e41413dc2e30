"""What an element of a page is, for what writes it as Typst code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sourced_guide.build.handouts.typst_code.literal import array

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

# A longer word would overflow its column.
LONGEST_WORD = 24
QUESTIONS = "Questions to ask"
# The attribute of the end of a claim: the keys of the sources that paper shows there.
ON_PAPER = "data-sources"
_BACK = "paper-back"
# The classes of what marks other blocks.
_MARKS = {"editorial", "paper-only", "paper-more"}


def is_question_list(element: HtmlElement) -> bool:
    """Say whether a list is directly below the heading of the questions to ask."""
    before = element.xpath(
        "./preceding-sibling::*[self::h1 or self::h2 or self::h3 or self::h4][1]"
    )
    return bool(before) and before[0].text_content().strip() == QUESTIONS


def column_words(cells: Sequence[HtmlElement]) -> str:
    """Return how many letters the longest word of a column has, and its cells on average."""
    texts = [cell.text_content() for cell in cells]
    longest = max((len(word) for text in texts for word in re.split(r"[\s-]", text)), default=0)
    return array((str(min(longest, LONGEST_WORD)), str(sum(map(len, texts)) // len(texts))))


def letter_count(element: HtmlElement) -> str:
    """Return the number of letters in a box, or `none` if a picture makes it taller."""
    return "none" if element.xpath(".//svg") else str(len(element.text_content()))


def only_marks(element: HtmlElement) -> bool:
    """Say whether an element only marks the blocks in it."""
    return element.tag == "div" and set(element.get("class", "").split()) <= _MARKS


def is_on_back(element: HtmlElement) -> bool:
    """Say whether the back of a sheet to hand over begins with a heading."""
    return _BACK in element.get("class", "").split()


def is_field_list(element: HtmlElement) -> bool:
    """Say whether a list holds the fields of the alert card, which are filled in by hand."""
    parent = element.getparent()
    return parent is not None and "cs-card__fields" in parent.get("class", "").split()
