"""`guide fetch` and `guide verify`: saved copies of the sources, and the passages in them."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from sourced_guide.claims.markdown.extension import page_reader
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.model.sanitize import visible
from sourced_guide.claims.project.lookups import (
    FOUND,
    NOT_FOUND,
    UNCHECKED,
    PassageLookup,
    fingerprint,
    overall,
    read_lookups,
    write_lookups,
)
from sourced_guide.claims.project.options import LOOKUPS
from sourced_guide.claims.report.text import summary_note
from sourced_guide.claims.rules import RULES, check
from sourced_guide.claims.rules.sources.snapshots import look_up
from sourced_guide.cli.command import CLEAN, FINDINGS, Command, Result, progress_bar

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from sourced_guide.claims.model.place import Place
    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.project import Project
    from sourced_guide.claims.rules.sources.snapshots import Lookup

_PASSAGE_RULES = ("LIB004", "LIB005")
_RULES = (*_PASSAGE_RULES, "LIB007")


def _add_fetch_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "keys", nargs="*", metavar="KEY", help="fetch only these sources (all of them)"
    )
    parser.add_argument("--snapshots", required=True, metavar="DIR", help="where to save <key>.txt")


def _fetch(project: Project, options: Namespace) -> Result:
    # Imported here, because HTTP and PDF libraries are slow to load.
    from sourced_guide.fetch.client import Client  # noqa: PLC0415
    from sourced_guide.fetch.crawler import Crawler  # noqa: PLC0415
    from sourced_guide.fetch.snapshot import Outcome, fetch_source  # noqa: PLC0415

    library = page_reader(project).references
    sources = [library.source(key) for key in dict.fromkeys(options.keys or library.sources)]
    folder = Path(options.snapshots)
    # Before the first request, so that no request is wasted.
    folder.mkdir(parents=True, exist_ok=True)
    client = Client(user_agent())
    crawler = Crawler(client)
    try:
        copied = [
            fetch_source(source, folder, crawler, client.limits)
            for source in progress_bar("sources")(sources, len(sources))
        ]
    except KeyboardInterrupt as error:
        raise UnusableProjectError(f"stopped; every copy in {folder} is complete") from error
    outcomes = Counter(copy.outcome for copy in copied)
    count = ", ".join(f"{outcomes[outcome]} {outcome.value}" for outcome in Outcome)
    lines = [*(copy.as_text() for copy in copied), f"sources: {count}"]
    is_all = all(copy.outcome.is_saved for copy in copied)
    return Result("\n".join(map(visible, lines)), CLEAN if is_all else FINDINGS)


def user_agent() -> str:
    """Return the User-Agent field: the client, its purpose, and the site's URL if it is set."""
    from sourced_guide.fetch.robots import TOKEN  # noqa: PLC0415

    site = quote(os.environ.get("SITE_URL", ""), safe=":/?#[]@!$&'()*+,;=%~")
    where = f"{site}; " if site else ""
    return f"{TOKEN}/{version(TOKEN)} ({where}a guide that checks its sources)"


def _add_verify_options(parser: ArgumentParser) -> None:
    parser.add_argument("--snapshots", required=True, metavar="DIR", help="holds <key>.txt")
    parser.add_argument(
        "--excerpts",
        metavar="DIR",
        help="holds parts of sources, as <key>.txt, to look for copied words only",
    )
    parser.add_argument(
        "--record",
        action="store_true",
        help=f"write the results to {LOOKUPS}, from which claims.json takes them",
    )


def _verify(project: Project, options: Namespace) -> Result:
    folder = _folder(options.snapshots)
    excerpts = _folder(options.excerpts) if options.excerpts else None
    guide = read_guide(replace(project, snapshots=folder, excerpts=excerpts))
    findings = check(guide, [rule for rule in RULES if rule.code in _RULES])
    lookups = list(look_up(guide.references, folder))
    # If the project ignores the rule, a missing passage is not reported, but not found either.
    failed = {lookup.passage.place for lookup in lookups if lookup.is_missing}
    failed |= {finding.place for finding in findings if finding.rule in _PASSAGE_RULES}
    results = {lookup.reference: _result(lookup, failed) for lookup in lookups}
    lines = [line for finding in findings for line in finding.as_text().split("\n")]
    lines += [
        f"{key}: the snapshot is not the one that its source file pins (snapshot.sha256)"
        for key in dict.fromkeys(lookup.source.key for lookup in lookups if lookup.drifted)
    ]
    if options.record:
        _record(project, lookups, results)
        lines.append(f"the results are in {project.shown(project.folder / LOOKUPS)}")
    ignored = [code for code in project.options.ignored if code in _RULES]
    lines.append(f"passages: {_counted(results.values())}")
    lines.append(f"claims: {_counted(_of_claims(guide, results))}{summary_note(ignored)}")
    is_clean = not any(finding.stops_the_build for finding in findings)
    return Result("\n".join(map(visible, lines)), CLEAN if is_clean else FINDINGS)


def _folder(name: str) -> Path:
    folder = Path(name)
    if not folder.is_dir():
        raise UnusableProjectError(f"there is no folder '{folder}'")
    return folder


def _result(lookup: Lookup, failed: Collection[Place]) -> str:
    if lookup.texts is None:
        return UNCHECKED
    return NOT_FOUND if lookup.passage.place in failed else FOUND


def _of_claims(guide: Guide, results: Mapping[str, str]) -> Iterator[str]:
    for _, page in guide.pages:
        for claim in page.claims:
            cited = (f"{citation.key}#{citation.passage}" for citation in claim.citations)
            yield overall(results.get(name, UNCHECKED) for name in cited)


def _counted(results: Iterable[str]) -> str:
    count = Counter(results)
    return ", ".join(f"{count[result]} {result}" for result in (FOUND, NOT_FOUND, UNCHECKED))


def _record(project: Project, lookups: Iterable[Lookup], results: Mapping[str, str]) -> None:
    """Update the file of results; those of passages without a snapshot stay as they are."""
    file = project.folder / LOOKUPS
    recorded = read_lookups(file, page_reader(project).references)
    for lookup in lookups:
        name = lookup.reference
        if results[name] != UNCHECKED:
            passage = fingerprint(lookup.passage)
            recorded[name] = PassageLookup(name, passage, results[name], project.today)
    write_lookups(file, recorded.values())


FETCH = Command("fetch", "save fresh copies of the sources", _add_fetch_options, _fetch)
VERIFY = Command(
    "verify", "look up every passage in saved copies of its source", _add_verify_options, _verify
)
