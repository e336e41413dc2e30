"""The service worker of a site: `service_worker.js` beside this, and its precache manifest.

Its name never changes: browsers check for updates of a worker at its old URL.
"""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sourced_guide.build.built_site.edition import Edition
    from sourced_guide.build.steps.precache import PrecacheManifest

FILE = "service-worker.js"
_DIGITS = 8


def worker(edition: Edition, precached: PrecacheManifest) -> str:
    """Return the worker that precaches these files as this edition.

    Changed files change the worker, by which browsers detect a new edition.
    """
    listed = _as_json(list(precached.digests.items()))
    always = "FILES.keys()" if precached.is_whole else _as_json(sorted(precached.always))
    digest = hashlib.sha256(listed.encode()).hexdigest()[:_DIGITS]
    program = files("sourced_guide.build.steps").joinpath("service_worker.js").read_text("utf-8")
    name = json.dumps(f"{edition} {digest}")
    data = f"const FILES = new Map({listed});\nconst ALWAYS = new Set({always});\n"
    return f"const EDITION = {name};\n{data}{program}"


def _as_json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))
