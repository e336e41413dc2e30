"""Validates values that an editor wrote, with messages in plain words.

The schemas are JSON Schema 2020-12 files of a package, so that editors' tools can read them too.
Each property has a `description`, which messages quote as what to write.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.model.place import Place
from sourced_guide.claims.model.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jsonschema_rs import Draft202012Validator, ValidationError

    from sourced_guide.claims.project.io.located_yaml import MarkedYaml

_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
_SHAPES = {
    "object": "fields of its own",
    "array": "a list",
    "string": "text",
    "number": "a number",
    "integer": "a number",
    "boolean": "true or false",
}


@dataclass(frozen=True)
class Problem:
    """A fault in what an editor wrote, found by a schema or by the YAML parser."""

    place: Place
    message: str
    help: str


@dataclass(frozen=True)
class Schema:
    """One schema file of a package; `subject` names what it describes in messages."""

    file: str
    subject: str
    package: str = "sourced_guide.claims.project.io"

    def problems(self, marked: MarkedYaml, file: str) -> Iterator[Problem]:
        """Yield what the schema finds wrong with values that were written in `file`."""
        for error in _validator(self).iter_errors(marked.value):
            yield from _as_problems(error, marked, file, self)

    @property
    def properties(self) -> dict[str, Any]:
        """The schemas of the fields, by their names."""
        fields: dict[str, Any] = _read(self).get("properties", {})
        return fields


def is_day(value: str) -> bool:
    """Say whether `value` is YYYY-MM-DD and such a day exists."""
    return len(value) == len("2020-06-16") and _is_partial_date(value)


@cache
def _read(schema: Schema) -> dict[str, Any]:
    text = files(schema.package).joinpath(schema.file).read_text("utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


@cache
def _validator(schema: Schema) -> Draft202012Validator:
    # What was valid before is not validated again, and most checks have nothing new.
    from jsonschema_rs import Draft202012Validator  # noqa: PLC0415

    formats = {"day": is_day, "partial-date": _is_partial_date}
    return Draft202012Validator(_read(schema), formats=formats, validate_formats=True)


def _is_partial_date(value: str) -> bool:
    """Say whether `value` is YYYY, YYYY-MM or YYYY-MM-DD and such a day exists."""
    if not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value + "-01-01"[len(value) - len("2020") :])
    except ValueError:
        return False
    return True


def _as_problems(
    error: ValidationError, marked: MarkedYaml, file: str, of: Schema
) -> Iterator[Problem]:
    """Yield the problems of a schema error, in words for the editor who wrote the field."""
    path = tuple(error.instance_path)
    place = Place(file, *marked.place(path))
    where = _named(path) or of.subject
    schema = _schema_at(_read(of), error.schema_path[:-1])
    kind: Any = error.kind
    # The description of a field is more specific than that of its type.
    own = of.properties.get(str(path[0]), {}) if len(path) == 1 else {}
    described = own.get("description") or schema.get("description")
    wants = f"write {described}" if described else "see the other files for examples"
    if kind.name == "additionalProperties":
        for name in sorted(kind.unexpected):
            yield Problem(
                Place(file, *marked.place((*path, name))),
                f"{where} has a field '{name}' that does not exist",
                _allowed(name, list(schema["properties"])),
            )
    elif kind.name == "required":
        # A condition (`then`) requires a field that is described in the schema's `properties`.
        fields = schema.get("properties") or of.properties
        field_schema = fields.get(kind.property, {})
        choices = field_schema.get("enum") or [field_schema.get("description", "text")]
        message = f"{where} lacks the field '{kind.property}'"
        yield Problem(place, message, f"add it: {' | '.join(choices)}")
    elif error.instance is None or kind.name in ("minProperties", "minItems"):
        yield Problem(place, f"{where} is empty", wants)
    elif kind.name == "enum":
        written = str(error.instance)
        message = f"{where} is '{written}', which is not one of its values"
        yield Problem(place, message, _allowed(written, kind.options))
    elif kind.name == "propertyNames":
        name = kind.error.instance
        place = Place(file, *marked.place((*path, name)))
        yield Problem(place, f"{where} has the name '{name}', which is not valid", wants)
    elif kind.name == "type":
        yield Problem(place, f"{where} must be {_SHAPES[kind.types[0]]}", wants)
    elif kind.name == "falseSchema":
        yield Problem(place, f"{where} is given though status is not superseded", "remove one")
    else:
        yield Problem(place, f"{where} is '{error.instance}', which is not valid", wants)


def _schema_at(schema: dict[str, Any], path: Sequence[str | int]) -> dict[str, Any]:
    """Return the part of the schema that `path` leads to."""
    part: Any = schema
    for step in path:
        part = part[step]
    return part if isinstance(part, dict) else {}


def _allowed(written: str, allowed: list[str]) -> str:
    return f"{did_you_mean(written, allowed)} allowed: {', '.join(allowed)}".strip()


def _named(path: tuple[str | int, ...]) -> str:
    """Return how a message names a field: `passages.night-pain.says`, `author[1]`."""
    name = ""
    for step in path:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return f"'{name.lstrip('.')}'" if name else ""
