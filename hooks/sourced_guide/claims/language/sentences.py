"""Where one sentence ends and the next begins."""

from __future__ import annotations

import re

from sentencex import get_sentence_boundaries

# A text in which nothing can end a sentence but its last mark, as most list items and cells are.
_ONE_SENTENCE = re.compile(r"[\w ,;:'’‘“”\"/%&+$£€<>=–—|-]*[.!?]?")
# sentencex 1.0 ends the program at a letter, such a space and a stop: "vitamin D\u00a0.".
_WIDE_SPACE = re.compile(r"(?<=[\w\s])[^\S\x00-\x7f]+(?=\s*\.)")
# Two sentences taken for one would share a citation, so that one of them would have no source.
# sentencex keeps these together: "(Often at night.) See a doctor.", "Take vitamin D. It helps.",
# "It hurts … It burns."
_MISSED_STOP = re.compile(
    r"(?:[.!?…][)\]”’\"']+|…|(?<=[a-z0-9] )[A-Za-z]\.)\s+(?=[\"'“‘(\[]*[A-Z0-9])"
)
_NUMBER = re.compile(r"(?:[0-9]+|[A-Za-z])[.)]")
# A year or a number in brackets, after which the sentence goes on: "Smith et al. [2004] found".
_YEAR = re.compile(r"\.,?\s*[\[(]\d[\d,; –-]*[a-z]?[\])]$")


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the start and end of each sentence of `text`, in characters, without outer space."""
    if _ONE_SENTENCE.fullmatch(text.replace("\n", " ").rstrip()) and "\n\n" not in text:
        span = _trim(text, 0, len(text))
        return [span] if span[0] < span[1] else []
    spans = []
    plain = _WIDE_SPACE.sub(_spaces, text)
    for boundary in get_sentence_boundaries("en", plain):
        start = boundary["start_index"]
        for stop in _MISSED_STOP.finditer(text, start, boundary["end_index"]):
            spans.append((start, stop.end()))
            start = stop.end()
        spans.append((start, boundary["end_index"]))
    spans = _join_years(text, _join_numbers(text, spans))
    return [trimmed for span in spans if (trimmed := _trim(text, *span))[0] < trimmed[1]]


def _join_numbers(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join the number of a list item, "1." or "B)", with the sentence after it."""
    joined: list[tuple[int, int]] = []
    for start, end in reversed(spans):
        if joined and _NUMBER.fullmatch(text[start:end].strip()):
            joined[-1] = (start, joined[-1][1])
        else:
            joined.append((start, end))
    return joined[::-1]


def _join_years(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what follows a year in brackets with its sentence, if it continues in lower case."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        continues = text[start:end].lstrip()[:1].islower()
        if joined and continues and _YEAR.search(text[slice(*joined[-1])].rstrip()):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _spaces(wide: re.Match[str]) -> str:
    return " " * len(wide.group())


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
