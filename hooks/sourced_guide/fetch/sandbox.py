"""Extracts the text of a response in a process of its own, with limits on time and memory."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from sourced_guide.fetch import worker as reader
from sourced_guide.fetch.errors import UnreachableError

if TYPE_CHECKING:
    from sourced_guide.fetch.client import Response
    from sourced_guide.fetch.limits import Limits


def extract_in_sandbox(response: Response, limits: Limits) -> str:
    """Return the text of a response; raise UnreachableError where there is none."""
    # A header field may hold a NUL, which ends an argument.
    content_type = "".join(filter(str.isprintable, response.headers.get("Content-Type", "")))
    command = [sys.executable, "-m", reader.__name__, content_type]
    command += [str(limits.characters), str(limits.memory), str(os.getpid())]
    try:
        # No shell reads the one untrusted argument.
        result = subprocess.run(  # noqa: S603
            command,
            input=response.body,
            capture_output=True,
            check=False,
            timeout=limits.extraction_timeout,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreachableError(
            f"text extraction timed out after {limits.extraction_timeout:g} s"
        ) from error
    stderr = result.stderr.decode("utf-8", errors="replace").strip()
    if result.returncode == reader.NO_TEXT:
        raise UnreachableError(stderr)
    if result.returncode:
        reason = stderr.rpartition("\n")[2] or f"code {result.returncode}"
        raise UnreachableError(f"text extraction failed: {reason}")
    return result.stdout.decode("utf-8")
