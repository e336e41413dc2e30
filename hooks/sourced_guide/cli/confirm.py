"""`guide confirm`: a person reads claims with their passages and says whether they agree.

It asks about one pair at a time and records a yes at once, so that a session can be interrupted at
any time. Pairs cannot be confirmed without the question, or several at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.model.errors import UnusableProjectError, unwritable
from sourced_guide.claims.model.sanitize import visible
from sourced_guide.claims.project.review_logs import append_entries
from sourced_guide.claims.review.matching import LinkReview, ReviewStatus
from sourced_guide.claims.review.recording import agreed_entry, identified
from sourced_guide.claims.review.reviews import review_links
from sourced_guide.cli.command import CLEAN, FINDINGS, Command, Result

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Sequence

    from sourced_guide.claims.model.confirmation import Reviewer
    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.project import Project
    from sourced_guide.claims.review.links import ClaimPassageLink

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>[0-9]{1,9})(?::[0-9]*)?")
QUESTION = "Do they agree? [y]es / [n]o / [s]kip / [q]uit "
_ANSWERS = {
    form: answer[0] for answer in ("yes", "no", "skip", "quit") for form in (answer, answer[0])
}


@dataclass(frozen=True)
class _Place:
    """Where to look for pairs: the name of a file or folder in findings, and a line or none."""

    path: str
    line: int | None = None


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "places",
        nargs="*",
        metavar="PATH[:LINE]",
        help="ask only about these; without any, about all that is not confirmed",
    )
    add_person(parser)


def _run(project: Project, options: Namespace) -> Result:
    by = person(project, options)
    guide = read_guide(project)
    reviews = _at(places_of(guide, options.places), guide)
    waiting = [review for review in reviews if review.status is not ReviewStatus.CONFIRMED]
    readable = [review for review in waiting if review.link.passage]
    broken = [
        f"{_where(review.link)}: not asked: the citation '@{review.link.reference}' names no "
        "passage that can be read; `guide check` says why"
        for review in waiting
        if not review.link.passage
    ]
    # What stops a build comes first.
    readable.sort(key=lambda review: review.status is not ReviewStatus.STALE)
    output, count = _session(guide, readable, by)
    left = len(waiting) - count["y"]
    confirmed = len(reviews) - left
    lines = [*output, *broken, f"{confirmed} of {len(reviews)} confirmed, {left} not"]
    return Result("\n".join(map(visible, lines)), FINDINGS if broken or count["n"] else CLEAN)


def _session(
    guide: Guide, reviews: Sequence[LinkReview], by: Reviewer
) -> tuple[list[str], dict[str, int]]:
    """Ask about every pair; return what is left to print, and the count of every answer."""
    count = dict.fromkeys("ynsq", 0)
    output: list[str] = []
    for number, review in enumerate(reviews, 1):
        shown = [
            *output,
            f"{number} of {len(reviews)}: {_where(review.link)}",
            *_lines(review, guide),
        ]
        answer = ask("\n".join([*map(visible, shown), QUESTION]))
        count[answer] += 1
        output = [""]
        if answer == "q":
            break
        if answer == "y":
            _record(guide, review.link, by)
            output = ["recorded", ""]
        elif answer == "n":
            output = ["not recorded: correct the claim, its citation or the passage", ""]
    return output, count


def ask(question: str) -> str:
    """Return the first letter of the answer; the end of the input counts as quit."""
    try:
        while (written := input(question).strip().lower()) not in _ANSWERS:
            question = QUESTION
    except (EOFError, KeyboardInterrupt, UnicodeDecodeError, BrokenPipeError):
        return "q"
    except OSError as error:
        raise unwritable("the output", error) from error
    return _ANSWERS[written]


def _record(guide: Guide, link: ClaimPassageLink, by: Reviewer) -> None:
    """Append a yes to the log of who gave it; other logs may have changed meanwhile."""
    append_entries(guide.project.folder, [agreed_entry(guide, [link], by)])


def _lines(review: LinkReview, guide: Guide) -> Iterator[str]:
    """Yield what a person needs to see of a pair in order to judge it."""
    link = review.link
    source, passage = link.source, link.passage
    if source is None or passage is None:
        return
    statement = link.statements[0]
    year = str(source.csl.get("issued", ""))[:4] or "no date"
    section = f" ({passage.section})" if passage.section else ""
    yield f"  claim    {link.claim}"
    yield f"  kind     {statement.kind}{', cited above it' if statement.inherited else ''}"
    yield f"  source   {source.key}: {source.kind}, {year}, {source.title}"
    yield f"  passage  {passage.id}{section}: {passage.start} … {passage.end}"
    yield f"  says     {passage.says}"
    yield f"  figures  {'; '.join(passage.figures) or 'none'}"
    yield from _also_cited(link, guide)
    if was := review.confirmation:
        yield f"  before   confirmed by {was.by} on {was.on}"
        if review.changed:
            yield f"           changed since: {' and '.join(review.changed)}"
        if was.claim != link.claim:
            yield f"           the claim was: {was.claim}"
        if was.passage != link.reference:
            yield f"           the citation was: {was.passage}"
        if "passage" in review.changed:
            yield f"           how the passage was is in the history of {source.place.file}"
    for was in review.dropped:
        yield f"  before   cited {was.passage} too, confirmed by {was.by} on {was.on}"


def _also_cited(link: ClaimPassageLink, guide: Guide) -> Iterator[str]:
    """Yield the other passages of the claim: one passage need not support all of it."""
    for key, name in dict.fromkeys((c.key, c.passage) for c in link.statements[0].citations):
        source = guide.references.sources.get(key)
        if source and name in source.passages and f"{key}#{name}" != link.reference:
            yield f"  also     {key}#{name}: {source.passages[name].says}"


def _where(link: ClaimPassageLink) -> str:
    return f"{link.statements[0].file}:{link.statements[0].line}"


def add_person(parser: ArgumentParser) -> None:
    """Add the options that say who answers."""
    parser.add_argument("--by", required=True, metavar='"NAME, ROLE"', help="who reads them")
    parser.add_argument(
        "--interests", metavar="TEXT", help="what may bias them, or that there is nothing"
    )
    parser.add_argument(
        "--clinician",
        action="store_true",
        help="they are an expert, such as a doctor, and you know it",
    )


def person(project: Project, options: Namespace) -> Reviewer:
    """Return who answers.

    Raises UnusableProjectError where --by is no name.
    """
    by = " ".join(options.by.split())
    if not by.isprintable() or not any(letter.isalpha() for letter in by):
        raise UnusableProjectError("--by must name who reads them, like 'Jane Doe, editor'")
    name, _, role = by.partition(",")
    return identified(
        project, name.strip(), role.strip(), options.interests, clinician=options.clinician
    )


def places_of(guide: Guide, written: Sequence[str]) -> list[_Place]:
    """Return the places that were written as `PATH` or `PATH:LINE`.

    Raises UnusableProjectError where there is no such file or folder.
    """
    places = []
    for text in written:
        path, line = Path(text), None
        if not path.exists() and (match := _PLACE.fullmatch(text)):
            path, line = Path(match["path"]), int(match["line"])
        if not path.exists():
            raise UnusableProjectError(f"there is no file or folder '{path}'")
        places.append(_Place(guide.project.shown(path.resolve()), line))
    return places


def _at(places: Sequence[_Place], guide: Guide) -> list[LinkReview]:
    """Return the pairs at the places, or all where there are none."""
    reviews = review_links(guide).links
    found: dict[int, LinkReview] = {}
    for place in places:
        there = {
            number: review
            for number, review in enumerate(reviews)
            if _is_at(review.link, place, guide)
        }
        if place.line is not None and not there:
            raise UnusableProjectError(_nothing_at(place, reviews))
        found |= there
    return [found[number] for number in sorted(found)] if places else list(reviews)


def _is_at(link: ClaimPassageLink, place: _Place, guide: Guide) -> bool:
    if place.line is not None:
        return any(
            (statement.file, statement.line) == (place.path, place.line)
            for statement in link.statements
        )
    pages = (guide.project.shown(guide.project.docs / page) for page in link.pages)
    files = {*(statement.file for statement in link.statements), *pages}
    return any(place.path in (".", file) or file.startswith(f"{place.path}/") for file in files)


def _nothing_at(place: _Place, reviews: Sequence[LinkReview]) -> str:
    lines = {
        statement.line for review in reviews for statement in review.link.statements
        if statement.file == place.path
    }  # fmt: skip
    nearest = min(lines, key=lambda line: abs(line - (place.line or 0)), default=None)
    hint = f"; the nearest begins on line {nearest}" if nearest else ""
    return f"no claim with a citation begins on line {place.line} of {place.path}{hint}"


COMMAND = Command("confirm", "record that a claim agrees with its passage", _add_options, _run)
