"""Where the options of a Markdown extension are written in the settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

ValuePath = tuple[str | int, ...]
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Options are not nested deeper; an alias may lead to a node that it is part of.
_DEEPEST = 4


@dataclass(frozen=True)
class OptionPlaces:
    """The file that an extension's options are in, and their lines and columns in it."""

    file: str = "mkdocs.yml"
    places: Mapping[ValuePath, tuple[int, int]] = field(default_factory=dict)


def option_places(files: Iterable[Path], root: Path, extension: str) -> OptionPlaces:
    """Return the places in the first of `files` (mkdocs.yml and its parents) with the extension.

    The file is named relative to `root`. Files that cannot be read are skipped.
    """
    for file in files:
        try:
            settings = yaml.compose(file.read_text("utf-8-sig"), Loader=_LOADER)
        except (OSError, UnicodeDecodeError, yaml.YAMLError):
            continue
        listed = _value(settings, "markdown_extensions")
        entries = listed.value if isinstance(listed, yaml.SequenceNode) else [listed]
        for entry in entries:
            if (options := _value(entry, extension)) is not None:
                shown = (
                    file.relative_to(root).as_posix() if file.is_relative_to(root) else file.name
                )
                return OptionPlaces(shown, dict(_places(options, ())))
    return OptionPlaces()


def _value(node: yaml.Node | None, name: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for key, value in pairs if key.value == name), None)


def _places(node: yaml.Node, path: ValuePath) -> Iterator[tuple[ValuePath, tuple[int, int]]]:
    """Yield the path and the place of a value and of all in it; a field's place is its name."""
    if not path:
        yield path, _place(node)
    if len(path) >= _DEEPEST:
        return
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner: ValuePath = (*path, str(key.value))
            yield inner, _place(key)
            yield from _places(value, inner)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            inner = (*path, number)
            yield inner, _place(value)
            yield from _places(value, inner)


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1
