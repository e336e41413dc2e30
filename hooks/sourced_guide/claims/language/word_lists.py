"""Word lists: the YAML files beside the modules that use them, read once."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

# LibYAML reads them in a tenth of the time, where it is there.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_lists(name: str, package: str) -> dict[str, Any]:
    """Return the lists of a package's own file `name`, by the names they have there."""
    text = files(package).joinpath(name).read_text("utf-8")
    lists: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 (a safe loader)
    return lists
