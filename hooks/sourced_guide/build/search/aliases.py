"""Search aliases: words that people search with and that are on no page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.model.place import Place
from sourced_guide.claims.model.suggest import did_you_mean
from sourced_guide.claims.project.io.located_yaml import read_yaml
from sourced_guide.claims.project.io.schema import Problem, Schema

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

FILE = "search-aliases.yml"
_SCHEMA = Schema("aliases.schema.json", "the file", package="sourced_guide.build.search")


@dataclass(frozen=True)
class Aliases:
    """Words by the path of a page and by the name of a term, and words that are warning signs.

    A sign is written as words that must all be there, with a slash between words of which one is
    enough: `weak/heavy leg/arm`.
    """

    pages: Mapping[str, list[str]] = field(default_factory=dict)
    terms: Mapping[str, list[str]] = field(default_factory=dict)
    signs: list[str] = field(default_factory=list)


def read_aliases(docs: Path, pages: Collection[str], terms: Collection[str]) -> Aliases:
    """Return the aliases of a project's docs, given the paths of its pages and names of its terms.

    A project without the file has none. Raises UnusableProjectError where something is wrong.
    """
    path = docs / FILE
    if not path.is_file():
        return Aliases()
    text = path.read_text("utf-8")
    if found := list(problems(text, pages, terms)):
        raise UnusableProjectError("\n".join([f"{FILE} cannot be used", *map(_as_text, found)]))
    written = read_yaml(text).value
    return Aliases(written["pages"], written.get("terms", {}), written.get("signs", []))


def problems(text: str, pages: Collection[str], terms: Collection[str]) -> Iterator[Problem]:
    """Yield what is wrong with a file of aliases, given what they may lead to."""
    marked = read_yaml(text)
    for problem in marked.problems:
        yield Problem(Place(FILE, problem.line, problem.column), problem.message, problem.help)
    if marked.problems:
        return
    faults = list(_SCHEMA.problems(marked, FILE))
    yield from faults
    if faults:
        return
    for group, known in (("pages", pages), ("terms", terms)):
        for name in marked.value.get(group, {}):
            if name not in known:
                place = Place(FILE, *marked.place((group, name)))
                message = (
                    f"'{name}' is not among the {group} of the guide, so its words find nothing"
                )
                yield Problem(place, message, did_you_mean(name, sorted(known)) or "remove it")


def _as_text(problem: Problem) -> str:
    place = problem.place
    return f"{place.file}:{place.line}:{place.column}: {problem.message}\n    help: {problem.help}"
