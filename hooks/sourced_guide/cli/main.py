"""The `guide` command: reads its arguments, lets a subcommand answer, and prints.

`claims` is a second name for its checks.
"""

from __future__ import annotations

import argparse
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.cli import certify, check, confirm, export, fetch, report, rules, verify
from sourced_guide.cli.build import BUILD, CLEAN_UP, SERVE
from sourced_guide.cli.command_line import command_line, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sourced_guide.cli.command import Answer, Command

# In the order in which `--help` lists them.
CHECKS: tuple[Command, ...] = (
    check.COMMAND,
    report.COMMAND,
    verify.COMMAND,
    fetch.COMMAND,
    confirm.COMMAND,
    export.COMMAND,
    certify.COMMAND,
    rules.COMMAND,
)
COMMANDS = (BUILD, SERVE, *CHECKS, CLEAN_UP)
_EXAMPLES = """\
examples:
  guide check docs/steroids.md     check one page
  guide build                      make site/, all of it, where anything has changed
  guide report --source jama-2020  what rests on one source
"""


@command_line("guide")
def main(arguments: Sequence[str] | None = None) -> int:
    """Run `guide`; return 0 where all is well, 1 on findings, 2 where it could not run."""
    return _run("guide", COMMANDS, arguments)


@command_line("claims")
def claims(arguments: Sequence[str] | None = None) -> int:
    """Run `claims`, a name for the checks of `guide`; return as it does."""
    return _run("claims", CHECKS, arguments)


def _run(name: str, commands: Sequence[Command], arguments: Sequence[str] | None) -> int:
    options = _parser(name, commands).parse_args(arguments)
    try:
        answer: Answer = options.run(load_project(Path(options.config)), options)
    except ImportError as error:
        reason = f"a Markdown extension cannot be loaded: {error}"
        raise UnusableProjectError(reason) from error
    if answer.text:
        say(answer.text)
    return answer.code


def _parser(name: str, commands: Sequence[Command]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=name,
        description="A guide in which every claim names its source: checked, built, packed.",
        epilog=_EXAMPLES if BUILD in commands else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=version("sourced-guide"))
    parsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in commands:
        own = parsers.add_parser(command.name, help=command.help, description=command.help)
        command.add_options(own)
        own.add_argument("--config", default="mkdocs.yml", metavar="FILE", help="mkdocs.yml")
        own.set_defaults(run=command.run)
    return parser
