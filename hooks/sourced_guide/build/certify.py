"""Does a built site show what was checked, and nothing else?

A generator, a plugin, a hook or a template can change a page after the check has read it. So each
built page is compared with what the checker itself renders from the same Markdown: the words of
its article must be the same words in the same order, and every text around the article must be a
label of the guide, a text of its own templates, or one that the theme is known to print
(`theme_texts.yml`). Scripts and style sheets are not run; the rule SRC009 asks for those.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from sourced_guide.build.precompressed import false_twins, is_twin
from sourced_guide.build.visible_text import HIDES, BuiltPage, read_built_page
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.clock import MONTHS
from sourced_guide.claims.project.front_matter import REVIEW
from sourced_guide.claims.render.html import render_pages
from sourced_guide.claims.report.baseline import project_baseline
from sourced_guide.claims.report.claims_file import EDITION_DIGITS, FILE
from sourced_guide.claims.report.export import claims_data
from sourced_guide.claims.report.text import counted
from sourced_guide.claims.rules import check
from sourced_guide.claims.rules.visibility.non_page_text import template_texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sourced_guide.claims.model.finding import Finding
    from sourced_guide.claims.project.guide import Guide

_WORD = re.compile(r"\w+")
# Generators make it for addresses that lead nowhere; it has no page of its own.
_NOT_FOUND = "404.html"
_SHOWN_WORDS, _WORDS_BEFORE = 12, 2
_JOINT = re.compile(r"\s[-–|]\s|:\s")
_INDEX = re.compile(r"(?:^|/)(?:index|README)$")


@dataclass(frozen=True)
class Refusal:
    """Why a file of a built site cannot be published."""

    file: str
    reason: str

    def as_text(self) -> str:
        """Return it as one line."""
        return f"{self.file}: {self.reason}"


@dataclass(frozen=True)
class Certification:
    """Every reason not to publish a site: what the check finds, and what the site shows beyond."""

    findings: list[Finding]
    refusals: list[Refusal]

    @property
    def failed(self) -> bool:
        """Whether there is any reason."""
        return bool(self.findings or self.refusals)

    def as_lines(self) -> list[str]:
        """Return the reasons, and in the last line how many there are."""
        findings = counted(len(self.findings), "finding")
        refusals = counted(len(self.refusals), "refusal")
        found = [finding.as_text() for finding in self.findings]
        refused = [refusal.as_text() for refusal in self.refusals]
        return [*found, *refused, f"not certified: {findings}, {refusals}"]


def certify(guide: Guide, folder: Path) -> Certification:
    """Return every reason not to publish the site built in `folder`, by file.

    Raises UnusableProjectError where there is no such folder.
    """
    if not folder.is_dir():
        raise UnusableProjectError(f"there is no folder '{folder}'")
    checked = project_baseline(guide.project).marked(check(guide))
    articles = {_name(path): _words(html) for path, html in render_pages(guide)}
    refusals = [*_claims(guide, folder), *_twins(folder), *_pages(guide, folder, articles)]
    return Certification(
        [finding for finding in checked if finding.stops_the_build],
        sorted(refusals, key=lambda refusal: refusal.file),
    )


def _claims(guide: Guide, folder: Path) -> Iterator[Refusal]:
    """Compare the site's claims.json with the claims and sources of today."""
    try:
        published: Any = json.loads((folder / FILE).read_text("utf-8"))
    except OSError:
        yield Refusal(FILE, "is missing: nothing says what was checked (guide export writes it)")
        return
    except ValueError:
        yield Refusal(FILE, "is not JSON: build the site anew")
        return
    current = claims_data(guide)
    if _comparable(published) != _comparable(current):
        yield Refusal(FILE, f"{_difference(published, current)}: build the site anew")


def _comparable(data: Any) -> str:
    """Return claims as text; where a page's anchors lead is the generator's business."""
    text = json.dumps(data, sort_keys=True)
    return re.sub(r'"anchor": "[^"]*"', "", text)


def _difference(published: Any, current: dict[str, Any]) -> str:
    """Say what the published claims differ in, as far as their parts tell."""
    parts = published.get("checked") if isinstance(published, dict) else None
    if not isinstance(parts, dict):
        return "does not say what was checked"
    for name, digest in current["checked"].items():
        if parts.get(name) != digest:
            return f"was made from another '{name}'"
    gone = next((name for name in parts if name not in current["checked"]), None)
    if gone:
        return f"was made with '{gone}', which is gone"
    return "has been changed since it was made"


def _twins(folder: Path) -> Iterator[Refusal]:
    for twin in false_twins(folder):
        name = twin.relative_to(folder).as_posix()
        yield Refusal(name, "does not hold what its file holds: run hosting anew")


def _pages(guide: Guide, folder: Path, articles: dict[str, list[str]]) -> Iterator[Refusal]:
    known = _known_texts(guide)
    found = (path for path in folder.rglob("*.htm*") if not is_twin(path))
    built = {path.relative_to(folder).as_posix() for path in found}
    for name in sorted(built):
        page = read_built_page((folder / name).read_text("utf-8", errors="replace"))
        if _name(name) in articles:
            yield from _article(name, page, articles[_name(name)], known)
        elif name != _NOT_FOUND:
            yield Refusal(name, "no page of the guide was checked for it")
        yield from _around(name, page, known)
    shown = {_name(name) for name in built}
    for name in articles:
        if name not in shown:
            yield Refusal(f"{name or 'index'}.html", "the page was checked but not built")


def _article(name: str, page: BuiltPage, expected: list[str], known: _Known) -> Iterator[Refusal]:
    """A page's own words stand in its article, whole; what stands before or after is known."""
    words = page.article
    at = _position(words, expected)
    if at is None:
        yield Refusal(name, _first_difference(words, expected))
        return
    for rest in (words[:at], words[at + len(expected) :]):
        strange = next((i for i, word in enumerate(rest) if not known.has(word)), None)
        if strange is not None:
            shown = " ".join(rest[max(strange - _WORDS_BEFORE, 0) :][:_SHOWN_WORDS])
            yield Refusal(name, f"shows what was not checked: '{shown}'")


def _position(words: list[str], expected: list[str]) -> int | None:
    for at in range(len(words) - len(expected) + 1):
        if words[at : at + len(expected)] == expected:
            return at
    return None


def _first_difference(words: list[str], expected: list[str]) -> str:
    matcher = SequenceMatcher(None, expected, words, autojunk=False)
    for tag, first, last, begin, end in matcher.get_opcodes():
        # What templates add stands before and after the page's own text.
        if tag == "equal" or (tag == "insert" and first in (0, len(expected))):
            continue
        ours = " ".join(expected[first:last][:_SHOWN_WORDS])
        theirs = " ".join(words[begin:end][:_SHOWN_WORDS])
        before = " ".join(expected[max(first - 4, 0) : first])
        return f"after '{before}' it shows '{theirs}' where '{ours}' was checked"
    return "its text is not in the order that was checked"


def _around(name: str, page: BuiltPage, known: _Known) -> Iterator[Refusal]:
    for text in page.around:
        # Two labels make one: "Symptoms - Cancer in the Spine", "Next: Symptoms".
        if known.shows(text) or all(map(known.shows, _JOINT.split(text))):
            continue
        yield Refusal(name, f"shows, outside its article, what was not checked: '{text[:90]}'")


@dataclass(frozen=True)
class _Known:
    """Texts that may stand around an article, and words that templates put together."""

    texts: frozenset[str]
    words: frozenset[str]
    # Titles of pages, which our templates repeat in links to them.
    in_titles: frozenset[str]

    def has(self, word: str) -> bool:
        """Say whether a word may stand before or after a page's own text."""
        return (
            word.startswith(HIDES) or word.lower() in self.words or word.lower() in self.in_titles
        )

    def shows(self, text: str) -> bool:
        """Say whether a text is one of these, or put together of such words."""
        if _normal(text) in self.texts:
            return True
        return all(word in self.words for word in _WORD.findall(text.lower()))


def _known_texts(guide: Guide) -> _Known:
    of_theme = files("sourced_guide.build").joinpath("theme_texts.yml").read_text("utf-8")
    texts = [text for group in yaml.safe_load(of_theme).values() for text in group]
    texts += [setting.text for setting in guide.project.setting_texts]
    texts += [source.title for source in guide.references.sources.values()]
    texts.append(guide.project.address)
    # Our own templates put these together: "Reviewed by ... on November 21, 2026".
    edition = claims_data(guide)["digest"][:EDITION_DIGITS]
    parts = [*template_texts(guide), *MONTHS, edition]
    for file, page in guide.pages:
        # Titles stand in the navigation, descriptions in the head, headings in the contents.
        texts += [file.title, *(value for value in file.meta.values() if isinstance(value, str))]
        texts += [each.text for each in page.statements if each.kind == "heading"]
        parts += [part for name in REVIEW for part in re.split("-", str(file.meta.get(name, "")))]
    words = {word for part in parts for word in _WORD.findall(part.lower())}
    # Days stand there without a leading zero.
    words |= {word.lstrip("0") for word in words}
    titles = [file.title for file, _ in guide.pages]
    titles += [setting.text for setting in guide.project.setting_texts]
    in_titles = {word for title in titles for word in _WORD.findall(title.lower())}
    return _Known(frozenset(map(_normal, texts)), frozenset(words), frozenset(in_titles))


def _normal(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _words(html: str) -> list[str]:
    return read_built_page(f"<article>{html}</article>").article


def _name(path: str) -> str:
    """Return what a page's file and its built files share: `tests.md` and `tests/index.html`."""
    return _INDEX.sub("", path.rpartition(".")[0])
