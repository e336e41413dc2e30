"""The versions of everything that shapes what is kept."""

from __future__ import annotations

import hashlib
import os
import sys
from functools import cache
from importlib.resources import files
from pathlib import Path

_METADATA = (".dist-info", ".egg-info")


@cache
def versions_digest() -> str:
    """Return a digest of this program, of the names and versions of all packages, and of Python.

    The program is read file by file, as its version does not change with each edit of a lexicon. A
    package's folder of metadata is named for its version; reading these takes fifty times longer.
    """
    whole = hashlib.sha256(sys.version.encode())
    for name in _packages():
        whole.update(f"{name}\0".encode())
    program = str(files("sourced_guide"))
    for folder, inner, names in os.walk(program):
        inner[:] = sorted(name for name in inner if name != "__pycache__")
        for name in sorted(names):
            content = Path(folder, name).read_bytes()
            whole.update(f"{folder[len(program) :]}/{name}\0{len(content)}\0".encode())
            whole.update(content)
    return whole.hexdigest()[:32]


def _packages() -> list[str]:
    found: set[str] = set()
    for folder in sys.path:
        try:
            names = (path.name for path in Path(folder or ".").iterdir())
            found.update(name for name in names if name.endswith(_METADATA))
        except OSError:
            continue
    return sorted(found)
