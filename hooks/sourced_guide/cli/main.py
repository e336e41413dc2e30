"""The `guide` command: parses its arguments, runs a subcommand and prints what it returns.

`claims` is a second name for its checks.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.rules import project_rules
from sourced_guide.cli.command import command_line, echo

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sourced_guide.cli.command import Command, Result

# Each command, in the order in which `--help` lists them, and the module and name of its
# definition. Only the command that runs is loaded: all of them take longer than a check.
CHECKS: Mapping[str, tuple[str, str]] = {
    "check": ("check", "COMMAND"),
    "report": ("export", "REPORT"),
    "verify": ("snapshots", "VERIFY"),
    "fetch": ("snapshots", "FETCH"),
    "confirm": ("confirm", "COMMAND"),
    "review": ("review", "COMMAND"),
    "source": ("source", "COMMAND"),
    "export": ("export", "EXPORT"),
    "certify": ("build", "CERTIFY"),
    "rules": ("export", "RULE_PAGES"),
}
COMMANDS: Mapping[str, tuple[str, str]] = {
    "init": ("starter.init", "COMMAND"),
    "build": ("build", "BUILD"),
    "serve": ("build", "SERVE"),
    "handouts": ("build", "HANDOUTS"),
    **CHECKS,
    "glossary": ("starter.glossary", "COMMAND"),
    "release": ("release", "COMMAND"),
    "clean": ("build", "CLEAN_UP"),
}
_EXAMPLES = """\
examples:
  guide check docs/steroids.md     check one page
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


def _run(name: str, known: Mapping[str, tuple[str, str]], arguments: Sequence[str] | None) -> int:
    given = sys.argv[1:] if arguments is None else arguments
    wanted = given[:1] if given and given[0] in known else known
    commands: list[Command] = [
        getattr(import_module(f"sourced_guide.cli.{module}"), definition)
        for module, definition in map(known.__getitem__, wanted)
    ]
    options = _parser(name, commands, has_build="build" in known).parse_args(given)
    if options.start:
        started: Result = options.start(options)
        echo(started.text)
        return started.code
    try:
        project = load_project(Path(options.config), with_store=options.with_store)
        # Every command rejects settings for a rule that does not exist or is required.
        project_rules(project.options)
        result: Result = options.run(project, options)
        project.store.save()
    except ImportError as error:
        reason = f"a Markdown extension cannot be loaded: {error}"
        raise UnusableProjectError(reason) from error
    if result.text:
        echo(result.text)
    return result.code


def _parser(name: str, commands: Sequence[Command], *, has_build: bool) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=name,
        description="Check, build and publish a guide in which every claim names its source.",
        epilog=_EXAMPLES if has_build else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_PrintVersion, nargs=0, help="print the version")
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
        subparser.set_defaults(run=command.run, start=command.start, with_store=True)
        command.add_options(subparser)
        if command.run:
            subparser.add_argument(
                "--config", default="mkdocs.yml", metavar="FILE", help="the settings (mkdocs.yml)"
            )
    return parser


class _PrintVersion(argparse.Action):
    """Prints the version and exits."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,  # noqa: ARG002 (argparse's parameters)
        values: Any,  # noqa: ARG002
        option_string: str | None = None,  # noqa: ARG002
    ) -> None:
        """Print the command's name and its version."""
        from importlib.metadata import version  # noqa: PLC0415 (20 ms, for this option only)

        echo(f"{parser.prog} {version('sourced-guide')}")
        parser.exit()


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
        # They take 100 ms to load, for this option only.
        import shtab  # noqa: PLC0415

        from sourced_guide.claims.model.third_party import arguments_of  # noqa: PLC0415

        for action in arguments_of(parser):
            if action.metavar in _FILES:
                vars(action)["complete"] = shtab.FILE
            elif action.metavar in _FOLDERS:
                vars(action)["complete"] = shtab.DIRECTORY
        echo(shtab.complete(parser, shell=values))
        parser.exit()


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
