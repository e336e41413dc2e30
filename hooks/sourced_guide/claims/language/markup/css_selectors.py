"""Which elements of the pages a selector can match, by its subject and its ancestors' classes.

The terms are those of Selectors Level 4 (W3C): a complex selector is compound selectors with
combinators between them, and its subject is the last one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sourced_guide.claims.model.shape import Shape
from sourced_guide.claims.model.third_party import THEME_BOXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from sourced_guide.claims.language.markup.css_rules import Node, StyleRule


@dataclass
class Compound:
    """A compound selector: `p.note[title]`; `any_of` are the selectors in an `:is()`."""

    tag: str = ""
    classes: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    any_of: list[list[Complex]] = field(default_factory=list)
    pseudo_element: str = ""
    is_root: bool = False


class Complex(NamedTuple):
    """A complex selector: its subject, and the compound selectors before that."""

    subject: Compound
    preceding: list[Compound]


# Pseudo-elements with text of the element; the others have text of the style sheet.
_WITH_ELEMENT_TEXT = {"first-line", "first-letter", "details-content", "marker", "slotted", "part"}
_OLD_PSEUDO_ELEMENTS = {"before", "after", "first-line", "first-letter"}
_MATCHES_ANY = {"is", "where", "matches", "any", "-webkit-any", "-moz-any"}
_NOTHING = frozenset[str]()
_WORDLESS = {"br", "hr", "wbr", "col", "input", "path", "circle", "ellipse", "rect", "line"}


def shapes_in(root: Element) -> set[Shape]:
    """Return the shapes of the elements in a page's tree that can hold words."""
    found: set[Shape] = set()
    _add_shapes(root, frozenset(), found)
    return found


def shape_of(
    tag: str, attributes: Iterable[tuple[str, str | None]], around: frozenset[str]
) -> Shape:
    """Return the shape of one element."""
    values = dict(attributes)
    return Shape(tag, frozenset((values.get("class") or "").split()), frozenset(values), around)


def _add_shapes(element: Element, around: frozenset[str], found: set[Shape]) -> None:
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _WORDLESS:
            continue
        within = around
        if child.attrib:
            shape = shape_of(child.tag, child.items(), around)
            own = frozenset(name for name in shape.classes if name.startswith("cs-"))
            within = around | own if own else around
        else:
            shape = Shape(child.tag, _NOTHING, _NOTHING, around)
        found.add(shape)
        if len(child):
            _add_shapes(child, within, found)


def _shape(tag: str, classes: str = "", around: str = "", attributes: str = "") -> Shape:
    return Shape(tag, *(frozenset(names.split()) for names in (classes, attributes, around)))


# Elements around and in every page that are not in its tree: the theme's boxes, citation numbers,
# the list of sources, and links to terms.
THEME_ELEMENTS = frozenset(
    {
        _shape("html"),
        *(_shape(tag, classes, "", attributes) for tag, classes, attributes in THEME_BOXES),
        # As the build corrects the theme's boxes.
        *(_shape("div", "md-main"), _shape("main", "md-content")),
        *(_shape("sup", "cs-citation"), _shape("a", around="cs-citation", attributes="href")),
        *(_shape("span", around="cs-citation"), _shape("a", "cs-term", attributes="href")),
        *(_shape("section", "cs-sources"), _shape("h2", around="cs-sources")),
        *(_shape(tag, around="cs-sources", attributes="id") for tag in ("ol", "li")),
        *(_shape(tag, around="cs-sources") for tag in ("details", "summary", "span", "p")),
    }
)


def matches_any(selector: Complex, shapes: Iterable[Shape]) -> bool:
    """Say whether a selector can match any of some elements."""
    if selector.subject.pseudo_element not in ("", *_WITH_ELEMENT_TEXT):
        return False
    return any(_matches(selector, shape) for shape in shapes)


def _matches(selector: Complex, shape: Shape) -> bool:
    classes = {name for compound in selector.preceding for name in compound.classes}
    needed = {name for name in classes if name.startswith("cs-")}
    if not needed <= shape.ancestor_classes | shape.classes:
        return False
    return _matches_compound(selector.subject, shape)


def _matches_compound(part: Compound, shape: Shape) -> bool:
    if part.is_root and shape.tag != "html":
        return False
    if part.tag not in ("", "*", shape.tag) or not part.classes <= shape.classes:
        return False
    if not part.attributes <= shape.attributes:
        return False
    # Ids that start with `__` are the theme's; those of headings are added later.
    if part.ids and (shape in THEME_ELEMENTS or all(name.startswith("__") for name in part.ids)):
        return False
    return all(any(_matches(choice, shape) for choice in choices) for choices in part.any_of)


def complex_selectors(rule: StyleRule) -> Iterator[Complex]:
    """Yield the complex selectors of a rule, with those of its parent rules before them."""
    outer: list[Complex] = []
    for tokens in (*rule.parent_selectors, rule.selector):
        outer = list(_selectors(tokens, outer))
    yield from outer


def _selectors(tokens: Sequence[Node], outer: list[Complex]) -> Iterator[Complex]:
    for part in _split(tokens, ","):
        own = _complex(part)
        is_nested = any(token.type == "literal" and token.value == "&" for token in part)
        for parent in outer:
            if is_nested and not own.subject.tag and not own.preceding:
                yield Complex(_joined(parent.subject, own.subject), parent.preceding)
            else:
                preceding = [*parent.preceding, parent.subject, *own.preceding]
                yield Complex(own.subject, preceding)
        if not outer:
            yield own


def _joined(outer: Compound, own: Compound) -> Compound:
    return Compound(
        outer.tag,
        outer.classes | own.classes,
        outer.attributes | own.attributes,
        outer.ids | own.ids,
        outer.any_of + own.any_of,
        own.pseudo_element or outer.pseudo_element,
        outer.is_root,
    )


def _complex(tokens: Sequence[Node]) -> Complex:
    parts: list[Compound] = [Compound()]
    is_new = False
    colons = 0
    is_class = False
    for token in tokens:
        is_combinator = token.type == "literal" and token.value in (">", "+", "~", "|")
        if token.type in ("whitespace", "comment") or is_combinator:
            is_new = True
            continue
        if is_new and not _is_blank(parts[-1]):
            parts.append(Compound())
        is_new = False
        part = parts[-1]
        if token.type == "literal":
            colons = colons + 1 if token.value == ":" else 0
            is_class = token.value == "."
            if token.value == "*":
                part.tag = "*"
            continue
        _add_token(part, token, colons, is_class=is_class)
        colons, is_class = 0, False
    return Complex(parts[-1], parts[:-1])


def _is_blank(part: Compound) -> bool:
    return part == Compound()


def _add_token(part: Compound, token: Node, colons: int, *, is_class: bool) -> None:
    if token.type == "ident":
        _add_name(part, token, colons, is_class=is_class)
    elif token.type == "hash":
        part.ids.add(token.value)
    elif token.type == "[] block":
        names = [name.lower_value for name in token.content if name.type == "ident"]
        part.attributes |= set(names[:1])
    elif token.type == "function" and colons and token.lower_name in _MATCHES_ANY:
        part.any_of.append([_complex(choice) for choice in _split(token.arguments, ",")])
    elif token.type == "function" and colons == 2:
        part.pseudo_element = token.lower_name


def _add_name(part: Compound, token: Node, colons: int, *, is_class: bool) -> None:
    if is_class:
        part.classes.add(token.value)
    elif colons == 2 or (colons == 1 and token.lower_value in _OLD_PSEUDO_ELEMENTS):
        part.pseudo_element = token.lower_value
    elif colons == 1:
        part.is_root = part.is_root or token.lower_value == "root"
    else:
        part.tag = token.lower_value


def _split(tokens: Iterable[Node], at: str) -> list[list[Node]]:
    parts: list[list[Node]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == at:
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]
