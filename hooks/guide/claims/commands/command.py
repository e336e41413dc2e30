"""What a command is: its name, its options, and a function that answers."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass

from guide.claims.site import Site

CLEAN, FINDINGS, COULD_NOT_RUN = 0, 1, 2


@dataclass(frozen=True)
class Answer:
    """What a command prints, without the last line end, and the code that it exits with."""

    text: str
    code: int = CLEAN


@dataclass(frozen=True)
class Command:
    """One command of `claims`.

    `run` raises UnusableProjectError where it cannot answer; only `guide.claims.cli` prints.
    """

    name: str
    help: str
    add_options: Callable[[ArgumentParser], None]
    run: Callable[[Site, Namespace], Answer]
