"""Verifies that a built site shows what was checked, and nothing else.

A generator, a plugin, a hook or a template can change a page after the check has read it. So each
built page is compared with what the checker itself renders from the same Markdown: the words of its
article must be the same words in the same order, and every text around the article must be a label
of the guide, a text of its own templates, or one that the theme is known to print
(`theme_texts.yml`). Scripts and styles are not run: they must be identical to those of the theme or
of the project (`known_code.py`).
"""

from __future__ import annotations

import json
import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from sourced_guide.build.built_site.edition import PageEditions
from sourced_guide.build.built_site.page import built_name
from sourced_guide.build.built_site.redirects import leads_to
from sourced_guide.build.built_site.site import NOT_FOUND
from sourced_guide.build.certify.expected import Expected, Parts, expected_articles
from sourced_guide.build.certify.known_code import KnownCode
from sourced_guide.build.certify.known_texts import KnownTexts, known_texts
from sourced_guide.build.handouts.packs.declared import TAKE_AWAY, pack_editions
from sourced_guide.build.rules import build_finding, built_place
from sourced_guide.build.steps.json_ld import Descriptions
from sourced_guide.build.steps.precompress import outdated_files
from sourced_guide.claims.report.claims_file import FILE, claims_files
from sourced_guide.claims.report.export import claims_data

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sourced_guide.build.built_site.page import BuiltPage
    from sourced_guide.build.built_site.site import BuiltSite
    from sourced_guide.claims.model.finding import Finding
    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.project import Project

_SHOWN_WORDS, _WORDS_BEFORE = 12, 2
# The results of the search, in the themes that show them on a page.
_SEARCH_PAGE = "search.html"
_INDEX = re.compile(r"(?:^|/)(?:index|README)$")


def certify(project: Project, site: BuiltSite) -> list[Finding]:
    """Return the findings on what a built site shows beyond what was checked, by file.

    The findings of the check itself are not included.
    """
    expected = expected_articles(project, site)
    claims = claims_data(expected.guide)
    return sorted(
        {*_symbolic_links(site), *_claims_file(claims, site), *_pages(expected, claims, site)}
    )


def certify_precompressed(site: BuiltSite) -> list[Finding]:
    """Return findings on precompressed files whose content differs from their originals."""
    message = "has other content than its original"
    return [
        build_finding("BLD006", built_place(site, name), message) for name in outdated_files(site)
    ]


def _symbolic_links(site: BuiltSite) -> Iterator[Finding]:
    for path in site.folder.rglob("*"):
        if path.is_symlink():
            place = built_place(site, path.relative_to(site.folder).as_posix())
            yield build_finding("BLD007", place, "a symbolic link leads out of the site")


def _claims_file(current: Mapping[str, Any], site: BuiltSite) -> Iterator[Finding]:
    """Compare the site's claims.json with the current claims and sources."""
    place = built_place(site, FILE)
    try:
        published: Any = json.loads(site.content(FILE))
    except OSError:
        yield build_finding("BLD004", place, "is missing: nothing says what was checked")
        return
    except ValueError:
        yield build_finding("BLD004", place, "is not JSON")
        return
    if published != current and _comparable(published) != _comparable(current):
        yield build_finding("BLD004", place, _difference(published, current))
        return
    for name, text in claims_files(published):
        if name != FILE and (name not in site.names or site.text(name) != text):
            reason = f"is not what {FILE} says"
            yield build_finding("BLD004", built_place(site, name), reason)


def _comparable(data: Any) -> str:
    """Return claims as text without anchors, which depend on the generator."""
    text = json.dumps(data, sort_keys=True)
    return re.sub(r'"anchor": "[^"]*"', "", text)


def _difference(published: Any, current: Mapping[str, Any]) -> str:
    """Return how the published claims differ, by the digests of their parts."""
    parts = published.get("checked") if isinstance(published, dict) else None
    if not isinstance(parts, dict):
        return "does not say what was checked"
    for name, digest in current["checked"].items():
        if parts.get(name) != digest:
            return f"was built from another version of '{name}'"
    removed = next((name for name in parts if name not in current["checked"]), None)
    if removed:
        return f"was built with '{removed}', which no longer exists"
    return "has been changed since it was built"


def _pages(expected: Expected, claims: Mapping[str, Any], site: BuiltSite) -> Iterator[Finding]:
    guide = expected.guide
    texts = known_texts(guide, claims, expected.titles)
    code = KnownCode(guide.project, site, texts)
    descriptions, editions = Descriptions(claims), PageEditions(claims)
    articles = {_stem(name): parts for name, parts in expected.articles.items()}
    paths = {_stem(file.path): file.path for file, _ in guide.pages}
    found = set()
    for page in site.pages():
        stem, shown = _stem(page.name), site.shown(page.name)
        found.add(stem)
        if stem in articles:
            known = _with_editions(texts, site, page, editions, paths.get(stem))
            yield from _article(site, page.name, shown.article, articles[stem], known)
        elif _is_helper(guide, site, page, shown.article):
            yield from _added_words(site, page.name, shown.article, texts)
        else:
            message = "no page of the guide was checked for it"
            yield build_finding("BLD002", built_place(site, page.name), message)
        for text, line in shown.around:
            if not texts.has_text(text):
                message = f"shows, outside its article, what was not checked: '{text[:90]}'"
                yield build_finding("BLD001", built_place(site, page.name, line), message)
        for fault in code.faults(page, descriptions.of(page)):
            place = built_place(site, page.name, fault.line)
            yield build_finding("BLD005", place, fault.message)
    for stem in articles:
        if stem not in found:
            place = built_place(site, f"{stem or 'index'}.html")
            yield build_finding("BLD003", place, "the page was checked but not built")


def _with_editions(
    texts: KnownTexts, site: BuiltSite, page: BuiltPage, editions: PageEditions, path: str | None
) -> KnownTexts:
    """Return the texts of a page with its edition, and with those of the packs that it lists."""
    # A part of the list of sources has no edition of its own.
    if path:
        texts = texts.with_word(editions.of(path, page.words).digest)
    if page.name == TAKE_AWAY:
        for edition in pack_editions(site).values():
            texts = texts.with_word(edition.rpartition(" ")[2])
    return texts


def _is_helper(guide: Guide, site: BuiltSite, page: BuiltPage, article: Sequence[str]) -> bool:
    """Say whether a page that is none of the guide only helps to find one."""
    targets = {
        built_name(redirect.new)
        for redirect in guide.project.options.redirects
        if built_name(redirect.old) == page.name
    }
    return page.name in (NOT_FOUND, _SEARCH_PAGE) or (
        not article and any(leads_to(page, to, site.names) for to in targets)
    )


def _article(
    site: BuiltSite, name: str, words: Sequence[str], expected: Parts, texts: KnownTexts
) -> Iterator[Finding]:
    """Compare an article with the page's own words.

    Templates add text before and after them, and between the parts. It must be known.
    """
    added = _added(words, expected)
    if added is None:
        yield build_finding("BLD001", built_place(site, name), _fault(words, expected))
        return
    for rest in added:
        yield from _added_words(site, name, rest, texts)


def _added_words(
    site: BuiltSite, name: str, words: Sequence[str], texts: KnownTexts
) -> Iterator[Finding]:
    """Yield the first word of an article that neither the theme nor a template prints."""
    unknown = texts.first_unknown(words)
    if unknown is not None:
        shown = " ".join(words[max(unknown - _WORDS_BEFORE, 0) :][:_SHOWN_WORDS])
        message = f"shows what was not checked: '{shown}'"
        yield build_finding("BLD001", built_place(site, name), message)


def _added(words: Sequence[str], expected: Parts) -> list[Sequence[str]] | None:
    """Return what stands before, between and after the parts, or None where one is missing."""
    added, at = [], 0
    for part in expected:
        start = _position(words, part, at)
        if start is None:
            return None
        added.append(words[at:start])
        at = start + len(part)
    return [*added, words[at:]]


def _position(words: Sequence[str], part: Sequence[str], first: int) -> int | None:
    expected = list(part)
    for at in range(first, len(words) - len(expected) + 1):
        # Most places differ in their first word, which takes no copy to see.
        if words[at : at + 1] == expected[:1] and words[at : at + len(expected)] == expected:
            return at
    return None


def _fault(words: Sequence[str], expected: Parts) -> str:
    title, *others = expected
    rest = [word for part in others for word in part]
    at = _position(words, title, 0)
    if at is None:
        return _first_difference(words, [*title, *rest])
    return _first_difference(words[at + len(title) :], rest)


def _first_difference(words: Sequence[str], expected: Sequence[str]) -> str:
    matcher = SequenceMatcher(None, expected, words, autojunk=False)
    for tag, first, last, begin, end in matcher.get_opcodes():
        # Templates add text before and after the page's own.
        if tag == "equal" or (tag == "insert" and first in (0, len(expected))):
            continue
        ours = " ".join(expected[first:last][:_SHOWN_WORDS])
        theirs = " ".join(words[begin:end][:_SHOWN_WORDS])
        before = " ".join(expected[max(first - 4, 0) : first])
        return f"after '{before}' it shows '{theirs}' where '{ours}' was checked"
    return "its text is not in the order that was checked"


def _stem(path: str) -> str:
    """Return the common stem of a page and its built file: `tests.md`, `tests/index.html`."""
    return _INDEX.sub("", path.rpartition(".")[0])
