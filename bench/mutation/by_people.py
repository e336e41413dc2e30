"""What people wrote or read: `python -m bench.mutation --by-people` tries only this.

Citations taken out have been read by a person, who says whether a part of the claim is then without
support; a specialist and an editor have written faults and harmless rewordings. All are data beside
this module.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from bench.figures import EDITORS, write_figures
from bench.mutation.baseline import BaselineGuide
from bench.mutation.citations import guide_with
from bench.mutation.measure import taken_out
from bench.mutation.tables import share
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.report.export import claims_data
from sourced_guide.claims.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bench.mutation.baseline import Mutant
    from sourced_guide.claims.model.place import Place

_HERE = Path(__file__).parent
READ = _HERE / "citations_read.yml"
# What was written, by the name of its table.
WRITTEN = {
    "faults written": _HERE / "specialist.yml",
    "written by an editor": _HERE / "editor.yml",
}
_NONE, _HARMLESS = "none", "harmless"
_STUDIED, _HELD_OUT = "studied", "held_out"


@dataclass(frozen=True)
class ReadCitation:
    """A citation that may be taken out, and whether a part of its claims then has no support."""

    place: Place
    half: str
    leaves_a_part: bool


def citations_read(baseline: BaselineGuide) -> list[ReadCitation]:
    """Return the citations that have been read and are still in the guide."""
    found = []
    for half, rows in _data(READ).items():
        for row in rows:
            reference = tuple(row["citation"].split("#"))
            places = (
                citation.place
                for claims in baseline.covered_by.values()
                if claims[0].file == row["page"] and claims[0].text.startswith(row["claim"])
                for citation in claims[0].citations
                if (citation.key, citation.passage) == reference
            )
            if place := next((place for place in places if place), None):
                found.append(ReadCitation(place, half, row["unsupported"] != _NONE))
    return found


def table_of_read(read: Iterable[ReadCitation], tried: Iterable[Mutant]) -> Iterator[str]:
    """Yield the lines of a table: of the citations read, how many the check misses."""
    found = {mutant.place: bool(mutant.rules) for mutant in tried}
    kinds = Counter((each.leaves_a_part, each.half) for each in read if each.place in found)
    noticed = Counter((each.leaves_a_part, each.half) for each in read if found.get(each.place))
    yield "| what we read | studied half | held out |"
    yield "| --- | --- | --- |"
    for leaves_a_part, name in (
        (True, "a part is left without support: found"),
        (False, "nothing is: reported all the same"),
    ):
        shares = (
            share(noticed[leaves_a_part, half], kinds[leaves_a_part, half])
            for half in (_STUDIED, _HELD_OUT)
        )
        counts = (kinds[leaves_a_part, half] for half in (_STUDIED, _HELD_OUT))
        cells = (f"{found} of {of}" for found, of in zip(shares, counts, strict=True))
        yield f"| {name} | {' | '.join(cells)} |"


def table_of_written(baseline: BaselineGuide, written: Path, listed: list[str]) -> Iterator[str]:
    """Yield the lines of a table: of the faults and rewordings in a file, how many are reported.

    Those that are judged wrongly are added to `listed`.
    """
    yield "| what was written | tried | reported |"
    yield "| --- | --- | --- |"
    unchanged: dict[str, set[tuple[str, str]]] = {}
    for kind, rows in _data(written).items():
        reported = []
        for row in rows:
            path = baseline.guide.project.root / row["file"]
            content = path.read_text("utf-8")
            if row["old"] not in content:
                continue
            if row["file"] not in unchanged:
                unchanged[row["file"]] = _reported(baseline, path, content)
            changed = content.replace(row["old"], row["new"], 1)
            new = _reported(baseline, path, changed) - unchanged[row["file"]]
            reported.append(bool(new))
            if bool(new) == kind.startswith(_HARMLESS):
                listed.append(f"{kind}: {row['new']} {sorted(new)}")
        yield f"| {kind} | {len(reported)} | {share(sum(reported), len(reported))} |"


def _reported(baseline: BaselineGuide, path: Path, content: str) -> set[tuple[str, str]]:
    """Return what the check says of a page as if its file held `content`."""
    guide = guide_with(baseline, path, content)
    return {(finding.rule, finding.message) for rule in RULES for finding in rule.findings(guide)}


def _data(path: Path) -> Mapping[str, list[dict[str, Any]]]:
    data: Mapping[str, list[dict[str, Any]]] = yaml.safe_load(path.read_text("utf-8"))
    return data


def main(*, is_listed: bool) -> None:
    """Try what people wrote and read; write what is found into its page, and print it.

    What is judged wrongly is printed too if `is_listed`, of the citations the studied half only.
    """
    baseline = BaselineGuide(read_guide(load_project(Path("mkdocs.yml"))))
    read, page, told = (
        citations_read(baseline),
        EDITORS / "what-it-proves.md",
        claims_data(baseline.guide),
    )
    tried = list(taken_out(baseline, (each.place for each in read)))
    wrong = list(judged_wrongly(read, tried))
    tables = {
        "citations read": list(table_of_read(read, tried)),
        **{name: list(table_of_written(baseline, path, wrong)) for name, path in WRITTEN.items()},
    }
    for name, lines in tables.items():
        write_figures(page, name, told, lines)
        print("\n".join([*lines, ""]))
    if is_listed:
        print("\n".join(wrong))


def judged_wrongly(read: Iterable[ReadCitation], tried: Iterable[Mutant]) -> Iterator[str]:
    """Yield a line for each citation of the studied half that the check judges otherwise."""
    by_place = {each.place: each for each in read if each.half == _STUDIED}
    for mutant in tried:
        each = by_place.get(mutant.place)
        if each and each.leaves_a_part != bool(mutant.rules):
            said = ", ".join(sorted(mutant.rules)) or "nothing"
            yield f"{mutant.place.file}:{mutant.place.line}: {mutant.was} taken out: {said}"
