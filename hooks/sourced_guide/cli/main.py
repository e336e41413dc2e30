"""The `claims` command: reads its arguments, lets a command answer, and prints."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.cli import COMMANDS
from sourced_guide.cli.command import Answer
from sourced_guide.cli.command_line import command_line, say


@command_line("claims")
def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 0 where all is well, 1 on findings, 2 where it could not run."""
    options = _parser().parse_args(arguments)
    try:
        answer: Answer = options.run(load_project(Path(options.config)), options)
    except ImportError as error:
        reason = f"a Markdown extension cannot be loaded: {error}"
        raise UnusableProjectError(reason) from error
    if answer.text:
        say(answer.text)
    return answer.code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="claims", description="Checks that every claim of the guide has a source."
    )
    parsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        own = parsers.add_parser(command.name, help=command.help)
        command.add_options(own)
        own.add_argument("--config", default="mkdocs.yml", metavar="FILE")
        own.set_defaults(run=command.run)
    return parser
