"""Lets a process of its own turn an answer into text, and ends it where it takes too much."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from sourced_guide.fetch import worker as reader
from sourced_guide.fetch.errors import CouldNotLookError

if TYPE_CHECKING:
    from sourced_guide.fetch.client import Reply
    from sourced_guide.fetch.limits import Limits


def read_apart(reply: Reply, limits: Limits) -> str:
    """Return the text of an answer; raise CouldNotLookError where there is none to be had."""
    # A header field may hold a NUL, which ends an argument.
    content_type = "".join(filter(str.isprintable, reply.headers.get("Content-Type", "")))
    command = [sys.executable, "-m", reader.__name__, content_type]
    command += [str(limits.characters), str(limits.memory), str(os.getpid())]
    try:
        # No shell reads the one argument that is a stranger's.
        result = subprocess.run(  # noqa: S603
            command, input=reply.body, capture_output=True, check=False, timeout=limits.reading
        )
    except subprocess.TimeoutExpired as error:
        raise CouldNotLookError(
            f"reading it took longer than {limits.reading:g} seconds"
        ) from error
    said = result.stderr.decode("utf-8", errors="replace").strip()
    if result.returncode == reader.NO_TEXT:
        raise CouldNotLookError(said)
    if result.returncode:
        reason = said.rpartition("\n")[2] or f"code {result.returncode}"
        raise CouldNotLookError(f"it cannot be read as text: {reason}")
    return result.stdout.decode("utf-8")
