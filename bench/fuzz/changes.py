"""Random changes to the bytes of a file: parts deleted, repeated, spliced, shuffled or replaced."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bench.fuzz.adversarial import PIECES

if TYPE_CHECKING:
    import random

ROOT = Path(__file__).parents[2]


def _delete(content: bytes, draw: random.Random) -> bytes:
    first, last = _stretch(content, draw)
    return content[:first] + content[last:]


def _duplicate(content: bytes, draw: random.Random) -> bytes:
    first, last = _stretch(content, draw)
    return content[:last] + content[first:last] * draw.choice([1, 1, 2, 20]) + content[last:]


def _splice(content: bytes, draw: random.Random) -> bytes:
    """Put a stretch of another file of the guide in place of one of this."""
    others = [*(ROOT / "docs").glob("*.md"), *(ROOT / "docs/references").glob("*.yml")]
    other = draw.choice(sorted(others)).read_bytes()
    (first, last), (begin, end) = _stretch(content, draw), _stretch(other, draw)
    return content[:first] + other[begin:end] + content[last:]


def _insert(content: bytes, draw: random.Random) -> bytes:
    at = draw.randint(0, len(content))
    return content[:at] + draw.choice(list(PIECES.values())) + content[at:]


def _insert_signs(content: bytes, draw: random.Random) -> bytes:
    """Scatter characters that mean something to Markdown or YAML."""
    for _ in range(draw.randint(1, 12)):
        at = draw.randint(0, len(content))
        sign = bytes(draw.choices(b"[]()@#;:|!*_`<>{}\\\"'-&~=^$ \t\n\r", k=draw.randint(1, 3)))
        content = content[:at] + sign + content[at:]
    return content


def _flip(content: bytes, draw: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(draw.randint(1, 8)):
        if changed:
            changed[draw.randrange(len(changed))] = draw.randrange(256)
    return bytes(changed)


def _indent(content: bytes, draw: random.Random) -> bytes:
    lines = content.split(b"\n")
    first = draw.randrange(len(lines))
    last = draw.randint(first, len(lines))
    by = draw.choice([b" ", b"  ", b"    ", b"\t", b"> ", b"- ", b"    - "])
    return b"\n".join([*lines[:first], *(by + line for line in lines[first:last]), *lines[last:]])


def _shuffle(content: bytes, draw: random.Random) -> bytes:
    lines = content.split(b"\n")
    draw.shuffle(lines)
    return b"\n".join(lines)


CHANGES = (_delete, _duplicate, _splice, _insert, _insert_signs, _flip, _indent, _shuffle)


def _stretch(content: bytes, draw: random.Random) -> tuple[int, int]:
    first = draw.randint(0, len(content))
    return first, min(len(content), first + draw.choice([1, 5, 50, 500, 5_000]))
