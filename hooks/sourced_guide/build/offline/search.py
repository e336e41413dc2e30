"""The search of the copy: the site's own, which runs in the page itself.

Browsers do not start workers or fetch files for a page that is opened as a file, but load scripts.
So the index is a script, which the theme looks for (`search/search_index.js`, as Material's offline
plugin writes it), and so is the worker: a function that `search.js` of the copy calls.
"""

from __future__ import annotations

import json
import re

from sourced_guide.claims.model.third_party import THEME_INDEX_SCRIPT

INDEX = "search/search_index.json"
INDEX_SCRIPT, _VARIABLE = THEME_INDEX_SCRIPT
WORKER = re.compile(r"search/worker\.\w+\.js")
_SOURCE_MAP = re.compile(r"\s*//# sourceMappingURL=\S+\s*\Z")


def index_script(index: str) -> str:
    """Return the search index as a script; its locations are files."""
    found = json.loads(index)
    for entry in found["docs"]:
        entry["location"] = _in_file(entry["location"])
    places = found["config"]["guide"]["places"]
    places.update({name: _in_file(address) for name, address in places.items()})
    return f"var {_VARIABLE}={json.dumps(found, ensure_ascii=False, separators=(',', ':'))}\n"


def _in_file(address: str) -> str:
    """Return an address of the index as one of a file."""
    place, mark, fragment = address.partition("#")
    if not place or place.endswith("/"):
        place += "index.html"
    return f"{place}{mark}{fragment}"


def worker_script(worker: str) -> str:
    """Return a worker as a function of `addEventListener` and `postMessage`."""
    body = without_source_map(worker)
    return f"var searchWorker=(addEventListener,postMessage)=>{{\n{body}\n}}\n"


def without_source_map(script: str) -> str:
    """Return a script without the line that names its source map, which is not in the copy."""
    return _SOURCE_MAP.sub("\n", script)
