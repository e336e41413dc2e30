"""Makes a site of any size to measure on: right text for the gate, and no two sentences alike.

The pages are built as the guide's own are (key points, paragraphs, lists with lead-ins, a table,
questions) and tell of a village, so that nobody can take them for advice. Each passage is cited by
the few statements that it says in other words. The same seed makes the same site.
"""

from __future__ import annotations

import random
import re
import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

SOURCES = 120
_PAGES_IN_A_FOLDER = 20
_SECTIONS = 3
_TERMS_OF_A_PAGE = 8
_SHARE_OF_TERMS = 0.4

_WORDS: Mapping[str, list[str]] = yaml.safe_load(
    Path(__file__).with_name("corpus.yml").read_text("utf-8")
)
_PLACES = [f"{where} the {place}" for where in _WORDS["where"] for place in _WORDS["places"]]


@dataclass(frozen=True)
class Fact:
    """One fact told twice: as a page writes it and as its passage says it."""

    claim: str
    says: str


class _Writer:
    """Draws facts, each new, and files the passages that they rest on under the sources."""

    def __init__(self, seed: int, sources: int) -> None:
        self.draw = random.Random(seed)
        self.passages: dict[str, dict[str, dict[str, object]]] = {
            f"source-{number:03}": {} for number in range(1, sources + 1)
        }
        self._told: set[str] = set()
        self._filed = 0

    def sentence(self, subject: str) -> Fact:
        """Return a sentence about the subject."""
        return self._new(self._sentence, subject)

    def lead_in(self, subject: str) -> Fact:
        """Return what stands before a list, without its colon."""
        return self._new(self._lead_in, subject)

    def item(self) -> Fact:
        """Return an item of a list."""
        return self._new(self._item)

    def row(self) -> Fact:
        """Return a table row of two cells."""
        return self._new(self._row)

    def quality(self) -> str:
        """Return a word for what something is like."""
        return self.draw.choice(_WORDS["qualities"])

    def thing(self) -> str:
        """Return a word for something that is no term of the glossary."""
        return self.draw.choice(_WORDS["things"])

    def cite(self, says: str) -> str:
        """File a passage that says this under the next source; return the citation."""
        before, number = divmod(self._filed, len(self.passages))
        key, name = f"source-{number + 1:03}", f"passage-{before + 1}"
        self._filed += 1
        words = says.rstrip(".").split()
        self.passages[key][name] = {
            "section": self.thing().capitalize(),
            "start": " ".join(words[:4]),
            "end": " ".join(words[-4:]),
            "says": says,
            "figures": [],
        }
        return f"[@{key}#{name}]"

    def _new(self, make: Callable[..., Fact], *subject: str) -> Fact:
        while (fact := make(*subject)).claim in self._told:
            pass
        self._told.add(fact.claim)
        return fact

    def _sentence(self, subject: str) -> Fact:
        who = f"{self.quality()} {subject}"
        what = f"{self.draw.choice(_WORDS['deeds'])} the {self.quality()} {self.thing()}"
        where = self.draw.choice(_PLACES)
        return Fact(f"The {who} {what} {where}.", f"{where.capitalize()}, the {who} {what}.")

    def _lead_in(self, subject: str) -> Fact:
        lead = f"The {self.quality()} {subject} {self.draw.choice(_PLACES)} may be seen with"
        return Fact(lead, f"{lead} these")

    def _item(self) -> Fact:
        what, where = f"{self.quality()} {self.thing()}", self.draw.choice(_PLACES)
        return Fact(f"the {what} {where}", f"{where}, the {what}")

    def _row(self) -> Fact:
        what, where = f"The {self.quality()} {self.thing()}", self.draw.choice(_PLACES)
        where = f"{where} and {self.draw.choice(_PLACES)}"
        return Fact(f"{what} | {where.capitalize()}", f"{what} is {where}.")


def generate(
    folder: Path, *, project: Path, pages: int, sources: int = SOURCES, seed: int = 1
) -> None:
    """Write `docs` with this many pages into `folder`, with what `project` gives its own pages.

    Beside the pages there are a start page, a glossary of 60 terms and the sources.
    """
    docs = folder / "docs"
    # The words of the search are for the guide's own terms.
    left_out = shutil.ignore_patterns("*.md", "references", "search-aliases.yml")
    shutil.copytree(project / "docs", docs, ignore=left_out)
    writer = _Writer(seed, sources)
    today = date.today()
    for number in range(pages):
        path = docs / f"part-{number // _PAGES_IN_A_FOLDER + 1:02}" / f"page-{number + 1:04}.md"
        title = f"The {writer.quality()} {writer.thing()} {writer.draw.choice(_PLACES)}"
        _write(path, title, _page(writer), today)
    _write(docs / "glossary.md", "Words explained", _glossary(writer), today)
    _write(docs / "index.md", "Start here", ["This page opens the site.", "{ .editorial }"], today)
    shutil.copytree(project / "docs/references", docs / "references", ignore=_all_but_pages)
    for number, (key, passages) in enumerate(writer.passages.items(), 1):
        source = _source(writer, number, passages, today)
        text = yaml.dump(source, Dumper=yaml.CSafeDumper, sort_keys=False, width=1000)
        (docs / f"references/{key}.yml").write_text(text, "utf-8")


def _all_but_pages(_: str, names: list[str]) -> set[str]:
    return {name for name in names if not name.endswith(".md")}


def _write(path: Path, title: str, lines: Iterable[str], today: date) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    head = [
        "---",
        f"title: {title}",
        f"reviewed: {today}",
        f"next-review: {today + timedelta(days=365)}",
        "reviewer: none yet",
        "---",
        "",
        f"# {title}",
        "",
    ]
    path.write_text("\n".join([*head, *lines, ""]), "utf-8")


def _page(writer: _Writer) -> list[str]:
    """Return a page's lines: 4 key points, 3 sections of 9 statements, a table of 5 rows."""
    terms = writer.draw.sample(_WORDS["terms"], _TERMS_OF_A_PAGE)

    def subject() -> str:
        is_term = writer.draw.random() < _SHARE_OF_TERMS
        return writer.draw.choice(terms) if is_term else writer.thing()

    lines = ["This page tells of a village.", "{ .editorial }", ""]
    lines += ['!!! abstract "Key points"', ""]
    lines += [f"    - {line}" for line in _told(writer, 4, subject)]
    for _ in range(_SECTIONS):
        place = writer.draw.choice(_PLACES).capitalize()
        lines += ["", f"## {place}", "", " ".join(_told(writer, 4, subject)), ""]
        lines += _list(writer, subject())
    lines += ["", "## Side by side", "", *_table(writer)]
    lines += ["", "## Questions to ask", ""]
    lines += [f"- Where is the {subject()}?" for _ in range(3)]
    return lines


def _told(writer: _Writer, count: int, subject: Callable[[], str]) -> Iterator[str]:
    """Yield sentences with their citations; two by two they rest on one passage."""
    for _ in range(count // 2):
        facts = [writer.sentence(subject()) for _ in range(2)]
        citation = writer.cite(" ".join(fact.says for fact in facts))
        yield from (f"{fact.claim} {citation}" for fact in facts)


def _list(writer: _Writer, subject: str) -> Iterator[str]:
    """Yield a lead-in and four items, which rest on one passage."""
    lead, items = writer.lead_in(subject), [writer.item() for _ in range(4)]
    citation = writer.cite(f"{lead.says}: {'; '.join(item.says for item in items)}.")
    yield from (f"{lead.claim}: {citation}", "")
    yield from (f"- {item.claim}" for item in items)


def _table(writer: _Writer) -> Iterator[str]:
    yield from ("| What | Where |", "| --- | --- |")
    for row in [writer.row() for _ in range(5)]:
        yield f"| {row.claim} {writer.cite(row.says)} |"


def _glossary(writer: _Writer) -> Iterator[str]:
    for term in _WORDS["terms"]:
        fact = writer.sentence(term)
        yield from (term.capitalize(), f":   {fact.claim} {writer.cite(fact.says)}", "")


def _source(
    writer: _Writer, number: int, passages: dict[str, dict[str, object]], today: date
) -> dict[str, object]:
    choose = writer.draw.choice
    return {
        "type": "article-journal",
        "title": f"The {writer.quality()} {writer.thing()} {choose(_PLACES)}",
        "author": [
            {"family": choose(_WORDS["terms"]).capitalize(), "given": choose("ABCDEFGHJKLM")}
            for _ in range(3)
        ],
        "container-title": f"Journal of the {writer.thing()}".title(),
        "issued": f"{2000 + number % 25}",
        "volume": f"{number}",
        "DOI": f"10.1000/village.{number}",
        "URL": f"https://doi.org/10.1000/village.{number}",
        "kind": "review",
        "read": "full",
        "status": "current",
        "checked": f"{today}",
        "passages": passages,
    }


def without_citations(text: str) -> str:
    """Return a page's text as it would be written without sources."""
    return re.sub(r" ?\[@[^\]]*\]", "", text)


def as_bibtex_citations(text: str) -> str:
    """Return a page's text with its citations as mkdocs-bibtex reads them, by key alone.

    Templates of our theme are left out: it is not there.
    """
    text = re.sub(r"^template: .*\n", "", text, count=1, flags=re.MULTILINE)
    return re.sub(r"(@[\w-]+)#[\w-]+", r"\1", text)


def as_bibtex(references: Path) -> str:
    """Return the source files of a folder as BibTeX entries with the same keys."""
    return "\n".join(_entry(path) for path in sorted(references.glob("*.yml")))


def _entry(path: Path) -> str:
    source = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    authors = " and ".join(f"{name['family']}, {name['given']}" for name in source["author"])
    fields = {
        "title": source["title"],
        "author": authors,
        "journal": source["container-title"],
        "year": source["issued"],
        "volume": source["volume"],
        "doi": source["DOI"],
    }
    listed = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@article{{{path.stem},\n{listed}}}\n"
