"""Declarations that keep a reader from words: hidden, moved away, cut off, crossed out, turned."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from sourced_guide.claims.language.markup.css_rules import StyleRule, serialized

_NUMBER = re.compile(
    r"(?<![\w#.-])(?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)(?P<unit>%|[a-z]*)"
)
_VARIABLE = re.compile(
    r"var\(\s*(?P<name>--[\w-]+)\s*(?:,\s*(?P<fallback>[^()]*(?:\([^()]*\))?[^()]*))?\)"
)
# How many pixels a unit is, near enough to tell what is out of sight or too small.
_PIXELS = {
    "": 1.0,
    "px": 1.0,
    "pt": 1.33,
    "pc": 16.0,
    "in": 96.0,
    "cm": 37.8,
    "mm": 3.8,
    "q": 0.94,
    "em": 16.0,
    "rem": 20.0,
    "ex": 8.0,
    "ch": 8.0,
    "lh": 24.0,
    "rlh": 24.0,
    "ic": 16.0,
    "%": 10.0,
    "vw": 10.0,
    "vh": 10.0,
    "vi": 10.0,
    "vb": 10.0,
    "vmin": 10.0,
    "vmax": 10.0,
    "svh": 10.0,
    "lvh": 10.0,
    "dvh": 10.0,
    "svw": 10.0,
    "lvw": 10.0,
    "dvw": 10.0,
    "cqw": 10.0,
}
# Smaller letters cannot be read; what is farther away is not found; what is paler is not seen.
_SMALLEST, _FARTHEST, _PALEST = 4.0, 800.0, 0.2
_CLEAR = re.compile(
    r"\btransparent\b|#[0-9a-f]{3}0\b|#[0-9a-f]{6}0[0-9a-f]\b"
    r"|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\([^()]*[,/]\s*(?:0?\.?0*|0?\.[01]\d*|1?\d?%)\s*\)"
)
_SIZES = re.compile(r"(?:max-)?(?:height|width|block-size|inline-size)\Z")
_POSITIONS = re.compile(r"(?:left|right|top|bottom|inset|margin)\b|(?:text-indent|translate)\Z")
# Values that come from somewhere else.
_OF_OTHERS = ("inherit", "initial", "unset", "revert", "revert-layer", "")
_CUTS = re.compile(r"\b(?:hidden|clip)\b")

Values = Mapping[str, str]
Variables = Mapping[str, frozenset[str]]


def hiding(rule: StyleRule, variables: Variables) -> str:
    """Return the declaration of a rule that keeps a reader from the words it applies to, or "".

    `variables` are the values of the custom properties of all style sheets.
    """
    values = {each.name: serialized(each.value).lower() for each in rule.declarations}
    for name, written in values.items():
        for value in _resolved(written, variables):
            if name in _HIDE and _HIDE[name](value):
                return f"{name}: {written}"
            if _is_out_of_sight(name, value):
                return f"{name}: {written}"
    return next(_hidden_together(values), "")


def custom_properties(rules: list[StyleRule]) -> dict[str, frozenset[str]]:
    """Return every value that rules give to each custom property."""
    found: dict[str, set[str]] = {}
    for rule in rules:
        for each in rule.declarations:
            if each.name.startswith("--"):
                found.setdefault(each.name.lower(), set()).add(serialized(each.value).lower())
    return {name: frozenset(values) for name, values in found.items()}


def _resolved(value: str, variables: Variables, depth: int = 4) -> Iterator[str]:
    """Yield a value with its variables replaced by each of their values."""
    found = _VARIABLE.search(value)
    if not found or not depth:
        yield value
        return
    known = variables.get(found["name"], frozenset()) | {found["fallback"] or ""}
    for each in known:
        replaced = value[: found.start()] + each + value[found.end() :]
        yield from _resolved(replaced, variables, depth - 1)


def _numbers(value: str) -> list[tuple[float, str]]:
    return [(float(match["number"]), match["unit"]) for match in _NUMBER.finditer(value)]


def _pixels(value: str) -> list[float]:
    """Return the lengths in a value in pixels, near enough."""
    return [number * _PIXELS[unit] for number, unit in _numbers(value) if unit in _PIXELS]


def _is_pale(value: str) -> bool:
    shares = [number / 100 if unit == "%" else number for number, unit in _numbers(value)]
    return any(share < _PALEST for share in shares[:1])


def _is_small(value: str) -> bool:
    """Say whether letters are too small: percent and em are of the text's size."""
    return any(0 <= size * (0.16 if "%" in value else 1) < _SMALLEST for size in _pixels(value)[:1])


def _is_small_font(value: str) -> bool:
    # The size is the first length that is no weight: "700 1rem/1.2 ...", "0/0 a".
    sizes = [each for each in _numbers(value.partition("/")[0]) if each[1] or not each[0]]
    return bool(sizes) and _is_small("{}{}".format(*sizes[0]))


def _shrinks_or_turns(value: str) -> bool:
    if re.search(r"matrix|rotate(?:x|y|3d)|skew", value):
        return True
    scales = re.findall(r"scale\w*\(([^()]*)\)", value)
    if any(number < _PALEST for scale in scales for number, _ in _numbers(scale)):
        return True
    return any(_is_far(part) for part in re.findall(r"translate\w*\(([^()]*)\)", value))


def _is_far(value: str) -> bool:
    return any(abs(pixels) >= _FARTHEST for pixels in _pixels(value))


def _is_one_of(*words: str) -> Callable[[str], bool]:
    return lambda value: not set(words).isdisjoint(value.split())


def _is_not(*words: str) -> Callable[[str], bool]:
    return lambda value: value not in (*words, *_OF_OTHERS)


def _is_reversed(value: str) -> bool:
    return "reverse" in value


_HIDE: Mapping[str, Callable[[str], bool]] = {
    "display": _is_one_of("none", "table-column", "table-column-group"),
    "visibility": _is_one_of("hidden", "collapse"),
    "content-visibility": _is_one_of("hidden"),
    "opacity": _is_pale,
    "zoom": _is_pale,
    "scale": lambda value: any(number < _PALEST for number, _ in _numbers(value)),
    "rotate": lambda value: bool(re.search(r"\b[xy]\b", value)),
    "transform": _shrinks_or_turns,
    "font-size": _is_small,
    "font": _is_small_font,
    "font-size-adjust": lambda value: any(number < _PALEST for number, _ in _numbers(value)),
    "color": lambda value: bool(_CLEAR.search(value)),
    "-webkit-text-fill-color": lambda value: bool(_CLEAR.search(value)),
    "-webkit-text-security": _is_not("none"),
    "clip": _is_not("auto"),
    "clip-path": _is_not("none"),
    **dict.fromkeys(("mask", "mask-image", "-webkit-mask", "-webkit-mask-image"), _is_not("none")),
    "filter": lambda value: bool(re.search(r"opacity|blur|brightness|contrast", value)),
    "mix-blend-mode": _is_not("normal"),
    "letter-spacing": lambda value: any(pixels < -_SMALLEST / 2 for pixels in _pixels(value)),
    "text-overflow": _is_not("clip"),
    **dict.fromkeys(("line-clamp", "-webkit-line-clamp", "max-lines"), _is_not("none")),
    **dict.fromkeys(("text-decoration", "text-decoration-line"), lambda v: "line-through" in v),
    "direction": _is_one_of("rtl"),
    "unicode-bidi": lambda value: "override" in value,
    **dict.fromkeys(("flex-direction", "flex-flow"), _is_reversed),
    "order": lambda value: any(number for number, _ in _numbers(value)),
    "z-index": lambda value: any(number < 0 for number, _ in _numbers(value)),
    "content": _is_not("normal", "none", '""'),
    "speak": _is_one_of("never", "none"),
    "interactivity": _is_one_of("inert"),
}


def _is_out_of_sight(name: str, value: str) -> bool:
    if _SIZES.match(name):
        return any(0 <= pixels < _SMALLEST for pixels in _pixels(value)[:1])
    return bool(_POSITIONS.match(name)) and _is_far(value)


def _hidden_together(values: Values) -> Iterator[str]:
    """Yield what two declarations of one rule hide."""
    cuts = [name for name in values if name.startswith("overflow") and _CUTS.search(values[name])]
    for name in cuts:
        if values.get("white-space") == "nowrap" or values.get("text-wrap") == "nowrap":
            yield f"{name}: {values[name]}"
        for size in values:
            if _SIZES.match(size) and _pixels(values[size]) and "%" not in values[size]:
                yield f"{size}: {values[size]}"
    grounds = {values.get("background"), values.get("background-color")}
    if "color" in values and values["color"] in grounds:
        yield f"color: {values['color']}"
    if values.get("color") == "var(--md-default-bg-color)" and grounds == {None}:
        yield f"color: {values['color']}"
