"""`guide --print-completion SHELL`: what a shell needs to complete the command with TAB."""

from __future__ import annotations

from argparse import Action
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.model.third_party import arguments_of
from sourced_guide.cli.command import echo

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

OPTION = "--print-completion"
# What shtab can write them for, named here so that `--help` need not load it.
SHELLS = ("bash", "zsh", "fish")
# What is completed as the name of a file or a folder, as the help calls it.
_FILES, _FOLDERS = ("FILE", "PATH", "PATH[:LINE]"), ("DIR", "SITE")


class PrintCompletion(Action):
    """Prints the completion script for a shell and exits, as `--version` does."""

    def __call__(
        self,
        parser: ArgumentParser,
        namespace: Namespace,  # noqa: ARG002 (argparse's parameters)
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
