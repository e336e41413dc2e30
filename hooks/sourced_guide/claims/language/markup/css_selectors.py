"""Which elements of the pages a selector can pick, judged by its last part and its ancestors."""

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
    """One part of a selector: `p.note[title]`; `any_of` are the parts in an `:is()`."""

    tag: str = ""
    classes: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    any_of: list[list[Complex]] = field(default_factory=list)
    pseudo_element: str = ""
    is_root: bool = False


class Complex(NamedTuple):
    """A selector without commas: what it picks, and the parts before that."""

    subject: Compound
    before: list[Compound]


# Pseudo-elements that are words of the element; the others are made by the style sheet.
_OF_THE_TEXT = {"first-line", "first-letter", "details-content", "marker", "slotted", "part"}
_OLD_PSEUDO_ELEMENTS = {"before", "after", "first-line", "first-letter"}
_CHOICES = {"is", "where", "matches", "any", "-webkit-any", "-moz-any"}
_EMPTY = {"br", "hr", "wbr", "col", "input", "path", "circle", "ellipse", "rect", "line"}


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
        if not isinstance(child.tag, str) or child.tag in _EMPTY:
            continue
        shape = shape_of(child.tag, child.items(), around)
        found.add(shape)
        own = frozenset(each for each in shape.classes if each.startswith("cs-"))
        _add_shapes(child, around | own if own else around, found)


def _made(tag: str, classes: str = "", around: str = "", attributes: str = "") -> Shape:
    return Shape(tag, *(frozenset(each.split()) for each in (classes, attributes, around)))


# What stands around and in every page without being in its tree: the theme's boxes around its text,
# the numbers of citations, the list of sources, and the marks of terms.
ALWAYS = frozenset(
    {
        _made("html"),
        *(_made(tag, classes, "", attributes) for tag, classes, attributes in THEME_BOXES),
        *(_made("sup", "cs-citation"), _made("a", around="cs-citation", attributes="href")),
        *(_made("span", around="cs-citation"), _made("a", "cs-term", attributes="href")),
        *(_made("section", "cs-sources"), _made("h2", around="cs-sources")),
        *(_made(tag, around="cs-sources", attributes="id") for tag in ("ol", "li")),
        *(_made("p", around="cs-sources"), _made("p", "cs-sources__about", "cs-sources")),
    }
)


def picks(selector: Complex, shapes: Iterable[Shape]) -> bool:
    """Say whether a selector can pick any of some elements."""
    if selector.subject.pseudo_element not in ("", *_OF_THE_TEXT):
        return False
    return any(_matches(selector, shape) for shape in shapes)


def _matches(selector: Complex, shape: Shape) -> bool:
    needed = {name for part in selector.before for name in part.classes if name.startswith("cs-")}
    if not needed <= shape.around | shape.classes:
        return False
    return _is_picked(selector.subject, shape)


def _is_picked(part: Compound, shape: Shape) -> bool:
    if part.is_root and shape.tag != "html":
        return False
    if part.tag not in ("", "*", shape.tag) or not part.classes <= shape.classes:
        return False
    if not part.attributes <= shape.attributes:
        return False
    # Ids that start so are the theme's; those of headings are made later.
    if part.ids and (shape in ALWAYS or all(each.startswith("__") for each in part.ids)):
        return False
    return all(any(_matches(each, shape) for each in choices) for choices in part.any_of)


def selectors_of(rule: StyleRule) -> Iterator[Complex]:
    """Yield the selectors of a rule, those of the rules around it included."""
    outer: list[Complex] = []
    for tokens in (*rule.within, rule.selector):
        outer = list(_selectors(tokens, outer))
    yield from outer


def _selectors(tokens: Sequence[Node], outer: list[Complex]) -> Iterator[Complex]:
    for part in _split(tokens, ","):
        own = _complex(part)
        is_nested = any(each.type == "literal" and each.value == "&" for each in part)
        for each in outer:
            if is_nested and not own.subject.tag and not own.before:
                yield Complex(_joined(each.subject, own.subject), each.before)
            else:
                yield Complex(own.subject, [*each.before, each.subject, *own.before])
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
        _take(part, token, colons, is_class=is_class)
        colons, is_class = 0, False
    return Complex(parts[-1], parts[:-1])


def _is_blank(part: Compound) -> bool:
    return part == Compound()


def _take(part: Compound, token: Node, colons: int, *, is_class: bool) -> None:
    if token.type == "ident":
        _take_name(part, token, colons, is_class=is_class)
    elif token.type == "hash":
        part.ids.add(token.value)
    elif token.type == "[] block":
        names = [each.lower_value for each in token.content if each.type == "ident"]
        part.attributes |= set(names[:1])
    elif token.type == "function" and colons and token.lower_name in _CHOICES:
        part.any_of.append([_complex(each) for each in _split(token.arguments, ",")])
    elif token.type == "function" and colons == 2:
        part.pseudo_element = token.lower_name


def _take_name(part: Compound, token: Node, colons: int, *, is_class: bool) -> None:
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
