"""The `guide` command: parses its arguments, runs a subcommand and prints what it returns.

`claims` is a second name for its checks.
"""

from __future__ import annotations

import argparse
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.model.third_party import arguments_of
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.rules import project_rules
from sourced_guide.cli import check, confirm, export, report, snapshots, source
from sourced_guide.cli.build import BUILD, CERTIFY, CLEAN_UP, SERVE
from sourced_guide.cli.command import command_line, echo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sourced_guide.cli.command import Command, Result

# In the order in which `--help` lists them.
CHECKS: tuple[Command, ...] = (
    check.COMMAND,
    report.COMMAND,
    snapshots.VERIFY,
    snapshots.FETCH,
    confirm.COMMAND,
    source.COMMAND,
    export.EXPORT,
    CERTIFY,
    export.RULE_PAGES,
)
COMMANDS = (BUILD, SERVE, *CHECKS, CLEAN_UP)
_EXAMPLES = """\
examples:
  guide check docs/steroids.md     check one page
  guide build                      build what has changed into site/
  guide report --source jama-2020  list what rests on one source
"""

# The shells that shtab supports, listed here so that `--help` need not load it.
_SHELLS = ("bash", "zsh", "fish")
# The metavars of arguments that are completed as files or folders.
_FILES, _FOLDERS = ("FILE", "PATH", "PATH[:LINE]"), ("DIR", "SITE")


@command_line("guide")
def main(arguments: Sequence[str] | None = None) -> int:
    """Run `guide`; return 0 on success, 1 on findings, 2 where it could not run."""
    return _run("guide", COMMANDS, arguments)


@command_line("claims")
def claims(arguments: Sequence[str] | None = None) -> int:
    """Run `claims`, the checks of `guide` under their old name; return the same exit codes."""
    return _run("claims", CHECKS, arguments)


def _run(name: str, commands: Sequence[Command], arguments: Sequence[str] | None) -> int:
    options = _parser(name, commands).parse_args(arguments)
    try:
        project = load_project(Path(options.config))
        # Every command rejects settings for a rule that does not exist or is required.
        project_rules(project.options)
        result: Result = options.run(project, options)
    except ImportError as error:
        reason = f"a Markdown extension cannot be loaded: {error}"
        raise UnusableProjectError(reason) from error
    if result.text:
        echo(result.text)
    return result.code


def _parser(name: str, commands: Sequence[Command]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=name,
        description="Check, build and publish a guide in which every claim names its source.",
        epilog=_EXAMPLES if BUILD in commands else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"{name} {version('sourced-guide')}")
    parser.add_argument(
        "--print-completion",
        action=_PrintCompletion,
        choices=_SHELLS,
        metavar="SHELL",
        help=f"print TAB completion for {', '.join(_SHELLS)}",
    )
    parsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in commands:
        subparser = parsers.add_parser(
            command.name, help=command.help, description=_sentence(command.help)
        )
        command.add_options(subparser)
        subparser.add_argument(
            "--config", default="mkdocs.yml", metavar="FILE", help="the settings (mkdocs.yml)"
        )
        subparser.set_defaults(run=command.run)
    return parser


class _PrintCompletion(argparse.Action):
    """Prints the completion script for a shell and exits, as `--version` does."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,  # noqa: ARG002 (argparse's parameters)
        values: Any,
        option_string: str | None = None,  # noqa: ARG002
    ) -> None:
        """Print the script for the shell that `values` names."""
        import shtab  # noqa: PLC0415 (50 ms, for this option only)

        for action in arguments_of(parser):
            if action.metavar in _FILES:
                vars(action)["complete"] = shtab.FILE
            elif action.metavar in _FOLDERS:
                vars(action)["complete"] = shtab.DIRECTORY
        echo(shtab.complete(parser, shell=values))
        parser.exit()


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
