"""The service worker of a site: `service_worker.js` beside this, and its precache manifest.

Its name never changes: browsers check for updates of a worker at its old URL.
"""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sourced_guide.build.built_site.edition import Edition

FILE = "service-worker.js"
_DIGITS = 8


def worker(edition: Edition, precached: Mapping[str, str]) -> str:
    """Return the worker that precaches these files, given with their digests, as this edition.

    Changed files change the worker, by which browsers detect a new edition.
    """
    listed = json.dumps(list(precached.items()), separators=(",", ":"))
    digest = hashlib.sha256(listed.encode()).hexdigest()[:_DIGITS]
    program = files("sourced_guide.build.steps").joinpath("service_worker.js").read_text("utf-8")
    name = json.dumps(f"{edition} {digest}")
    return f"const EDITION = {name};\nconst FILES = new Map({listed});\n{program}"
