"""`guide confirm`: a person reads claims with their passages and says whether they agree.

It asks about one pair at a time and records a yes at once, so that a session can be broken off
anywhere. There is no way to confirm without being asked, and none to answer for several pairs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.claims.markdown.extension import read_guide
from sourced_guide.claims.model.errors import UnusableProjectError, unwritable
from sourced_guide.claims.model.sanitize import visible
from sourced_guide.claims.project.reviews import write_confirmations
from sourced_guide.claims.review.matching import Reading, State, confirmations_path, read_together
from sourced_guide.cli.command import CLEAN, FINDINGS, Command, Result

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Sequence

    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.project import Project
    from sourced_guide.claims.review.links import Pair

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>[0-9]{1,9})(?::[0-9]*)?")
_QUESTION = "Do they agree? [y]es / [n]o / [s]kip / [q]uit "
_ANSWERS = {form: each[0] for each in ("yes", "no", "skip", "quit") for form in (each, each[0])}


@dataclass(frozen=True)
class _Place:
    """Where to look for pairs: a file or folder as findings name it, and a line of it or none."""

    path: str
    line: int | None = None


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "places",
        nargs="*",
        metavar="PATH[:LINE]",
        help="ask only about these; without any, about all that is not confirmed",
    )
    parser.add_argument("--by", required=True, metavar='"NAME, ROLE"', help="who reads them")


def _run(project: Project, options: Namespace) -> Result:
    by = _reader(options.by)
    guide = read_guide(project)
    readings = _at(_places(guide, options.places), guide)
    waiting = [each for each in readings if each.state is not State.CONFIRMED]
    readable = [each for each in waiting if each.pair.passage]
    broken = [
        f"{_where(each.pair)}: not asked: the citation '@{each.pair.reference}' leads to no "
        "passage that can be read; `guide check` says why"
        for each in waiting
        if not each.pair.passage
    ]
    # What stops a build comes first.
    readable.sort(key=lambda each: each.state is not State.SUSPECT)
    said, count = _session(guide, readable, by)
    left = len(waiting) - count["y"]
    confirmed = len(readings) - left
    lines = [*said, *broken, f"{confirmed} of {len(readings)} confirmed, {left} not"]
    return Result("\n".join(map(visible, lines)), FINDINGS if broken or count["n"] else CLEAN)


def _session(
    guide: Guide, readings: Sequence[Reading], by: str
) -> tuple[list[str], dict[str, int]]:
    """Ask about each pair; return what is still to be said, and how often each answer came."""
    count = dict.fromkeys("ynsq", 0)
    said: list[str] = []
    for number, reading in enumerate(readings, 1):
        shown = [
            *said,
            f"{number} of {len(readings)}: {_where(reading.pair)}",
            *_lines(reading, guide),
        ]
        answer = _ask("\n".join([*map(visible, shown), _QUESTION]))
        count[answer] += 1
        said = [""]
        if answer == "q":
            break
        if answer == "y":
            _record(guide, reading.pair, by)
            said = ["recorded", ""]
        elif answer == "n":
            said = ["not recorded: mend the claim, its citation or the passage", ""]
    return said, count


def _ask(question: str) -> str:
    """Return the first letter of the answer; whoever leaves, quits."""
    try:
        while (written := input(question).strip().lower()) not in _ANSWERS:
            question = _QUESTION
    except (EOFError, KeyboardInterrupt, UnicodeDecodeError, BrokenPipeError):
        return "q"
    except OSError as error:
        raise unwritable("the output", error) from error
    return _ANSWERS[written]


def _record(guide: Guide, pair: Pair, by: str) -> None:
    """Write the entry of one pair; what others wrote into the file meanwhile stays."""
    entries = read_together(guide).with_confirmed(pair, pair.confirmed(by, guide.project.today))
    write_confirmations(confirmations_path(guide), entries)


def _lines(reading: Reading, guide: Guide) -> Iterator[str]:
    """Yield what a person needs to see of a pair in order to judge it."""
    pair = reading.pair
    source, passage = pair.source, pair.passage
    if source is None or passage is None:
        return
    statement = pair.statements[0]
    year = str(source.csl.get("issued", ""))[:4] or "no date"
    section = f" ({passage.section})" if passage.section else ""
    yield f"  claim    {pair.claim}"
    yield f"  kind     {statement.kind}{', cited above it' if statement.inherited else ''}"
    yield f"  source   {source.key}: {source.kind}, {year}, {source.title}"
    yield f"  passage  {passage.id}{section}: {passage.start} … {passage.end}"
    yield f"  says     {passage.says}"
    yield f"  figures  {'; '.join(passage.figures) or 'none'}"
    yield from _also_cited(pair, guide)
    if was := reading.confirmation:
        yield f"  before   confirmed by {was.by} on {was.on}"
        if reading.changed:
            yield f"           changed since: {' and '.join(reading.changed)}"
        if was.claim != pair.claim:
            yield f"           the claim was: {was.claim}"
        if was.passage != pair.reference:
            yield f"           the citation was: {was.passage}"
        if "passage" in reading.changed:
            yield f"           how the passage was is in the history of {source.place.file}"
    for was in reading.lost:
        yield f"  before   cited {was.passage} too, confirmed by {was.by} on {was.on}"


def _also_cited(pair: Pair, guide: Guide) -> Iterator[str]:
    """Yield what else the claim rests on: one passage need not bear all of it out."""
    for key, name in dict.fromkeys((c.key, c.passage) for c in pair.statements[0].citations):
        source = guide.references.sources.get(key)
        if source and name in source.passages and f"{key}#{name}" != pair.reference:
            yield f"  also     {key}#{name}: {source.passages[name].says}"


def _where(pair: Pair) -> str:
    return f"{pair.statements[0].file}:{pair.statements[0].line}"


def _reader(written: str) -> str:
    by = " ".join(written.split())
    if not by.isprintable() or not any(letter.isalpha() for letter in by):
        raise UnusableProjectError("--by must name who reads them, like 'Jane Doe, spine nurse'")
    return by


def _places(guide: Guide, written: Sequence[str]) -> list[_Place]:
    places = []
    for each in written:
        path, line = Path(each), None
        if not path.exists() and (match := _PLACE.fullmatch(each)):
            path, line = Path(match["path"]), int(match["line"])
        if not path.exists():
            raise UnusableProjectError(f"there is no file or folder '{path}'")
        places.append(_Place(guide.project.shown(path.resolve()), line))
    return places


def _at(places: Sequence[_Place], guide: Guide) -> list[Reading]:
    """Return the pairs at the places, or all where there are none."""
    readings = read_together(guide).pairs
    found: dict[int, Reading] = {}
    for place in places:
        there = {
            number: each for number, each in enumerate(readings) if _is_at(each.pair, place, guide)
        }
        if place.line is not None and not there:
            raise UnusableProjectError(_nothing_at(place, readings))
        found |= there
    return [found[number] for number in sorted(found)] if places else list(readings)


def _is_at(pair: Pair, place: _Place, guide: Guide) -> bool:
    if place.line is not None:
        return any((each.file, each.line) == (place.path, place.line) for each in pair.statements)
    pages = (guide.project.shown(guide.project.docs / page) for page in pair.pages)
    files = {*(each.file for each in pair.statements), *pages}
    return any(place.path in (".", file) or file.startswith(f"{place.path}/") for file in files)


def _nothing_at(place: _Place, readings: Sequence[Reading]) -> str:
    lines = {
        each.line for reading in readings for each in reading.pair.statements
        if each.file == place.path
    }  # fmt: skip
    nearest = min(lines, key=lambda line: abs(line - (place.line or 0)), default=None)
    hint = f"; the nearest begins on line {nearest}" if nearest else ""
    return f"no claim with a citation begins on line {place.line} of {place.path}{hint}"


COMMAND = Command("confirm", "record that a claim agrees with its passage", _add_options, _run)
