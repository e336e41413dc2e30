"""`guide check PATH --part FILE` and `guide report --merge FILE...`: one check on several machines.

A part reads and judges some of the pages. Its file says what it found, which rules it could not
judge, and what it worked out on the way: what its store would keep. Merging takes all of that up
and checks the whole guide as ever, with most of the work done. So what it finds is what one run
finds: rules that compare pages see all of them, and a page that was in no part is read here.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from sourced_guide.build.inputs import engine_digest, project_digest
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.io.atomic_write import write_atomically
from sourced_guide.claims.rules import check

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sourced_guide.claims.markdown.page_reader import PageReader
    from sourced_guide.claims.model.finding import Finding
    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.project import Project
    from sourced_guide.claims.project.store.store import Store
    from sourced_guide.claims.rules.rule import Rule

# A file, a line, a column and the code of a rule: what all formats say of a finding.
_Place = tuple[str, int, int, str]


@dataclass(frozen=True)
class Part:
    """Some pages of a guide, what was found on them, and the rules that need the other pages."""

    guide: Guide
    findings: list[Finding]
    not_judged: list[str]


def pages_in(project: Project, paths: Sequence[str]) -> list[str]:
    """Return the pages that `paths`, as findings name them, are or contain."""

    def is_inside(file: str) -> bool:
        return any(at in (".", file) or file.startswith(f"{at}/") for at in paths)

    return [page for page in project.page_paths if is_inside(_shown(project, page))]


def check_part(reader: PageReader, pages: Sequence[str], rules: Iterable[Rule]) -> Part:
    """Check some pages with a reader that has a store.

    The findings are those in these pages, and in what they include.
    """
    guide, rules = reader.guide_of(pages), list(rules)
    files = {_shown(reader.project, page) for page in pages}
    files |= {statement.file for _, text in guide.pages for statement in text.statements}
    whole = {rule.code for rule in rules if rule.is_of_whole}
    # The others run, too: what they look up page by page need not be looked up again.
    found = check(guide, rules)
    judged = [each for each in found if each.rule not in whole and each.place.file in files]
    return Part(guide, judged, sorted(whole))


def write_part(part: Part, findings: Iterable[Finding], file: Path) -> None:
    """Write what merging needs, in place of the store; `findings` are marked by a baseline."""
    project = part.guide.project
    listed = [finding.as_dict() for finding in findings]
    kept = _kept(project.store)
    data = {
        "findings": listed,
        "count": len(listed),
        "not_judged": part.not_judged,
        "pages": [file.path for file, _ in part.guide.pages],
        "state": project_digest(project, engine_digest()),
        "kept": kept,
        "checksum": _checksum(kept),
    }
    write_atomically(file, json.dumps(data, separators=(",", ":")) + "\n")
    project.store.close()


def take_up(project: Project, files: Iterable[Path]) -> tuple[list[str], set[_Place]]:
    """Take up what parts have worked out.

    Returns the pages that none of them has, and where they have found something. A file may also be
    the report of `guide check PATH`, as JSON or SARIF: it has no pages, only findings.

    Raises UnusableProjectError where a file is none, or one of another state of the project.
    """
    state = project_digest(project, engine_digest())
    pages: set[str] = set()
    found: set[_Place] = set()
    for file in files:
        data = _read(file)
        if data.get("state", state) != state:
            reason = f"'{file}' is of other pages, sources, settings or another program"
            raise UnusableProjectError(f"{reason}: check all parts of what is to be merged")
        try:
            found.update(_places(data))
            pages.update(map(str, data.get("pages", ())))
            if "kept" in data and not _adopt(project.store, data):
                raise _unusable(file)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
            raise _unusable(file) from error
    return [path for path in project.page_paths if path not in pages], found


def require_found(findings: Iterable[Finding], places: Iterable[_Place]) -> None:
    """Raise UnusableProjectError where a part has found what the whole check does not."""
    here = {(*_at(finding), finding.rule) for finding in findings}
    if missing := sorted(set(places) - here):
        file, line, column, rule = missing[0]
        reason = f"a file to merge has {rule} at {file}:{line}:{column}, which is not found now"
        raise UnusableProjectError(f"{reason}: check all parts of what is to be merged")


def _at(finding: Finding) -> tuple[str, int, int]:
    return finding.place.file, finding.place.line, finding.place.column


def _shown(project: Project, page: str) -> str:
    return project.shown(project.docs / page)


def _kept(store: Store) -> dict[str, Any]:
    """Return what a store has gathered, as JSON values."""
    pending, shelves = store.gathered()
    return {
        "versions": store.versions,
        "files": {
            name: json.loads(content.partition(b"\n")[2]) for name, content in pending.items()
        },
        "shelves": [[*key, values] for key, values in shelves.items() if values],
    }


def _adopt(store: Store, data: dict[str, Any]) -> bool:
    """Give a store what a part has kept; return whether it is what was written.

    What other versions have kept is of no use. It is no fault: all is worked out again.
    """
    kept = data["kept"]
    if _checksum(kept) != data["checksum"]:
        return False
    if kept["versions"] == store.versions:
        for name, value in kept["files"].items():
            store.keep(name, value)
        store.adopt(({}, {(name, basis): values for name, basis, values in kept["shelves"]}))
    return True


def _checksum(kept: Any) -> str:
    return hashlib.sha256(json.dumps(kept, separators=(",", ":")).encode()).hexdigest()


def _read(file: Path) -> dict[str, Any]:
    try:
        data = json.loads(file.read_bytes())
    except (ValueError, RecursionError) as error:
        raise _unusable(file) from error
    if not isinstance(data, dict):
        raise _unusable(file)
    return data


def _places(data: dict[str, Any]) -> Iterator[_Place]:
    if "runs" not in data:
        for each in data["findings"]:
            yield str(each["file"]), int(each["line"]), int(each["column"]), str(each["rule"])
        return
    for result in (result for run in data["runs"] for result in run["results"]):
        place = result["locations"][0]["physicalLocation"]
        file = unquote(place["artifactLocation"]["uri"]).removeprefix("file://")
        region = place["region"]
        yield file, int(region["startLine"]), int(region["startColumn"]), str(result["ruleId"])


def _unusable(file: Path) -> UnusableProjectError:
    return UnusableProjectError(
        f"'{file}' is no report that can be merged: write it with guide check PATH --part FILE"
    )
