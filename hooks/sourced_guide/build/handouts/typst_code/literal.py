"""Values as Typst code. All text goes through here, so that nothing in it is read as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def string(text: str) -> str:
    """Return a text as a Typst string."""
    if text.isprintable():
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return '"' + "".join(map(_escaped, text)) + '"'


def array(items: Iterable[str]) -> str:
    """Return pieces of code as a Typst array."""
    # The comma makes it an array where there is one item.
    return "(" + "".join(f"{item}, " for item in items) + ")"


def content(pieces: Iterable[str]) -> str:
    """Return pieces of code as one piece of content, also where there are none."""
    return "{[]\n" + "\n".join(pieces) + "\n}"


def call(name: str, *arguments: str, **named: str) -> str:
    """Return a call of a function of Typst or of the template."""
    given = [*arguments, *(f"{key}: {value}" for key, value in named.items())]
    return f"{name}({', '.join(given)})"


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if character.isprintable() else f"\\u{{{ord(character):x}}}"
