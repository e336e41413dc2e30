"""The process that extracts the text of one response, from standard input to standard output.

`python -m sourced_guide.fetch.worker CONTENT-TYPE CHARACTERS MEMORY PARENT`; exits with 3 where
there is no text, and says why at standard error.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import suppress

from sourced_guide.fetch.errors import UnreachableError
from sourced_guide.fetch.extract import extract_text

NO_TEXT = 3
_POLL_INTERVAL = 0.5


def main(content_type: str, characters: int, memory: int) -> int:
    """Extract the text of standard input; return the exit code."""
    _limit_memory(memory)
    try:
        text = extract_text(sys.stdin.buffer.read(), content_type, characters)
    except UnreachableError as error:
        sys.stderr.write(str(error))
        return NO_TEXT
    sys.stdout.buffer.write(text.encode("utf-8", errors="replace"))
    return 0


def _limit_memory(most: int) -> None:
    """Limit what this process may use, where the system does that.

    Windows has no such limits, and macOS refuses this one (ValueError). There the limits on what is
    fetched and on the time that reading takes have to do.
    """
    with suppress(ImportError, AttributeError, OSError, ValueError):
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _end_with(parent: int) -> None:
    """End this process when its parent has ended, because nothing else would stop it.

    On Windows the parent's process id does not change, so this has no effect there.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_POLL_INTERVAL)
        os._exit(NO_TEXT)

    if os.name == "posix":
        threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    _end_with(int(sys.argv[4]))
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
