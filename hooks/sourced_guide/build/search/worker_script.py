"""The worker of the search: MiniSearch and the scripts in `worker/`, joined into one file.

It replaces the theme's worker (Material 9.8.1) and answers the same four messages. Its
name contains its SHA-256, so that browsers may cache it forever.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sourced_guide.claims.project.io.atomic_write import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

# In the order of their dependencies.
PARTS = ("words.js", "spelling.js", "reading.js", "ranking.js", "results.js", "messages.js")
# Only whole lines, so that no string of a script is taken for a comment.
_COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/|//[^\n]*)\n", re.DOTALL | re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


@cache
def script() -> str:
    """Return the worker's script."""
    package = files("sourced_guide.build.search")
    library = package.joinpath("minisearch/minisearch.min.js").read_text("utf-8")
    parts = (package.joinpath(f"worker/{name}").read_text("utf-8") for name in PARTS)
    return library + "\n".join(_INDENT.sub("", _COMMENT.sub("", part)) for part in parts)


def address() -> str:
    """Return the path of the worker in a site."""
    return f"search/worker.{hashlib.sha256(script().encode()).hexdigest()[:8]}.js"


def write_worker(site: Path) -> None:
    """Write the worker into a built site."""
    write_atomically(site / address(), script())
