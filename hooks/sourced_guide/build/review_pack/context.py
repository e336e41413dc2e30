"""What a claim cannot be understood without: its heading, its lead-in, the heads of its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.model.statement import BETWEEN_CELLS, Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sourced_guide.claims.model.statement import PageText, Statement

# How the answers of a reviewer name the kinds of claims; any other is a sentence.
KINDS: Mapping[str, str] = {
    "list item": "item",
    "table row": "row",
    "caption": "caption",
    "drawing": "caption",
    "definition": "definition",
}
_BETWEEN = " › "


def contexts_of(page: PageText) -> list[tuple[Statement, str]]:
    """Return the claims of a page, each with what stands around it."""
    around = _Around(page.path)
    found = []
    for statement in page.statements:
        if statement.role is Role.CLAIM:
            found.append((statement, around.context(statement)))
        around.pass_by(statement)
    return found


class _Around:
    """What was read last on a page, above a claim."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._heading = self._term = self._question = self._lead_in = self._row_head = ""
        self._columns: list[str] = []
        self._last_kind = ""

    def context(self, claim: Statement) -> str:
        """Return what is to be shown with a claim."""
        parts = [self._heading, claim.box if claim.box != self._heading else ""]
        if claim.kind == "table row":
            parts += [self._row_head, BETWEEN_CELLS.join(self._columns)]
        elif claim.kind == "definition":
            parts.append(self._term)
        else:
            if claim.kind == "list item":
                parts.append(self._lead_in)
            parts.append(self._question)
        return _BETWEEN.join(dict.fromkeys(filter(None, parts)))

    def pass_by(self, statement: Statement) -> None:
        """Remember what a statement says about those after it."""
        is_label, kind, text = statement.role is Role.LABEL, statement.kind, statement.text
        self._question = text if is_label and kind not in ("heading", "term") else ""
        if kind == "heading":
            self._heading, self._lead_in, self._columns = text, "", []
        elif is_label and kind == "term":
            self._term = text
        elif is_label and kind == "row head":
            self._row_head = text
        elif is_label and kind == "table row":
            is_next = self._last_kind == "table row"
            self._columns = [*self._columns, text] if is_next else [text]
        elif kind != "list item":
            self._lead_in = text if text.endswith(":") else ""
        self._last_kind = kind
