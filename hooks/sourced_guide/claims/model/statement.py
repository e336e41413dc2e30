"""What a page says to its reader: its statements, and their roles."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from sourced_guide.claims.model.place import Place

if TYPE_CHECKING:
    from sourced_guide.claims.model.citation import Citation
    from sourced_guide.claims.model.shape import Shape
    from sourced_guide.claims.model.suppression import Suppression

# Kinds of text that belong to a sentence but are not in it.
ALTERNATIVE_TEXT = "alternative text"
TOOLTIP = "tooltip"
# Between the claims of a table row, which are one statement.
BETWEEN_CELLS = " | "
ASIDES = (ALTERNATIVE_TEXT, TOOLTIP)
# Kinds of unreadable text that not even text about the guide may have.
HIDDEN_IN_ALL_MEDIA = "text that is both .web-only and .paper-only"
DIALS_OTHER_NUMBER = "a link that calls another number than it shows"
TELEPHONE_IN_RAW_HTML = "a telephone link in raw HTML"
NEVER_EDITORIAL = (HIDDEN_IN_ALL_MEDIA, DIALS_OTHER_NUMBER, TELEPHONE_IN_RAW_HTML)


class Role(Enum):
    """What a text is. Nothing that a reader can see is without one."""

    CLAIM = "claim"
    LABEL = "label"
    EDITORIAL = "editorial"
    # Seen by readers, but not by the checker; and the reverse: checked, but perhaps hidden from
    # readers.
    UNREADABLE = "unreadable"
    HIDDEN = "hidden"


@dataclass
class Statement:
    """One text that a reader sees.

    `kind` is the kind of element it is in ("sentence", "list item", "table row", ...). `citations`
    cover it, `inherited` if they are in a lead-in or a caption. `anchor` is the id on the page that
    leads to it. `line` and `column` are set once it is looked up in its file; for an unreadable or
    hidden text, `kind` says what it is in, or what hides it. `box` is the title of the innermost
    admonition or details block around it.
    """

    text: str
    kind: str
    role: Role
    citations: tuple[Citation, ...] = ()
    inherited: bool = False
    id: str = ""
    anchor: str = ""
    box: str = ""
    file: str = ""
    line: int = 1
    column: int = 1

    @property
    def place(self) -> Place:
        """Where it was written, once it has been looked up."""
        return Place(self.file, self.line, self.column)


@dataclass
class PageText:
    """All statements of one page in reading order.

    `path` is relative to the docs folder, with `/`. `citations` are all citations, once each,
    whether or not they cover a claim. `shapes` are what selectors match the page's elements by.
    `digest` is that of all of this, as a key for what depends on it, where anything is kept.
    """

    path: str
    statements: list[Statement] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    suppressions: list[Suppression] = field(default_factory=list)
    shapes: frozenset[Shape] = frozenset()
    digest: str = ""

    @property
    def claims(self) -> list[Statement]:
        """The statements that need a source."""
        return [statement for statement in self.statements if statement.role is Role.CLAIM]
