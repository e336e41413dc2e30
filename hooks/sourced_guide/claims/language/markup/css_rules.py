"""The rules of a style sheet in document order, nested ones too (CSS Syntax, CSS Nesting)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# A node of tinycss2, which has no types: a token, a declaration, a rule.
Node = Any

# At-rules that group style rules (CSS Conditional Rules, Cascade, Containment).
GROUPING_RULES = {"media", "supports", "layer", "container", "scope", "document"}


@dataclass(frozen=True)
class Declaration:
    """One property with its value: `name` in lower case, custom properties as written."""

    name: str
    value: Sequence[Node]
    line: int
    column: int


@dataclass(frozen=True)
class StyleRule:
    """One rule: what it applies to, its declarations, and its place.

    `selector` has the tokens before the brace, `parent_selectors` the selectors of the rules that
    it is nested in, and `at_rules` the at-rules around it ("media print"), itself included where it
    is one ("font-face"). `comment` is the comment right before it. Lines and columns count from 1.
    """

    selector: Sequence[Node]
    parent_selectors: tuple[Sequence[Node], ...]
    at_rules: tuple[str, ...]
    declarations: tuple[Declaration, ...]
    line: int
    column: int
    comment: str = ""


@dataclass(frozen=True)
class _Nesting:
    """What a rule is nested in: style rules and at-rules; and the comment right before it."""

    parent_selectors: tuple[Sequence[Node], ...] = ()
    at_rules: tuple[str, ...] = ()
    comment: str = ""


def parse_rules(content: str) -> Iterator[StyleRule]:
    """Yield the rules of a style sheet, in its order. An `@import` is one without declarations."""
    yield from _walk(tinycss2.parse_stylesheet(content, skip_whitespace=True), _Nesting())


def serialized(tokens: Iterable[Node]) -> str:
    """Return tokens as text, with single spaces."""
    return " ".join(tinycss2.serialize(tokens).split())


def _walk(nodes: Iterable[Node], nesting: _Nesting) -> Iterator[StyleRule]:
    comment = ""
    for node in nodes:
        own = replace(nesting, comment=comment)
        if node.type == "qualified-rule":
            inner = _contents(node)
            yield _style_rule(node, node.prelude, own, inner)
            parents = (*nesting.parent_selectors, node.prelude)
            yield from _walk(inner, replace(nesting, parent_selectors=parents))
        elif node.type == "at-rule":
            yield from _at_rule(node, own)
        comment = node.value if node.type == "comment" else ""


def _at_rule(node: Node, nesting: _Nesting) -> Iterator[StyleRule]:
    name = node.lower_at_keyword
    at_rules = (*nesting.at_rules, f"{name} {serialized(node.prelude).lower()}".strip())
    own, inner = replace(nesting, at_rules=at_rules), _contents(node)
    # In a group inside of a rule, declarations are those of the rule.
    is_nested = nesting.parent_selectors and name in GROUPING_RULES
    selector = nesting.parent_selectors[-1] if is_nested else node.prelude
    yield _style_rule(node, selector, own, inner)
    yield from _walk(inner, own)


def _contents(node: Node) -> list[Node]:
    return list(tinycss2.parse_blocks_contents(node.content or [], skip_whitespace=True))


def _style_rule(
    node: Node, selector: Sequence[Node], nesting: _Nesting, inner: Iterable[Node]
) -> StyleRule:
    declarations = tuple(
        Declaration(
            child.name if child.name.startswith("--") else child.lower_name,
            child.value,
            child.source_line,
            child.source_column,
        )
        for child in inner
        if child.type == "declaration"
    )
    return StyleRule(
        selector,
        nesting.parent_selectors,
        nesting.at_rules,
        declarations,
        node.source_line,
        node.source_column,
        nesting.comment,
    )
