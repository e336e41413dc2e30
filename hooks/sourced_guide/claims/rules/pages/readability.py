"""TXT001: pages are within their reading-level budget."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial, reduce
from operator import add
from typing import TYPE_CHECKING

from sourced_guide.claims.language.readability import Length, ReadabilityMeter
from sourced_guide.claims.model.statement import ASIDES, PageText, Role, Statement
from sourced_guide.claims.rules.messages import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sourced_guide.claims.model.place import Place
    from sourced_guide.claims.project.guide import Guide

# The grade of fewer words depends on one or two sentences.
_FEWEST_WORDS = 30
_MOST_LISTED = 3
_LONGEST_QUOTE = 60
_PROSE = {
    *("sentence", "list item", "table row", "caption", "definition", "quotation", "footnote"),
    *ASIDES,
}


def hard_to_read(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """The reading grade of a page, or of the whole guide, is above its budget.

    Why:  Readers are ill, tired and frightened, and many read English as a second language.
    Bad:  Decompression is frequently indicated in individuals presenting with myelopathy.
    Good: The pressure often has to come off fast.
    Fix:  Start with the sentences named in the finding: split them, and use shorter words. The
          grade is Flesch-Kincaid, including all medical words. A sentence, a list item, a question
          and a table cell count as one sentence; headings, glossary terms and other labels do not.
          Editorial pages and pages with fewer than 30 words have no grade. The budgets are
          `reading_budget` in mkdocs.yml.
    Suppress: If the finding is wrong, put a comment with your reason on a line of its own, before
          the first block of the page. `guide report` lists it.
    """
    budget = guide.project.options.reading_budget
    if not budget:
        return
    meter = ReadabilityMeter(guide.project.store.shelf("syllables").get)
    pages = [page for page in _measured_pages(guide, meter) if page.length.words >= _FEWEST_WORDS]
    if "page" in budget:
        for page in pages:
            if page.length.grade > budget["page"]:
                yield (
                    page.place,
                    f"the page reads at {_grade(page.length)}, above {budget['page']:.1f}",
                    f"simplify these first: {page.hardest()}",
                )
    whole = reduce(add, (page.length for page in pages), Length())
    if "whole" in budget and whole.grade > budget["whole"]:
        hardest = sorted(pages, key=lambda page: whole.grade - (whole - page.length).grade)[::-1]
        named = (f"{page.place.file} ({_grade(page.length)})" for page in hardest[:_MOST_LISTED])
        yield (
            hardest[0].place,
            f"the guide as a whole reads at {_grade(whole)}, above {budget['whole']:.1f}",
            f"simplify these pages first: {', '.join(named)}",
        )


@dataclass(frozen=True)
class _Page:
    """A page, how long its sentences are together, and the place of its first words."""

    place: Place
    length: Length
    text: PageText
    meter: ReadabilityMeter

    @cached_property
    def sentences(self) -> Sequence[tuple[Statement, str, Length]]:
        """Its sentences with their lengths."""
        return [(found, text, self.meter.measure(text)) for found, text in _sentences(self.text)]

    def hardest(self) -> str:
        """Name the sentences without which the page would be easiest.

        The grade of a sentence alone would put every list item that is one long word first.
        """
        by_effect = sorted(self.sentences, key=lambda sentence: (self.length - sentence[2]).grade)
        return "; ".join(
            f"{self._where(statement)} ({_grade(length)}) '{shortened(text, _LONGEST_QUOTE)}'"
            for statement, text, length in by_effect[:_MOST_LISTED]
        )

    def _where(self, statement: Statement) -> str:
        if statement.file == self.place.file:
            return f"line {statement.line}"
        return f"{statement.file}:{statement.line}"


def _measured_pages(guide: Guide, meter: ReadabilityMeter) -> Iterator[_Page]:
    """Yield the pages that make claims, measured."""
    kept = guide.project.store.shelf("TXT001")
    for file, page in guide.pages:
        if not file.is_editorial and page.statements:
            length = Length(*kept.get(page.digest, partial(_counts, page, meter)))
            yield _Page(page.statements[0].place, length, page, meter)


def _counts(page: PageText, meter: ReadabilityMeter) -> tuple[int, int, int]:
    """Return how many sentences, words and syllables a page has."""
    lengths = [meter.measure(text) for _, text in _sentences(page)]
    return (
        sum([length.sentences for length in lengths]),
        sum([length.words for length in lengths]),
        sum([length.syllables for length in lengths]),
    )


def _sentences(page: PageText) -> Iterator[tuple[Statement, str]]:
    """Yield every sentence with the statement that it is part of."""
    for statement in page.statements:
        is_prose = statement.role in (Role.CLAIM, Role.EDITORIAL) and statement.kind in _PROSE
        is_question = statement.role is Role.LABEL and statement.text.endswith("?")
        if is_prose or is_question:
            cells = statement.text.split(" | ") if statement.kind == "table row" else ()
            for text in cells or (statement.text,):
                yield statement, text


def _grade(length: Length) -> str:
    return f"grade {length.grade:.1f}"
