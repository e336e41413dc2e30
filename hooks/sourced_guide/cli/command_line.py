"""How every command of the guide ends: with a code, and where it could not run, in one sentence.

A full disk, a folder that cannot be written, a reader of the output that has left, Ctrl-C: people
are told what happened, to which file, and what to do.
"""

from __future__ import annotations

import functools
import io
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, ParamSpec, TextIO

from sourced_guide.claims.model.errors import UnusableProjectError, explained, unwritable
from sourced_guide.claims.model.sanitize import visible
from sourced_guide.claims.project.io.signals import stoppable

if TYPE_CHECKING:
    from collections.abc import Callable

COULD_NOT_RUN = 2
P = ParamSpec("P")

_STOPPED = "stopped before it was done; run it again"


def command_line(name: str) -> Callable[[Callable[P, int]], Callable[P, int]]:
    """Return a decorator for the `main` of a command, which reads arguments and returns a code.

    What stops it is said at standard error, after the command's name, and the code is 2.
    """

    def decorate(main: Callable[P, int]) -> Callable[P, int]:
        @functools.wraps(main)
        def run(*args: P.args, **kwargs: P.kwargs) -> int:
            with stoppable():
                reason = ""
                try:
                    _make_lenient(sys.stdout)
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
                complain(f"{name}: {visible(reason)}")
                return COULD_NOT_RUN

        return run

    return decorate


def say(text: str) -> None:
    """Print a text.

    A reader who has left, as `| head` does, is no error: what the command has done stays done.

    Raises UnwritableFileError where the output cannot be written for another reason.
    """
    try:
        print(text, flush=True)
    except BrokenPipeError:
        _lead_nowhere(sys.stdout)
    except OSError as error:
        _lead_nowhere(sys.stdout)
        raise unwritable("the output", error) from error


def complain(text: str) -> None:
    """Print a text at standard error, where anybody listens there."""
    if sys.stderr is None:
        return
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:
        _lead_nowhere(sys.stderr)


def _make_lenient(stream: TextIO | None) -> None:
    # A terminal that lacks a character of the page still shows the finding.
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")


def _flush(stream: TextIO | None) -> None:
    """Write what is left, as of `--help`; or else Python itself would complain as it exits."""
    try:
        if stream is not None:
            stream.flush()
    except OSError:
        _lead_nowhere(stream)


def _lead_nowhere(stream: TextIO | None) -> None:
    """Lead a stream that fails to where nothing does: Python writes to it again as it exits."""
    with suppress(OSError, ValueError, AttributeError):
        descriptor = os.open(os.devnull, os.O_WRONLY)
        os.dup2(descriptor, stream.fileno())  # type: ignore[union-attr]
        os.close(descriptor)
