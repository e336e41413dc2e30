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

# Kinds of text that belong to a sentence without standing in it.
ALTERNATIVE_TEXT = "alternative text"
TOOLTIP = "tooltip"
# Between the claims of a table row, which are one statement.
BETWEEN_CELLS = " | "
ASIDES = (ALTERNATIVE_TEXT, TOOLTIP)
# What no page may hold, even where it is about the guide; kinds of unreadable text.
SHOWN_NOWHERE = "text that is both .web-only and .paper-only"
CALLS_ANOTHER = "a link that calls another number than it shows"
CALLS_IN_HTML = "a telephone link in raw HTML"
NEVER_ALLOWED = (SHOWN_NOWHERE, CALLS_ANOTHER, CALLS_IN_HTML)


class Role(Enum):
    """What a text is. Nothing that a reader can see is without one."""

    CLAIM = "claim"
    LABEL = "label"
    EDITORIAL = "editorial"
    # Seen, but where no citation can be read; and the other way round: read, but perhaps not seen.
    UNREADABLE = "unreadable"
    UNSEEN = "unseen"


@dataclass
class Statement:
    """One text that a reader sees.

    `kind` is the sort of place it stands in ("sentence", "list item", "table row", ...).
    `citations` cover it, `inherited` where they stand in a lead-in or a caption. `anchor` is the
    id on the page that leads to it. `line` and `column` are set once it is looked up in its file;
    for an unreadable or unseen text, `kind` says what it is hidden in or by. `box` is the title of
    the innermost admonition or details block around it.
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

    `path` is relative to the docs folder, with `/`. `citations` are all that were written,
    once, whether or not they cover a claim. `shapes` is what a style sheet can know of the
    page's elements.
    """

    path: str
    statements: list[Statement] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    suppressions: list[Suppression] = field(default_factory=list)
    shapes: frozenset[Shape] = frozenset()

    @property
    def claims(self) -> list[Statement]:
        """The statements that need a source."""
        return [statement for statement in self.statements if statement.role is Role.CLAIM]
