"""From the text of a style sheet to its rules, one after the other, nested ones too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# A part of a style sheet as tinycss2 has it: a token, a declaration, a rule. It has no types.
Node = Any

# At-rules that hold rules for the pages.
GROUPS = {"media", "supports", "layer", "container", "scope", "document"}


@dataclass(frozen=True)
class Declaration:
    """One property with its value: `name` in lower case, custom properties as written."""

    name: str
    value: Sequence[Node]
    line: int
    column: int


@dataclass(frozen=True)
class StyleRule:
    """One rule: what it applies to, its declarations, and where it stands.

    `selector` has the tokens before the brace, `within` the selectors of the rules around it, and
    `at` the at-rules around it ("media print"), itself included where it is one ("font-face").
    `comment` is the comment right before it.
    """

    selector: Sequence[Node]
    within: tuple[Sequence[Node], ...]
    at: tuple[str, ...]
    declarations: tuple[Declaration, ...]
    line: int
    column: int
    comment: str = ""


@dataclass(frozen=True)
class _Around:
    """What stands around a rule: selectors, at-rules, and the comment right before it."""

    within: tuple[Sequence[Node], ...] = ()
    at: tuple[str, ...] = ()
    comment: str = ""


def rules_of(content: str) -> Iterator[StyleRule]:
    """Yield the rules of a style sheet, in its order. An `@import` is one without declarations."""
    yield from _walk(tinycss2.parse_stylesheet(content, skip_whitespace=True), _Around())


def serialized(tokens: Iterable[Node]) -> str:
    """Return tokens as text, with single spaces."""
    return " ".join(tinycss2.serialize(tokens).split())


def _walk(nodes: Iterable[Node], around: _Around) -> Iterator[StyleRule]:
    comment = ""
    for node in nodes:
        own = replace(around, comment=comment)
        if node.type == "qualified-rule":
            inner = _inside(node)
            yield _made(node, node.prelude, own, inner)
            within = (*around.within, node.prelude)
            yield from _walk(inner, replace(around, within=within))
        elif node.type == "at-rule":
            yield from _at_rule(node, own)
        comment = node.value if node.type == "comment" else ""


def _at_rule(node: Node, around: _Around) -> Iterator[StyleRule]:
    name = node.lower_at_keyword
    at = (*around.at, f"{name} {serialized(node.prelude).lower()}".strip())
    own, inner = replace(around, at=at), _inside(node)
    # In a group inside of a rule, declarations are those of the rule.
    selector = around.within[-1] if around.within and name in GROUPS else node.prelude
    yield _made(node, selector, own, inner)
    yield from _walk(inner, own)


def _inside(node: Node) -> list[Node]:
    return list(tinycss2.parse_blocks_contents(node.content or [], skip_whitespace=True))


def _made(
    node: Node, selector: Sequence[Node], around: _Around, inner: Iterable[Node]
) -> StyleRule:
    declarations = tuple(
        Declaration(
            each.name if each.name.startswith("--") else each.lower_name,
            each.value,
            each.source_line,
            each.source_column,
        )
        for each in inner
        if each.type == "declaration"
    )
    return StyleRule(
        selector,
        around.within,
        around.at,
        declarations,
        node.source_line,
        node.source_column,
        around.comment,
    )
