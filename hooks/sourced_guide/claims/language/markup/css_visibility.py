"""Declarations that hide words: invisible, off-screen, clipped, struck through or transformed."""

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
# How many CSS pixels a unit is, roughly, to tell what is off-screen or too small.
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
# The smallest readable size and the largest offset, in pixels, and the lowest visible opacity.
_MIN_SIZE, _MAX_OFFSET, _MIN_OPACITY = 4.0, 800.0, 0.2
_TRANSPARENT = re.compile(
    r"\btransparent\b|#[0-9a-f]{3}0\b|#[0-9a-f]{6}0[0-9a-f]\b"
    r"|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\([^()]*[,/]\s*(?:0?\.?0*|0?\.[01]\d*|1?\d?%)\s*\)"
)
_SIZES = re.compile(r"(?:max-)?(?:height|width|block-size|inline-size)\Z")
_POSITIONS = re.compile(r"(?:left|right|top|bottom|inset|margin)\b|(?:text-indent|translate)\Z")
# Defaulting keywords (CSS Cascade).
_DEFAULTING = ("inherit", "initial", "unset", "revert", "revert-layer", "")
_CLIPS = re.compile(r"\b(?:hidden|clip)\b")

Values = Mapping[str, str]
Variables = Mapping[str, frozenset[str]]


def hiding_declaration(rule: StyleRule, variables: Variables) -> str:
    """Return the declaration of a rule that hides the words it applies to, or "".

    `variables` are the values of the custom properties of all style sheets.
    """
    values = {
        declaration.name: serialized(declaration.value).lower() for declaration in rule.declarations
    }
    for name, written in values.items():
        for value in _resolved(written, variables):
            if name in _HIDE and _HIDE[name](value):
                return f"{name}: {written}"
            if _is_collapsed_or_off_screen(name, value):
                return f"{name}: {written}"
    return next(_hidden_in_combination(values), "")


def custom_properties(rules: list[StyleRule]) -> dict[str, frozenset[str]]:
    """Return the custom properties of rules, with all the values that they are given."""
    found: dict[str, set[str]] = {}
    for rule in rules:
        for declaration in rule.declarations:
            if declaration.name.startswith("--"):
                value = serialized(declaration.value).lower()
                found.setdefault(declaration.name.lower(), set()).add(value)
    return {name: frozenset(values) for name, values in found.items()}


def _resolved(value: str, variables: Variables, depth: int = 4) -> Iterator[str]:
    """Yield a value with its variables replaced, once for every value that they may have."""
    found = _VARIABLE.search(value)
    if not found or not depth:
        yield value
        return
    known = variables.get(found["name"], frozenset()) | {found["fallback"] or ""}
    for candidate in known:
        replaced = value[: found.start()] + candidate + value[found.end() :]
        yield from _resolved(replaced, variables, depth - 1)


def _numbers(value: str) -> list[tuple[float, str]]:
    return [(float(match["number"]), match["unit"]) for match in _NUMBER.finditer(value)]


def _pixels(value: str) -> list[float]:
    """Return the lengths in a value in pixels, roughly."""
    return [number * _PIXELS[unit] for number, unit in _numbers(value) if unit in _PIXELS]


def _is_transparent(value: str) -> bool:
    shares = [number / 100 if unit == "%" else number for number, unit in _numbers(value)]
    return any(share < _MIN_OPACITY for share in shares[:1])


def _is_small(value: str) -> bool:
    """Say whether letters are too small: percent and em are of the text's size."""
    return any(0 <= size * (0.16 if "%" in value else 1) < _MIN_SIZE for size in _pixels(value)[:1])


def _is_small_font(value: str) -> bool:
    # The size is the first length that is no weight: "700 1rem/1.2 ...", "0/0 a".
    sizes = [
        (number, unit) for number, unit in _numbers(value.partition("/")[0]) if unit or not number
    ]
    return bool(sizes) and _is_small("{}{}".format(*sizes[0]))


def _is_distorted(value: str) -> bool:
    if re.search(r"matrix|rotate(?:x|y|3d)|skew", value):
        return True
    scales = re.findall(r"scale\w*\(([^()]*)\)", value)
    if any(number < _MIN_OPACITY for scale in scales for number, _ in _numbers(scale)):
        return True
    return any(_is_off_screen(part) for part in re.findall(r"translate\w*\(([^()]*)\)", value))


def _is_off_screen(value: str) -> bool:
    return any(abs(pixels) >= _MAX_OFFSET for pixels in _pixels(value))


def _is_one_of(*words: str) -> Callable[[str], bool]:
    return lambda value: not set(words).isdisjoint(value.split())


def _is_not(*words: str) -> Callable[[str], bool]:
    return lambda value: value not in (*words, *_DEFAULTING)


def _is_reversed(value: str) -> bool:
    return "reverse" in value


_HIDE: Mapping[str, Callable[[str], bool]] = {
    "display": _is_one_of("none", "table-column", "table-column-group"),
    "visibility": _is_one_of("hidden", "collapse"),
    "content-visibility": _is_one_of("hidden"),
    "opacity": _is_transparent,
    "zoom": _is_transparent,
    "scale": lambda value: any(number < _MIN_OPACITY for number, _ in _numbers(value)),
    "rotate": lambda value: bool(re.search(r"\b[xy]\b", value)),
    "transform": _is_distorted,
    "font-size": _is_small,
    "font": _is_small_font,
    "font-size-adjust": lambda value: any(number < _MIN_OPACITY for number, _ in _numbers(value)),
    "color": lambda value: bool(_TRANSPARENT.search(value)),
    "-webkit-text-fill-color": lambda value: bool(_TRANSPARENT.search(value)),
    "-webkit-text-security": _is_not("none"),
    "clip": _is_not("auto"),
    "clip-path": _is_not("none"),
    **dict.fromkeys(("mask", "mask-image", "-webkit-mask", "-webkit-mask-image"), _is_not("none")),
    "filter": lambda value: bool(re.search(r"opacity|blur|brightness|contrast", value)),
    "mix-blend-mode": _is_not("normal"),
    "letter-spacing": lambda value: any(pixels < -_MIN_SIZE / 2 for pixels in _pixels(value)),
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


def _is_collapsed_or_off_screen(name: str, value: str) -> bool:
    if _SIZES.match(name):
        return any(0 <= pixels < _MIN_SIZE for pixels in _pixels(value)[:1])
    return bool(_POSITIONS.match(name)) and _is_off_screen(value)


def _hidden_in_combination(values: Values) -> Iterator[str]:
    """Yield the declarations of a rule that hide words together with another one."""
    clipping = [
        name for name in values if name.startswith("overflow") and _CLIPS.search(values[name])
    ]
    for name in clipping:
        if values.get("white-space") == "nowrap" or values.get("text-wrap") == "nowrap":
            yield f"{name}: {values[name]}"
        for size in values:
            if _SIZES.match(size) and _pixels(values[size]) and "%" not in values[size]:
                yield f"{size}: {values[size]}"
    backgrounds = {values.get("background"), values.get("background-color")}
    if "color" in values and values["color"] in backgrounds:
        yield f"color: {values['color']}"
    if values.get("color") == "var(--md-default-bg-color)" and backgrounds == {None}:
        yield f"color: {values['color']}"
