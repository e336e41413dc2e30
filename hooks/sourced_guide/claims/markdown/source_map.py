"""Maps text that was collected from a rendered page to its place in the file.

Python-Markdown keeps no positions. But the words of a page come out in the order in which they
were written, so each text is searched for from the end of the one before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from sourced_guide.claims.model.citation import groups_in
from sourced_guide.claims.model.place import Place
from sourced_guide.claims.model.statement import ASIDES, Role, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sourced_guide.claims.model.citation import Citation

_WORD = re.compile(r"\w+")
_WORDS_APART = re.compile(r"(\w+)")
# Code and comments hold no citations. What they begin with is looked for first, which is faster.
_NO_CITATIONS = re.compile(
    r"""(?=[`~<])(?:
        ^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)
        | (?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)
        | <!--.*?-->
    )""",
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
# URLs of links and attribute lists, which may be between two words of one statement.
_BETWEEN_WORDS = re.compile(r"(?<=\])\([^()\s]*|\{:?[ ]*[.#][\w .#:-]*\}")
# Other markup may add this many words.
_WIDEST_GAP = 24
# How much further on adjacent words may be, to be a better match than words with gaps.
_NEAR = 48
# How far the first word of a statement is looked for word by word.
_HERE = 64


@dataclass(frozen=True)
class FileSpan:
    """A span of a file that a page was made from: characters `first` to `last`."""

    file: str
    content: str
    first: int = 0
    last: int | None = None

    @property
    def text(self) -> str:
        """The text of the span."""
        return self.content[self.first : self.last]


class Text:
    """The source of a page: its file, with the files that it includes inserted."""

    def __init__(self, spans: Sequence[FileSpan]) -> None:
        self._spans = spans
        self._begins = list(accumulate((len(span.text) for span in spans), initial=0))
        self._lines: dict[str, list[int]] = {}
        self._content = content = "".join(span.text for span in spans)
        may_hide = any(mark in content for mark in ("`", "~~~", "<!--"))
        self._citable = _NO_CITATIONS.sub(_blank, content) if may_hide else content
        # Citations are not part of a statement's words, but code that shows one is.
        self._cited = [
            match.span()
            for match in groups_in(self._citable)
            if not self._citable.endswith("\\", 0, match.start())
        ]
        shown = _without(content, self._cited)
        # What is between words, and words, in turn.
        parts = _WORDS_APART.split(shown)
        self._words = list(map(str.lower, parts[1::2]))
        self._offsets = list(accumulate(map(len, parts)))[:-1:2]

    @cached_property
    def _uncited(self) -> str:
        return _without(self._citable, self._cited)

    @cached_property
    def _where(self) -> Mapping[str, Sequence[int]]:
        """The numbers of the words that are the same."""
        where: defaultdict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self._words):
            where[word].append(number)
        return where

    @cached_property
    def _ranks(self) -> Sequence[int]:
        """For each word, how many words that can belong to a statement come before it."""
        shown = _BETWEEN_WORDS.sub(_blank, self._content)
        return list(accumulate([shown[at] != " " for at in self._offsets], initial=0))

    def place(self, offset: int) -> Place:
        """Return the file, line and column of a character."""
        number = min(bisect_right(self._begins, offset), len(self._spans)) - 1
        span = self._spans[number]
        at = span.first + offset - self._begins[number]
        lines = self._lines.get(span.file)
        if lines is None:
            lines = self._lines[span.file] = _line_starts(span.content)
        line = bisect_right(lines, at)
        return Place(span.file, line, at - lines[line - 1] + 1)

    def find(
        self, words: Sequence[str], cursor: int, *, near: int = _NEAR
    ) -> tuple[int, int] | None:
        """Return the first run of `words` from word number `cursor` on: first and last index.

        Adjacent words are a better match than words with markup between them, unless they come more
        than `near` words later.
        """
        loose: tuple[int, int] | None = None
        for first in self._starts(words[0], cursor):
            if loose and first > loose[0] + near:
                break
            end = first + len(words)
            if self._words[first:end] == words:
                return first, end - 1
            if (last := self._follow(words, first, 1)) is not None:
                return first, last
            if not loose and (last := self._follow(words, first, _WIDEST_GAP)) is not None:
                loose = first, last
        return loose

    def _starts(self, word: str, cursor: int) -> Iterator[int]:
        """Yield the numbers of the words that are `word`, from `cursor` on."""
        # Most are right here, and need no list of the places of all words.
        end = cursor + _HERE
        with suppress(ValueError):
            while True:
                cursor = self._words.index(word, cursor, end) + 1
                yield cursor - 1
        where = self._where.get(word, ())
        yield from where[bisect_left(where, end) :]

    def _follow(self, words: Sequence[str], first: int, gap: int) -> int | None:
        at = first
        for word in words[1:]:
            end = bisect_right(self._ranks, self._ranks[at] + gap)
            try:
                at = self._words.index(word, at + 1, end)
            except ValueError:
                return None
        return at

    def offset(self, word: int) -> int:
        """Return the character that a word begins at."""
        return self._offsets[word]

    def find_comment(self, written: str, cursor: int) -> int:
        """Return the offset of a comment, from character `cursor` on or else anywhere."""
        # The lines of a comment may have been dedented, except for the first.
        first = written.partition("\n")[0]
        return max(self._content.find(first, cursor), self._content.find(first), 0)

    def find_citation(self, written: str, cursor: int) -> int | None:
        """Return the offset of a citation, from character `cursor` on or else anywhere."""
        for begin in (cursor, 0):
            if (at := self._citable.find(written, begin)) >= 0:
                return at
        return None

    def find_broken(self, written: str, cursor: int) -> int | None:
        """Return the offset of an incomplete citation, outside of every citation."""
        for begin in (cursor, 0):
            if (at := self._uncited.find(written, begin)) >= 0:
                return at
        return None


_WORDS_OF_A_TAG = 4
# How many words a block of code may have before its own: its language, a title.
_WORDS_BEFORE_CODE = 8


class Locator:
    """Finds the statements and citations of one page, given in reading order."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._cursor = 0
        self._aside_cursor = 0
        self._citation_cursor = 0
        self._broken_cursor = 0
        self._comment_cursor = 0

    def locate_statements(self, statements: Iterable[Statement]) -> None:
        """Set file, line and column of each statement."""
        for statement in statements:
            place = self._statement_place(statement)
            statement.file, statement.line, statement.column = place.file, place.line, place.column

    def _statement_place(self, statement: Statement) -> Place:
        words = list(map(str.lower, _WORD.findall(statement.text)))
        # An aside's words were written among those of the statement before it.
        is_aside = statement.kind in ASIDES or statement.role in (Role.UNREADABLE, Role.HIDDEN)
        cursor = self._aside_cursor if is_aside else self._cursor
        if statement.role is Role.HIDDEN and statement.text.startswith("<"):
            # A tag comes before the first of its words.
            cursor = max(cursor - _WORDS_OF_A_TAG, 0)
        # In a drawing each line is an element, and the caption below may have the same words.
        near = 0 if statement.kind == "drawing" else _NEAR
        # If rendering changed a text, its first words may still be found.
        for wanted in (words, words[:4], words[:1]) if words else ():
            for begin in (cursor, 0):
                if found := self._text.find(wanted, begin, near=near):
                    if begin == cursor:
                        self._advance(*found, is_aside=is_aside)
                        if statement.role is Role.UNREADABLE and wanted is words:
                            self._skip_code(*found)
                    return self._text.place(self._text.offset(found[0]))
        return self._text.place(0)

    def _advance(self, first: int, last: int, *, is_aside: bool) -> None:
        if is_aside:
            self._aside_cursor = last + 1
        else:
            self._aside_cursor, self._cursor = first, last + 1

    def _skip_code(self, first: int, last: int) -> None:
        """Skip a block of code, whose words may also be in the list below it."""
        if 0 <= first - self._cursor <= _WORDS_BEFORE_CODE:
            self._cursor = last + 1

    def locate_comment(self, written: str) -> Place:
        """Return the place of an HTML comment."""
        at = self._text.find_comment(written, self._comment_cursor)
        self._comment_cursor = at + 1
        return self._text.place(at)

    def locate_citations(self, citations: Iterable[Citation], written: str) -> list[Citation]:
        """Return the citations of one group, `written` with its brackets, with their places."""
        at = self._text.find_citation(written, self._citation_cursor)
        if at is None:
            return [citation.at(self._text.place(0)) for citation in citations]
        self._citation_cursor = at + len(written)
        return [cited.at(self._text.place(at + cited.offset)) for cited in citations]

    def locate_broken(self, citation: Citation) -> Citation:
        """Return an incomplete citation, or one in running text, with its place."""
        at = self._text.find_broken(citation.written, self._broken_cursor)
        self._broken_cursor = self._broken_cursor if at is None else at + 1
        return citation.at(self._text.place(at or 0))


def _line_starts(content: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", content))]


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return `text` with these spans blanked out; its length and its lines stay the same."""
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], _spaces(text[start:end])]
        at = end
    return "".join([*parts, text[at:]])


def _blank(match: re.Match[str]) -> str:
    return _spaces(match.group())


def _spaces(text: str) -> str:
    """Return as many spaces as a text has characters, with its line breaks."""
    if "\n" not in text:
        return " " * len(text)
    return "\n".join([" " * len(line) for line in text.split("\n")])
