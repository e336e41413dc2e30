"""SRC016: citations use the one form of Pandoc's syntax that this guide supports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.model.citation import SEVERAL
from sourced_guide.claims.rules.citations.resolution import citations_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourced_guide.claims.model.citation import Citation
    from sourced_guide.claims.model.place import Place
    from sourced_guide.claims.project.guide import Guide


def unsupported_syntax(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A citation uses a form of Pandoc's syntax that this guide does not support.

    Why:  Zotero, Quarto and Obsidian write page numbers and words into a citation. Here, the
          passage says where in the source it is, and readers would not see the rest.
    Bad:  [see @jama-2020, p. 3]
    Good: [@jama-2020#night-pain]
    Fix:  Write `[@key#passage]`, several as `[@a#x; @b#y]`, after the sentence. A page number
          belongs in the passage's `section`, words around the key in the sentence. Put notes and
          links beside a citation, not around it.
    """
    for citation, place in citations_of(guide):
        if citation.unsupported:
            message = f"the citation '{citation.written}' {citation.unsupported}"
            yield place, message, _advice(citation)


def _advice(citation: Citation) -> str:
    if not citation.key:
        return "remove it: the passage says where in the source it is"
    supported = f"[@{citation.key}#{citation.passage or 'passage'}]"
    if citation.is_in_text:
        return f"name the source in words, and write {supported} after the sentence"
    if citation.unsupported == SEVERAL:
        return "write [@a#x; @b#y], with a ';' between two of them"
    return f"write {supported} alone: the passage says where in the source it is"
