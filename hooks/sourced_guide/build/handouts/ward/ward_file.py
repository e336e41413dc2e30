"""The file of a ward: the names and numbers of its team, which only its own handouts show."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourced_guide.claims.model.errors import UnusableProjectError, explained
from sourced_guide.claims.model.place import Place
from sourced_guide.claims.project.io.located_yaml import read_yaml
from sourced_guide.claims.project.io.schema import Problem, Schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sourced_guide.claims.project.io.located_yaml import MarkedYaml

_SCHEMA = Schema("ward.schema.json", "the file", package=__package__ or "")
_LOGO, _LOGO_SAYS = "logo", "logo-says"
# Every handout holds it.
_LARGEST_LOGO = 1_000_000


@dataclass(frozen=True)
class Ward:
    """What a ward prints: `values` by the names of the schema; `lines` are where they are written.

    `logo` is the content of its logo, and `folder` the folder that has it.
    """

    file: str
    values: Mapping[str, str]
    lines: Mapping[str, int]
    folder: Path
    logo: bytes = b""

    @property
    def as_json(self) -> str:
        """The values, as the template reads them."""
        return json.dumps(self.values, ensure_ascii=False, sort_keys=True)

    @property
    def digest(self) -> str:
        """What changes with anything that the ward prints."""
        return hashlib.sha256(self.as_json.encode() + self.logo).hexdigest()


def read_ward(path: Path) -> Ward:
    """Return what a ward's file holds.

    Raises UnusableProjectError, naming the line of each fault, where it cannot be used.
    """
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableProjectError(f"{path} is not text in UTF-8: save it as UTF-8") from error
    except OSError as error:
        raise UnusableProjectError(explained(error)) from error
    marked = read_yaml(text)
    problems = [
        Problem(Place(path.name, it.line, it.column), it.message, it.help) for it in marked.problems
    ] or list(_SCHEMA.problems(marked, path.name))
    if problems:
        raise unusable_ward(path, problems)
    values = dict(marked.value)
    lines = {name: marked.place((name,))[0] for name in values}
    logo = b""
    if _LOGO in values:
        logo = _logo(path, values[_LOGO], marked)
        values.setdefault(_LOGO_SAYS, f"Logo of {values.get('hospital', values['team'])}")
    return Ward(path.name, values, lines, path.parent.resolve(), logo)


def unusable_ward(path: Path, problems: Iterable[Problem]) -> UnusableProjectError:
    """Return the error that lists what is wrong with a ward's file."""
    lines = [
        f"{it.place.file}:{it.place.line}:{it.place.column}: {it.message}\n    help: {it.help}"
        for it in problems
    ]
    return UnusableProjectError("\n".join([f"{path} cannot be used", *lines]))


def _logo(path: Path, name: str, marked: MarkedYaml) -> bytes:
    place = Place(path.name, *marked.place((_LOGO,)))
    folder = path.parent.resolve()
    file = (folder / name).resolve()
    if not file.is_relative_to(folder) or not file.is_file():
        message = f"there is no '{name}' beside {path.name}"
        raise unusable_ward(path, [Problem(place, message, "copy the logo there")])
    content = file.read_bytes()
    if len(content) > _LARGEST_LOGO:
        size = f"{len(content) / 1e6:.1f} MB"
        help_ = "every handout holds it: save a smaller one, of at most 1 MB"
        raise unusable_ward(path, [Problem(place, f"'{name}' has {size}", help_)])
    return content
