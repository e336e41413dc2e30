"""Faults in the text of a page: citations taken out or misspelt, sentences put in without one.

A changed text is parsed as the page itself is. Several faults go into one text where none of them
can hide another: an item that has lost its citation is covered by its list's, so only one citation
at a time is taken out of a list.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.mutation.baseline import OF_CITATIONS, OF_CLAIMS, BaselineGuide, Mutant
from sourced_guide.claims.markdown.extension import page_reader
from sourced_guide.claims.model.citation import GROUP, Citation, parse_group
from sourced_guide.claims.model.place import Place
from sourced_guide.claims.project.page_file import PageFile, split_front_matter

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from sourced_guide.claims.model.statement import Statement
    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.project import Project

_TAKEN_OUT = "citation: taken out"
_PUT_IN = "sentence without a source put in"
_LEFT = " (its list's is left)"
# What may be changed once at a time: the citations of a list, those in a bracket, a paragraph.
_ONE_LIST, _ONE_BRACKET, _ONE_PARAGRAPH = "list", "bracket", "paragraph"
_LETTERS = re.compile(r"[a-z]{2}")
# The line of a list, a table, a box, a definition or a heading.
_NO_PARAGRAPH = re.compile(r"\s*(?:[-*+|:#!?](?!\*)|\d+[.)]) ?")


@dataclass(frozen=True)
class _Edit:
    """A change of a file's text, from `start` to `end`.

    `names` are the texts of the claims that a finding may name, `gone` the places of the citations
    that are taken out. Edits with the same `alone` are made one at a time.
    """

    kind: str
    place: Place
    start: int
    end: int
    now: str
    alone: tuple[str, Hashable]
    names: frozenset[str]
    gone: frozenset[Place] = frozenset()


def citation_mutants(baseline: BaselineGuide, file: str) -> Iterator[Mutant]:
    """Yield every mutant of the citations in a file, and what found it.

    The file is named as in findings.
    """
    path = baseline.guide.project.root / file
    content = path.read_text("utf-8")
    # Of an included file, pages may show different parts.
    for page in _pages_of(baseline, file):
        for together in _one_at_a_time(_edits(baseline, file, page, content)):
            yield from _tried(baseline, path, page, content, together)


def _tried(
    baseline: BaselineGuide, path: Path, page: str, content: str, edits: Sequence[_Edit]
) -> Iterator[Mutant]:
    """Make edits that cannot hide one another in the file of a page; yield what found each."""
    changed, starts = _applied(content, edits)
    guide = guide_with(baseline, path, changed, page)
    # Where a citation is only misspelt, the rules for citations say so and no other can.
    rules = OF_CITATIONS if edits[0].alone[0] == _ONE_BRACKET else OF_CLAIMS
    found = baseline.new(guide, rules)
    claims = [claim for page in guide.pages for claim in page.text.claims]
    texts = {claim.place: claim.text for claim in claims}
    for edit, start in zip(edits, starts, strict=True):
        at = _line_and_column(changed, start)
        by = _that_name(edit, at, found, texts)
        if edit.gone:
            by |= baseline.unused_without(edit.gone)
        was = content[edit.start : edit.end]
        kind = f"{edit.kind}{_LEFT if _is_covered(edit, claims) else ''}"
        yield Mutant(kind, edit.place, was, edit.now, rules=frozenset(by))


def _is_covered(edit: _Edit, claims: Iterable[Statement]) -> bool:
    """Say whether a claim that lost its own citations is covered by those of its list."""
    if edit.alone[0] != _ONE_LIST:
        return False
    named = [claim for claim in claims if any(_is_named(claim.text, name) for name in edit.names)]
    return bool(named) and all(claim.citations for claim in named)


def _is_named(told: str, name: str) -> bool:
    return told in name or name in told


def _that_name(
    edit: _Edit, at: tuple[int, int], found: Mapping[Place, set[str]], texts: Mapping[Place, str]
) -> set[str]:
    """Return the rules that name what was changed, by its place or by the words of its claim."""
    by: set[str] = set()
    for place, rules in found.items():
        told = texts.get(place, "")
        is_named = told and any(_is_named(told, name) for name in edit.names)
        if is_named or (place.line, place.column) == at:
            by |= rules
    return by


def _edits(baseline: BaselineGuide, file: str, page: str, content: str) -> Iterator[_Edit]:
    """Yield each edit of the claims in a file that this page is the first to show."""
    lists = dict(_lists(baseline, page))
    others = sorted(
        claim.text
        for place, claim in baseline.claims.items()
        if claim.kind == "sentence"
        and claim.text.endswith(".")
        and page not in baseline.pages_of[place]
    )
    body = split_front_matter(page, content).start
    for match in GROUP.finditer(content, body):
        rng = random.Random(f"{file} {match.start()}")
        cited = [
            (citation.at(Place(file, *at)), match.start() + citation.offset)
            for citation in parse_group(match.group())
            for at in [_line_and_column(content, match.start() + citation.offset)]
        ]
        gone = frozenset(citation.place for citation, _ in cited if citation.place)
        covered = [claim for place in gone for claim in baseline.covered_by.get(place, ())]
        shown_by = {baseline.pages_of[claim.place][0] for claim in covered}
        if page not in (shown_by or _pages_of(baseline, file)[:1]):
            continue
        names = frozenset(claim.text for claim in covered)
        alone = next((lists[claim.place] for claim in covered), match.start())
        place = Place(file, *_line_and_column(content, match.start()))
        span = match.start(), match.end()
        yield _Edit(_TAKEN_OUT, place, *span, "", (_ONE_LIST, alone), names, gone)
        for kind, now in (
            ("citation: @ left out", match.group().replace("@", "")),
            ("citation: bracket left open", match.group().removesuffix("]")),
        ):
            yield _Edit(kind, place, *span, now, (_ONE_LIST, alone), names)
        for citation, start in cited:
            at = citation.place or place
            for kind, now in _misspelt(baseline, citation, rng):
                end = start + len(citation.written)
                yield _Edit(kind, at, start, end, now, (_ONE_BRACKET, match.start()), names)
        line = content[content.rfind("\n", 0, match.start()) + 1 :]
        if others and not _NO_PARAGRAPH.match(line):
            sentence = rng.choice(others)
            yield _Edit(
                _PUT_IN,
                place,
                match.end(),
                match.end(),
                f" {sentence}",
                (_ONE_PARAGRAPH, match.start()),
                frozenset((sentence,)),
            )


def _misspelt(
    baseline: BaselineGuide, citation: Citation, rng: random.Random
) -> Iterator[tuple[str, str]]:
    """Yield a citation with each part of it misspelt; what then names something else is not."""
    key, passage = citation.key, citation.passage
    if (other := _with_typo(key, rng)) not in baseline.guide.references.sources:
        yield "citation: key misspelt", f"@{other}#{passage}"
    other = _with_typo(passage, rng)
    if (key, other) not in baseline.passages:
        yield "citation: passage misspelt", f"@{key}#{other}"
    yield "citation: passage left out", f"@{key}"


def _with_typo(word: str, rng: random.Random) -> str:
    """Return a word with a letter left out, doubled, or changed with the next one."""
    at = rng.choice([match.start() for match in _LETTERS.finditer(word)] or [0])
    first, second = word[at], word[at + 1 : at + 2]
    typos = (second, first + first + second, second + first if second != first else second)
    return word[:at] + rng.choice(typos) + word[at + 2 :]


def _lists(baseline: BaselineGuide, page: str) -> Iterator[tuple[Place, int]]:
    """Yield each claim's place with a number that the claims of one list or table share."""
    number = 0
    for claim in baseline.texts[page].claims:
        number += claim.kind == "sentence"
        yield claim.place, number


def _one_at_a_time(edits: Iterable[_Edit]) -> list[list[_Edit]]:
    """Put edits into as few rounds as can be, each in the order of the text."""
    rounds: dict[tuple[str, int], list[_Edit]] = {}
    made: dict[tuple[str, Hashable], int] = {}
    for edit in edits:
        number = made[edit.alone] = made.get(edit.alone, 0) + 1
        rounds.setdefault((edit.alone[0], number), []).append(edit)
    return [sorted(edits, key=lambda edit: edit.start) for edits in rounds.values()]


def _applied(content: str, edits: Sequence[_Edit]) -> tuple[str, list[int]]:
    """Return the text with the edits made, and where each then begins."""
    changed, starts, at = "", [], 0
    for edit in edits:
        changed += content[at : edit.start]
        starts.append(len(changed))
        changed += edit.now
        at = edit.end
    return changed + content[at:], starts


def guide_with(baseline: BaselineGuide, path: Path, content: str, page: str = "") -> Guide:
    """Return a guide of a page that has this file, or of the first, as if it held `content`."""
    project = baseline.guide.project
    page = page or _pages_of(baseline, project.shown(path))[0]
    if path == project.docs / page:
        return _reread(baseline, project, split_front_matter(page, content))
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        home = next(folder for folder in project.snippets if path.is_relative_to(folder))
        included = folder / path.relative_to(home)
        included.parent.mkdir(parents=True, exist_ok=True)
        included.write_text(content, "utf-8")
        changed = replace(project, snippets=[folder, *project.snippets])
        return _reread(baseline, changed, baseline.guide.page(page).file)


def _reread(baseline: BaselineGuide, project: Project, file: PageFile) -> Guide:
    reader = page_reader(project, baseline.guide)
    return replace(baseline.guide, project=project, pages=[reader.read(file)])


def _pages_of(baseline: BaselineGuide, file: str) -> list[str]:
    """Return the pages that are the first to show claims of a file."""
    shown = (baseline.pages_of[place][0] for place in baseline.claims if place.file == file)
    return list(dict.fromkeys(shown))


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
