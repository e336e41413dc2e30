"""`guide verify`: are the passages still in saved copies of their sources?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.claims.markdown.extension import read_guide
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.rules import RULES, check
from sourced_guide.claims.rules.sources.snapshots import look_up
from sourced_guide.cli.command import CLEAN, FINDINGS, Answer, Command

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from sourced_guide.claims.project.project import Project

_RULES = ("LIB004", "LIB005")


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--snapshots", required=True, metavar="DIR", help="holds <key>.txt")


def _run(project: Project, options: Namespace) -> Answer:
    folder = Path(options.snapshots)
    if not folder.is_dir():
        raise UnusableProjectError(f"there is no folder '{folder}'")
    guide = read_guide(replace(project, snapshots=folder))
    findings = check(guide, [rule for rule in RULES if rule.code in _RULES])
    lookups = list(look_up(guide.references, folder))
    unchecked = sum(each.texts is None for each in lookups)
    faulty = len({finding.place for finding in findings})
    lines = [finding.as_text() for finding in findings]
    lines += [
        f"{key}: the snapshot is not the one that its source file pins (snapshot.sha256)"
        for key in dict.fromkeys(each.source.key for each in lookups if each.drifted)
    ]
    found = len(lookups) - unchecked - faulty
    lines.append(f"passages: {found} found, {faulty} not right, {unchecked} unchecked")
    return Answer("\n".join(lines), FINDINGS if findings else CLEAN)


COMMAND = Command("verify", "look every passage up in saved copies", _add_options, _run)
