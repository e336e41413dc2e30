"""The word lists that a project uses: those of the language, and those of its field.

Each lexicon has the words of the language in a file of its own. A list of a field is a folder with
files that add to them: `topics.yml`, `circumstances.yml`, `normalize.yml`, `medical_words.yml`,
`opposites.yml`. The folder `medicine` is here; a project may have others. `word_lists` in
mkdocs.yml names them.
"""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# LibYAML, where it is installed, reads the lists in a tenth of the time.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HERE = Path(str(files(__package__)))
# Where a project names none: what guides had before there was a choice.
DEFAULT = ("medicine",)
_PACKAGE = "sourced_guide."
# What `cache` and `lru_cache` make of a function.
_CACHED = type(cache(lambda: None))


class _Chosen:
    """The folders of the project that is being checked, and what they say, as a digest."""

    folders: tuple[Path, ...] = tuple(_HERE / name for name in DEFAULT)
    digest = ""


class UnknownListError(Exception):
    """A name is neither a list of this package nor a folder; the text says which."""


def use_word_lists(names: Sequence[str], project: Path) -> None:
    """Use the lists of these names from now on; `project` is the folder that paths start from.

    What was worked out with other lists is forgotten. Raises UnknownListError.
    """
    folders = tuple(_folder(name, project) for name in names)
    digest = _digest(folders)
    if (folders, digest) == (_Chosen.folders, _Chosen.digest or _digest(_Chosen.folders)):
        return
    _Chosen.folders, _Chosen.digest = folders, digest
    for name, module in list(sys.modules.items()):
        if name.startswith(_PACKAGE):
            for value in list(vars(module).values()):
                if isinstance(value, _CACHED):
                    value.cache_clear()


def word_lists_digest() -> str:
    """Return a digest of the lists in use."""
    return _Chosen.digest or _digest(_Chosen.folders)


def read_lists(base: Path, name: str) -> dict[str, Any]:
    """Return a lexicon: its words of the language in `base`, and those of fields under `name`."""
    lists = _read(base)
    for folder in _Chosen.folders:
        if (file := folder / f"{name}.yml").is_file():
            lists = _joined(lists, _read(file))
    return lists


def _folder(name: str, project: Path) -> Path:
    if name.isidentifier() and _is_list(_HERE / name):
        return _HERE / name
    if not name.startswith("_") and (folder := project / name).is_dir():
        return folder
    known = ", ".join(sorted(path.name for path in _HERE.iterdir() if _is_list(path)))
    raise UnknownListError(f"'{name}' is neither a list ({known}) nor a folder of the project")


def _is_list(path: Path) -> bool:
    return path.is_dir() and not path.name.startswith("_")


def _digest(folders: Iterable[Path]) -> str:
    whole = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.glob("*.yml")):
            whole.update(f"{file.name}\0".encode() + file.read_bytes() + b"\0")
    return whole.hexdigest()[:8]


def _read(file: Path) -> dict[str, Any]:
    lists: dict[str, Any] = yaml.load(file.read_text("utf-8"), Loader=_LOADER)  # noqa: S506 (safe)
    return lists


def _joined(base: Any, more: Any) -> Any:
    """Return a part of a lexicon with more words: of groups of the same name, and other groups."""
    if isinstance(base, dict):
        added = {name: _joined(base[name], more[name]) for name in more if name in base}
        return {**base, **more, **added}
    if isinstance(base, list):
        sides = all(isinstance(side, str) for side in base) and len(base) == len(more)
        return list(map(_joined, base, more)) if sides else [*base, *more]
    # Names of a group stand before a semicolon, signs of it after.
    halves = [text.partition(";") for text in (base, more)]
    joined = (", ".join(filter(str.strip, parts)) for parts in zip(*halves, strict=True))
    named, _, signs = joined
    return f"{named}; {signs}" if signs else named
