"""The type of commands, and how they end: with an exit code, and a one-line message on errors.

The message says what happened, to which file, and what to do: for a full disk, a folder that cannot
be written, Ctrl-C.
"""

from __future__ import annotations

import functools
import io
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, ParamSpec, TextIO, TypeVar

from sourced_guide.claims.model.errors import UnusableProjectError, explained, unwritable
from sourced_guide.claims.model.sanitize import visible
from sourced_guide.claims.project.io.signals import stoppable

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterable

    from sourced_guide.claims.project.project import Project

CLEAN, FINDINGS, COULD_NOT_RUN = 0, 1, 2
P = ParamSpec("P")
T = TypeVar("T")

_STOPPED = "stopped before it was done; run it again"


@dataclass(frozen=True)
class Result:
    """What a command prints, without the final line break, and its exit code.

    Where the text is empty, nothing is printed.
    """

    text: str
    code: int = CLEAN


@dataclass(frozen=True)
class Command:
    """A subcommand of `guide`.

    `run` raises UnusableProjectError where it cannot run. An OSError needs no handling:
    `command_line` reports it. One that needs no project has `start` in its place.
    """

    name: str
    help: str
    add_options: Callable[[ArgumentParser], None]
    run: Callable[[Project, Namespace], Result] | None = None
    start: Callable[[Namespace], Result] | None = None


def command_line(name: str) -> Callable[[Callable[P, int]], Callable[P, int]]:
    """Return a decorator for the `main` of a command, which takes arguments and returns a code.

    An error is written to standard error after the command's name, and the exit code is 2.
    """

    def decorate(main: Callable[P, int]) -> Callable[P, int]:
        @functools.wraps(main)
        def run(*args: P.args, **kwargs: P.kwargs) -> int:
            with stoppable():
                reason = ""
                try:
                    _escape_unencodable(sys.stdout)
                    code = main(*args, **kwargs)
                except UnusableProjectError as error:
                    reason = str(error)
                except ImportError as error:
                    reason = f"{error}: install what requirements.txt lists"
                except OSError as error:
                    reason = explained(error)
                except KeyboardInterrupt:
                    reason = _STOPPED
                finally:
                    _flush(sys.stdout)
                if not reason:
                    return code
                echo_error(f"{name}: {visible(reason)}")
                return COULD_NOT_RUN

        return run

    return decorate


def echo(text: str) -> None:
    """Print a text.

    A closed pipe, as after `| head`, is not an error.

    Raises UnwritableFileError where the output cannot be written for another reason.
    """
    try:
        print(text, flush=True)
    except BrokenPipeError:
        _redirect_to_null(sys.stdout)
    except OSError as error:
        _redirect_to_null(sys.stdout)
        raise unwritable("the output", error) from error


def echo_error(text: str) -> None:
    """Print a text to standard error, unless that is closed."""
    if sys.stderr is None:
        return
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:
        _redirect_to_null(sys.stderr)


def progress_bar(name: str) -> Callable[[Iterable[T], int], Iterable[T]]:
    """Return a function that passes items on, given how many, and shows a bar on a terminal."""
    # `--help` has no use for it.
    from tqdm import tqdm  # noqa: PLC0415

    def watched(items: Iterable[T], count: int) -> Iterable[T]:
        # `disable=None`: a bar on a terminal only.
        bar: Iterable[T] = tqdm(items, total=count, desc=name, unit="", leave=False, disable=None)
        return bar

    return watched


def _escape_unencodable(stream: TextIO | None) -> None:
    # A terminal that cannot encode a character of the page still shows the finding.
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")


def _flush(stream: TextIO | None) -> None:
    """Write what is buffered, as by `--help`; otherwise Python reports the error as it exits."""
    try:
        if stream is not None:
            stream.flush()
    except OSError:
        _redirect_to_null(stream)


def _redirect_to_null(stream: TextIO | None) -> None:
    """Send a broken stream to the null device: Python flushes it again as it exits."""
    with suppress(OSError, ValueError, AttributeError):
        descriptor = os.open(os.devnull, os.O_WRONLY)
        os.dup2(descriptor, stream.fileno())  # type: ignore[union-attr]
        os.close(descriptor)
