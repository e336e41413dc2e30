"""The `claims` command: reads its arguments, lets a command answer, and prints."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from guide.claims.commands import COMMANDS
from guide.claims.commands.command import COULD_NOT_RUN, Answer
from guide.claims.errors import UnusableProjectError
from guide.claims.project import load_site
from guide.claims.visible import visible


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 0 where all is well, 1 on findings, 2 where it could not run."""
    options = _parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that lacks a character of the page still shows the finding.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        answer: Answer = options.run(load_site(Path(options.config)), options)
    except UnusableProjectError as error:
        return _could_not_run(str(error))
    except ImportError as error:
        return _could_not_run(f"a Markdown extension cannot be loaded: {error}")
    try:
        print(answer.text, flush=True)
    except BrokenPipeError:
        # Whoever read the output has left, as `| head` does. What was found stays what it is.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _could_not_run(f"the output cannot be written: {error.strerror}")
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


def _could_not_run(reason: str) -> int:
    print(f"claims: {visible(reason)}", file=sys.stderr)
    return COULD_NOT_RUN
