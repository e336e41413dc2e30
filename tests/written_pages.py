"""Pages of which every word and every place is known, drawn by Hypothesis."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from sourced_guide.claims.rules import RULES

from .conftest import FIXTURES
from .few_pages import our_project

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sourced_guide.claims.project.project import Project


few = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow],
)


CITATION = " [@spine#pain]"


WORDS = ["band", "cold", "fall", "hand", "lamp", "mild", "path", "road", "soft", "tall", "walk"]


UNSOURCED = [rule for rule in RULES if rule.code == "SRC001"]


@contextlib.contextmanager
def folder_of(pages: Mapping[str, bytes | str]) -> Iterator[Path]:
    """A docs folder with these pages, and the sources of the fixtures."""
    with tempfile.TemporaryDirectory() as name:
        docs = Path(name, "docs")
        shutil.copytree(FIXTURES / "references", docs / "references")
        for path, content in pages.items():
            data = content.encode() if isinstance(content, str) else content
            (docs / path).write_bytes(data)
        yield docs


def project_at(docs: Path) -> Project:
    """A project with our own settings, which are read once."""
    return replace(our_project(), docs=docs, root=docs, config_folder=docs)


@dataclass(frozen=True)
class Written:
    """Lines of Markdown, the words a reader sees, and where each unsourced claim begins.

    A place is a line and a column of this text, both counted from 0.
    """

    lines: tuple[str, ...]
    words: tuple[str, ...] = ()
    unsourced: tuple[tuple[int, int], ...] = ()

    def moved(self, down: int, right: int = 0) -> tuple[tuple[int, int], ...]:
        return tuple((line + down, column + right) for line, column in self.unsourced)


MARKUP = ["{}"] * 6 + ["*{}*", "**{}**", "[{}](page.md)", "`{}`", "***{}***"]


@st.composite
def sentences(draw: st.DrawFn) -> Written:
    """One sentence on one line, with a source or without."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=3, max_size=6))
    words[0] = words[0].capitalize()
    marked = [draw(st.sampled_from(MARKUP)).format(word) for word in words]
    source = draw(st.sampled_from(["", CITATION]))
    before_stop = draw(st.booleans())
    text = " ".join(marked) + (f"{source}." if before_stop else f".{source}")
    return Written((text,), tuple(words), () if source else ((0, text.index(words[0])),))


@st.composite
def paragraphs(draw: st.DrawFn) -> Written:
    """Sentences side by side or on lines of their own."""
    lines = [""]
    words: list[str] = []
    unsourced: list[tuple[int, int]] = []
    for sentence in draw(st.lists(sentences(), min_size=1, max_size=4)):
        if lines[-1] and draw(st.booleans()):
            lines.append("")
        gap = " " if lines[-1] else ""
        unsourced += sentence.moved(len(lines) - 1, len(lines[-1] + gap))
        lines[-1] += gap + sentence.lines[0]
        words += sentence.words
    return Written(tuple(lines), tuple(words), tuple(unsourced))


def indented(first: str, rest: str, inner: Written) -> Written:
    """The lines of `inner` behind something: a bullet, a quotation mark, the room in a box."""
    assert len(first) == len(rest)
    lines = [f"{rest if number else first}{line}" for number, line in enumerate(inner.lines)]
    return Written(tuple(lines), inner.words, inner.moved(0, len(first)))


def joined(parts: list[Written], between: tuple[str, ...] = ()) -> Written:
    """One part below the other, with lines between them."""
    whole = Written(())
    for part in parts:
        lines = (*whole.lines, *(between if whole.lines else ()))
        whole = Written(
            (*lines, *part.lines),
            (*whole.words, *part.words),
            (*whole.unsourced, *part.moved(len(lines))),
        )
    return whole


def boxed(opening: str, title: str, inner: Written) -> Written:
    return joined(
        [Written((f'{opening} "{title}"', ""), (title,)), indented(" " * 4, " " * 4, inner)]
    )


@st.composite
def rows(draw: st.DrawFn) -> Written:
    first, second = draw(sentences()), draw(sentences())
    line = f"| {first.lines[0]} | {second.lines[0]} |"
    # A citation in either cell covers the row.
    is_unsourced = first.unsourced and second.unsourced
    unsourced = first.moved(0, 2) if is_unsourced else ()
    return Written((line,), (*first.words, *second.words), unsourced)


HEAD = Written(("| Band | Lamp |", "| --- | --- |"), ("Band", "Lamp"))


TERM = Written(("Lamp",), ("Lamp",))


QUESTION = Written(("Does it hurt?",), ("Does", "it", "hurt"))


def blocks() -> st.SearchStrategy[Written]:
    one, several = sentences(), st.lists(sentences(), min_size=1, max_size=4)
    plain = st.one_of(
        paragraphs(),
        paragraphs().map(lambda p: indented("> ", "> ", p)),
        several.map(lambda items: joined([indented("- ", "  ", each) for each in items])),
        several.map(lambda items: joined([indented("1. ", "   ", each) for each in items])),
        st.tuples(one, one).map(
            lambda pair: joined(
                [indented("- ", "  ", pair[0]), indented("    - ", " " * 6, pair[1])]
            )
        ),
        paragraphs().map(lambda p: joined([TERM, indented(":   ", "    ", p)])),
        st.lists(rows(), min_size=1, max_size=3).map(lambda found: joined([HEAD, *found])),
        st.just(QUESTION),
    )
    boxes = plain.map(lambda inner: boxed("!!! note", "Walk", inner))
    details = plain.map(lambda inner: boxed("??? note", "Walk", inner))
    return st.one_of(plain, plain, boxes, details)


def pages() -> st.SearchStrategy[Written]:
    heading = Written(("## Road",), ("Road",))
    return st.lists(blocks(), min_size=1, max_size=5).map(
        lambda found: joined([part for each in found for part in (heading, each)], ("",))
    )
