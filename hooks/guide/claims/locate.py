"""Where in its file a text stands that was collected from a rendered page.

Python-Markdown keeps no positions. But the words of a page come out in the order in which they
were written, so each text is found by its words, reading on from where the one before it ended.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from guide.claims.citations import Citation
from guide.claims.findings import Place
from guide.claims.statements import ASIDES, Role, Statement

_WORD = re.compile(r"\w+")
# Citations are not part of a statement's words; code and comments hold none.
_NO_WORDS = re.compile(r"\[-?@[^\[\]]*\]")
_NO_CITATIONS = re.compile(
    r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|<!--.*?-->",
    re.MULTILINE | re.DOTALL,
)
# Between two words of one statement, markup may put this many words of its own (an address).
_WIDEST_GAP = 24


@dataclass
class Text:
    """A file that a page was made from, with an index of its words.

    `start` is the first character that is shown: front matter is not.
    """

    file: str
    content: str
    start: int = 0
    _words: list[str] = field(init=False)
    _offsets: list[int] = field(init=False)
    _where: dict[str, list[int]] = field(init=False)
    _lines: list[int] = field(init=False)
    _citable: str = field(init=False)

    def __post_init__(self) -> None:
        wordy = _NO_WORDS.sub(_blank, self.content)
        found = list(_WORD.finditer(wordy, self.start))
        self._words = [match.group().lower() for match in found]
        self._offsets = [match.start() for match in found]
        self._where = {}
        for index, word in enumerate(self._words):
            self._where.setdefault(word, []).append(index)
        self._lines = [0, *(match.end() for match in re.finditer("\n", self.content))]
        self._citable = _NO_CITATIONS.sub(_blank, self.content)

    def place(self, offset: int) -> Place:
        """Return the line and column of a character."""
        line = bisect_right(self._lines, offset)
        return Place(self.file, line, offset - self._lines[line - 1] + 1)

    def find(self, words: Sequence[str], cursor: int) -> tuple[int, int] | None:
        """Return the first run of `words` from word number `cursor` on: first and last index.

        Words that stand side by side are a better find than words with markup between them.
        """
        starts = self._where.get(words[0], [])
        for gap in (1, _WIDEST_GAP):
            for first in starts[bisect_left(starts, cursor) :]:
                last = self._follow(words, first, gap)
                if last is not None:
                    return first, last
        return None

    def _follow(self, words: Sequence[str], first: int, gap: int) -> int | None:
        at = first
        for word in words[1:]:
            where = self._where.get(word, [])
            following = bisect_right(where, at)
            if following == len(where) or where[following] - at > gap:
                return None
            at = where[following]
        return at

    def offset(self, word: int) -> int:
        """Return the character that a word begins at."""
        return self._offsets[word]

    def find_citation(self, written: str, cursor: int) -> int | None:
        """Return where a citation stands, from character `cursor` on or else anywhere."""
        for begin in (cursor, self.start):
            if (at := self._citable.find(written, begin)) >= 0:
                return at
        return None


class Locator:
    """Finds the statements and citations of one page, asked for in reading order.

    `texts` are the page's own file and then those that it includes.
    """

    def __init__(self, texts: Sequence[Text]) -> None:
        self._texts = texts
        self._cursors = [0] * len(texts)
        self._aside_cursors = [0] * len(texts)
        self._citation_cursors = [text.start for text in texts]

    def locate_statements(self, statements: Iterable[Statement]) -> None:
        """Set file, line and column of each statement."""
        for statement in statements:
            place = self._statement_place(statement)
            statement.file, statement.line, statement.column = place.file, place.line, place.column

    def _statement_place(self, statement: Statement) -> Place:
        words = [word.lower() for word in _WORD.findall(statement.text)]
        # An aside's words were written among those of the statement before it.
        is_aside = statement.kind in ASIDES or statement.role is Role.UNREADABLE
        cursors = self._aside_cursors if is_aside else self._cursors
        # Where a text was changed on its way to the page, its opening words still lead to it.
        for wanted in (words, words[:4], words[:1]):
            for begin in (cursors, [0] * len(self._texts)):
                for number, source in enumerate(self._texts):
                    if wanted and (found := source.find(wanted, begin[number])):
                        if begin is self._cursors:
                            self._aside_cursors = list(self._cursors)
                            self._cursors[number] = found[1] + 1
                        elif begin is self._aside_cursors:
                            self._aside_cursors[number] = found[1] + 1
                        return source.place(source.offset(found[0]))
        return Place(self._texts[0].file)

    def locate_citations(self, citations: Iterable[Citation], written: str) -> list[Citation]:
        """Return the citations of one group, `written` with its brackets, with their places."""
        for number, text in enumerate(self._texts):
            at = text.find_citation(written, self._citation_cursors[number])
            if at is not None:
                self._citation_cursors[number] = at + len(written)
                return [replace(each, place=text.place(at + each.offset)) for each in citations]
        return [replace(each, place=Place(self._texts[0].file)) for each in citations]


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())
