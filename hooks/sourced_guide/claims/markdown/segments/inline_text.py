"""An inline text: its words, and the citations, asides and faults among them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from sourced_guide.claims.model.citation import Citation
    from sourced_guide.claims.model.shape import Shape

_WORD = re.compile(r"\w")

# What an inline text takes of an element: its text before any child, all of it, or what follows it.
Part = Literal["text", "whole", "tail"]


@dataclass
class Aside:
    """Text that belongs to a sentence but is not in it: alternative text, a tooltip."""

    offset: int
    kind: str
    text: str
    editorial: bool


class TextNode(NamedTuple):
    """One of the two places of text in a tree: in an element, or after it."""

    element: Element
    in_tail: bool

    @property
    def raw(self) -> str:
        """The text as the tree has it."""
        return (self.element.tail if self.in_tail else self.element.text) or ""

    @property
    def is_code(self) -> bool:
        """Whether the text is in inline code, where a citation is only an example."""
        return self.element.tag == "code" and not self.in_tail


@dataclass
class SourceSpan:
    """Where a part of the inline text came from, character for character."""

    start: int
    end: int
    node: TextNode
    raw_start: int


@dataclass
class UncheckedText:
    """Something a reader sees that cannot carry a citation."""

    text: str
    within: str


@dataclass
class HiddenText:
    """Text that may be hidden from readers or changed for them, and by what."""

    text: str
    by: str


@dataclass
class CitationAnchor:
    """A citation group and its offset in the inline text."""

    offset: int
    element: Element
    written: str
    citations: tuple[Citation, ...]


# The citations that cover a text.
Anchors = tuple[CitationAnchor, ...]


@dataclass
class Comment:
    """An HTML comment and its offset in the inline text. Readers do not see it."""

    offset: int
    written: str


@dataclass
class InlineText:
    """The visible text of consecutive inline content, without citations."""

    text: str = ""
    anchors: list[CitationAnchor] = field(default_factory=list)
    broken: list[Citation] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    source_spans: list[SourceSpan] = field(default_factory=list)
    unchecked: list[UncheckedText] = field(default_factory=list)
    hidden: list[HiddenText] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    # What selectors match stashed tags by.
    shapes: set[Shape] = field(default_factory=set)
    comments: list[Comment] = field(default_factory=list)
    # Spans that are text about the guide, and those that are a button.
    editorial: list[tuple[int, int]] = field(default_factory=list)
    buttons: list[tuple[int, int]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether a reader would see nothing of it."""
        return not (
            _WORD.search(self.text)
            or self.anchors
            or self.asides
            or self.unchecked
            or self.hidden
            or self.images
        )

    def is_within(self, spans: list[tuple[int, int]], start: int, end: int) -> bool:
        """Say whether every word between `start` and `end` is inside one of `spans`."""
        if not spans:
            return False
        outside = list(self.text[start:end])
        for first, last in spans:
            for at in range(max(first, start), min(last, end)):
                outside[at - start] = " "
        return not _WORD.search("".join(outside))


def is_blank(part: tuple[Element, Part]) -> bool:
    """Say whether this is only the space between two blocks."""
    element, which = part
    if which == "whole":
        return False
    text = element.text if which == "text" else element.tail
    return not text or text.isspace()


def words_of(element: Element) -> str:
    """Return the words in an element, citations left out, or what it is where it has none."""
    return " ".join("".join(element.itertext()).split()) or element.tag
