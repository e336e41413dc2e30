"""The process that reads one answer: it in at standard input, its text out at standard output.

`python -m guide.claims.fetch.reader CONTENT-TYPE CHARACTERS MEMORY`; exits with 3 where there is
no text, and says why at standard error.
"""

from __future__ import annotations

import sys

from guide.claims.fetch.errors import CouldNotLookError
from guide.claims.fetch.text import text_of

NO_TEXT = 3


def main(content_type: str, characters: int, memory: int) -> int:
    """Read; return the code to exit with."""
    _limit_memory(memory)
    try:
        text = text_of(sys.stdin.buffer.read(), content_type, characters)
    except CouldNotLookError as error:
        sys.stderr.write(str(error))
        return NO_TEXT
    sys.stdout.buffer.write(text.encode("utf-8", errors="replace"))
    return 0


def _limit_memory(most: int) -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 (Windows has none)

        resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
