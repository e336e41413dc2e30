"""YAML as plain values with their lines and columns.

Values are built from the parser's events, so no tag can construct an object and no nesting
can exhaust the stack. Scalars remain as written: `No`, `2020-06-16` and `1.10` are text,
not a boolean, a date and a number. The schema says what a field may hold.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple[str | int, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 16
_NULLS = {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True)
class YamlProblem:
    """Why a text could not be parsed as written. Line and column count from 1."""

    line: int
    column: int
    message: str
    help: str


@dataclass
class MarkedYaml:
    """The values of a YAML text, their places, and what is wrong with it."""

    value: Any = None
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[YamlProblem] = field(default_factory=list)

    def place(self, path: Path) -> tuple[int, int]:
        """Return line and column of the value at `path`, or of its nearest parent."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))


@dataclass
class _Open:
    """A mapping or sequence whose end has not been read yet."""

    container: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None


class _UnusableError(Exception):
    """Parsing cannot continue after the problem that was just recorded."""


def read_yaml(text: str) -> MarkedYaml:
    """Return the values and places of `text`; faults are listed in it, never raised."""
    marked = MarkedYaml()
    try:
        _build(marked, yaml.parse(text, Loader=_LOADER))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML"
        marked.problems.append(
            YamlProblem(
                line,
                column,
                f"the YAML cannot be read: {reason}",
                "check indentation, and put text that holds ': ' or ' #' in quotes",
            )
        )
    except _UnusableError:
        pass
    return marked


def _build(marked: MarkedYaml, events: Iterator[Any]) -> None:
    stack: list[_Open] = []
    documents = 0
    for event in events:
        mark = event.start_mark
        # Most are scalars.
        if isinstance(event, yaml.ScalarEvent):
            # The C parser returns "" where the Python one returns None.
            plain_null = not event.style and event.value in _NULLS
            _add(marked, stack, None if plain_null else event.value, mark)
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                _reject(marked, mark, "a second YAML document begins here", "keep one document")
        elif isinstance(event, yaml.AliasEvent):
            _reject(marked, mark, f"alias '*{event.anchor}' is used", "write the value out")
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            container: dict[str, Any] | list[Any] = (
                {} if isinstance(event, yaml.MappingStartEvent) else []
            )
            path = _add(marked, stack, container, mark)
            stack.append(_Open(container, path))
            if len(stack) > _DEEPEST:
                _reject(marked, mark, f"nested more than {_DEEPEST} deep", "flatten it")
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            stack.pop()


def _add(marked: MarkedYaml, stack: list[_Open], value: Any, mark: Any) -> Path:
    """Add `value` to its parent and return its path."""
    place = (mark.line + 1, mark.column + 1)
    if not stack:
        marked.value = value
        marked.places[()] = place
        return ()
    parent = stack[-1]
    if isinstance(parent.container, list):
        path: Path = (*parent.path, len(parent.container))
        parent.container.append(value)
    elif parent.key is None:
        if not isinstance(value, str):
            _reject(marked, mark, "a field has no name that is text", "name the field")
        if value in parent.container:
            marked.problems.append(
                YamlProblem(*place, f"field '{value}' is written twice", "keep one of the two")
            )
        parent.key = value
        # The place of a field is its name, so that a fault in it points at a word.
        path = (*parent.path, value)
        marked.places[path] = place
        return path
    else:
        path = (*parent.path, parent.key)
        parent.container[parent.key] = value
        parent.key = None
        return path
    marked.places[path] = place
    return path


def _reject(marked: MarkedYaml, mark: Any, message: str, help_: str) -> None:
    marked.problems.append(YamlProblem(mark.line + 1, mark.column + 1, message, help_))
    raise _UnusableError
