"""What a command is: its name, its options, and a function that answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

    from sourced_guide.claims.project.project import Project

CLEAN, FINDINGS = 0, 1


@dataclass(frozen=True)
class Answer:
    """What a command prints, without the last line end, and the code that it exits with.

    Where the text is empty, nothing is printed.
    """

    text: str
    code: int = CLEAN


@dataclass(frozen=True)
class Command:
    """One command of `claims`.

    `run` raises UnusableProjectError where it cannot answer; only `sourced_guide.cli.main` prints.
    An OSError needs no care either: it is said in one sentence.
    """

    name: str
    help: str
    add_options: Callable[[ArgumentParser], None]
    run: Callable[[Project, Namespace], Answer]
