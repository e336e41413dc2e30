"""What holds for every page: places, words, order, and that no bytes can break the check.

Hypothesis writes the pages, always the same ones (`derandomize`). `make fuzz` looks further.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import string
import tempfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sourced_guide.claims.markdown.extension import page_reader, read_guide
from sourced_guide.claims.model.citation import parse_group
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.render.html import render_pages
from sourced_guide.claims.rules import RULES, check
from sourced_guide.cli.main import claims as main

from .conftest import FIXTURES, ROOT

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping

    from sourced_guide.claims.model.finding import Finding
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


@cache
def our_project() -> Project:
    return load_project(ROOT / "mkdocs.yml")


def project_at(docs: Path) -> Project:
    """A project with our own settings, which are read once."""
    return replace(our_project(), docs=docs, root=docs, config_folder=docs)


# Sentences and blocks whose words and places are known


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
    lines, words, unsourced = [""], [], []
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


# Citations

names = st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=12)
spaces = st.sampled_from(["", " ", "  ", "\n"])


@few
@given(st.lists(st.tuples(spaces, names, names, spaces), min_size=1, max_size=5))
def test_a_group_gives_back_what_was_written(items: list[tuple[str, str, str, str]]) -> None:
    written = [f"@{key}#{passage}" for _, key, passage, _ in items]
    padded = [f"{item[0]}{text}{item[3]}" for item, text in zip(items, written, strict=True)]
    group = f"[{';'.join(padded)}]"
    citations = parse_group(group)
    assert [(each.key, each.passage) for each in citations] == [item[1:3] for item in items]
    assert [group[each.offset :][: len(each.written)] for each in citations] == written


# Findings


@few
@given(pages())
def test_a_finding_stands_where_its_claim_begins(page: Written) -> None:
    with folder_of({"page.md": "\n".join(page.lines)}) as docs:
        found = check(read_guide(project_at(docs)), UNSOURCED)
    places = [(each.place.line - 1, each.place.column - 1) for each in found]
    assert places == sorted(page.unsourced)


@settings(few, max_examples=10)
@given(st.lists(pages(), min_size=2, max_size=3), st.randoms(use_true_random=False))
def test_findings_depend_neither_on_a_first_look_nor_on_the_order_of_files(
    written: list[Written], order: random.Random
) -> None:
    files = {f"page-{number}.md": "\n".join(each.lines) for number, each in enumerate(written)}
    with folder_of(files) as docs:
        project = project_at(docs)
        first = check(read_guide(project))
        reader = page_reader(project)
        for name in order.sample(list(files), len(files)):
            reader.read(reader.file(name))
        assert _told(check(read_guide(project))) == _told(first)
        assert _told(check(reader.guide())) == _told(first)


def _told(findings: list[Finding]) -> list[str]:
    return [each.as_text() for each in findings]


# Rendering


@few
@given(pages())
def test_a_page_shows_every_word_that_was_written(page: Written) -> None:
    text = "\n".join(page.lines)
    assert _shown(text) == list(page.words)
    assert _shown(text.replace(CITATION, "")) == list(page.words)


def _shown(text: str) -> list[str]:
    """The words of a rendered page, without the numbers and lists that we add to it."""
    with folder_of({"page.md": text}) as docs:
        ((_, html),) = render_pages(read_guide(project_at(docs)))
    page = BeautifulSoup(html, "html.parser")
    for added in page.select("sup.cs-citation, .cs-sources, .headerlink"):
        added.decompose()
    return page.get_text(" ").replace(".", " ").replace("?", " ").split()


# Any bytes

pieces = st.sampled_from(
    [
        *(
            b"---\n",
            b"- ",
            b"    ",
            b"> ",
            b"# ",
            b"!!! ",
            b"||",
            b"```",
            b"<div>",
            b"<!--",
            b"&#0;",
        ),
        *(b"[@spine#pain]", b"[@", b"]", b"[", b"](", b"**", b"\n\n", b"\r", b"\t", b"\0", b"\xff"),
        *(
            b"title: ",
            b"passages:\n  a:\n",
            b": [",
            b"{",
            b"*a",
            b"&a ",
            b"!!x ",
            b'"',
            b"\xed\xa0\x80",
        ),
        *(b"--8<-- ", b"{ .editorial }", b"\x02wzxhzdk:0\x03", b"\xe2\x80\xae", b"\xef\xbb\xbf"),
        *(
            b"markdown_extensions:\n",
            b"  - toc: ",
            b"docs_dir: ",
            b"INHERIT: ",
            b"!ENV ",
            b"9" * 400,
        ),
    ]
)
anything = st.lists(st.one_of(pieces, pieces, st.binary(max_size=6)), max_size=12).map(b"".join)


OUR_EXTENSIONS = yaml.safe_dump({"markdown_extensions": list(our_project().extensions)}).encode()


def run_on(page: bytes = b"", source: bytes | None = None, config: bytes = b"") -> None:
    """Run `guide check`; it says what it found, or in one sentence why it could not run."""
    with folder_of({"page.md": page}) as docs:
        if source is not None:
            (docs / "references/other.yml").write_bytes(source)
        settings_file = docs.parent / "mkdocs.yml"
        settings_file.write_bytes(config or OUR_EXTENSIONS)
        (docs.parent / "includes").mkdir()
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main(["check", "--config", str(settings_file)])
        printed, errors = (_bytes(each) for each in (out, err))
    assert code in (0, 1, 2)
    if code == 2:
        assert (printed, len(errors.splitlines())) == (b"", 1)
    else:
        assert errors == b""
        assert b"finding" in printed.splitlines()[-1]


def _bytes(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue()


@few
@given(anything)
@example(b"\xff")
@example(b"> " * 300)
def test_any_bytes_can_be_a_page(content: bytes) -> None:
    run_on(page=content)


@few
@given(anything)
def test_any_bytes_can_be_front_matter(content: bytes) -> None:
    run_on(page=b"---\n" + content + b"\n---\n\n# Road\n")


@few
@given(anything)
def test_any_bytes_can_be_a_source_file(content: bytes) -> None:
    run_on(source=content)


@few
@given(anything)
@example(b"markdown_extensions:\n  - toc: 5\n")
@example(b"INHERIT: mkdocs.yml\n")
def test_any_bytes_can_be_the_settings(content: bytes) -> None:
    run_on(config=content)
    run_on(config=b"docs_dir: docs\n" + content)
