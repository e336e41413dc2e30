"""Pages that an earlier run has parsed, so that they need not be parsed again.

A page is found by its text and path, by the Markdown extensions with their options and, if it may
include files, by all files that it may include. The drawings and images that it names are compared
with what they were. So a page is kept only if all its extensions are known to read nothing else.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.model.citation import Citation
from sourced_guide.claims.model.place import Place
from sourced_guide.claims.model.shape import Shape
from sourced_guide.claims.model.statement import PageText, Role, Statement
from sourced_guide.claims.model.suppression import Suppression
from sourced_guide.claims.project.project import SNIPPETS, Project
from sourced_guide.claims.project.store.store import digest_of, encoded, file_digest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sourced_guide.claims.project.page_file import PageFile

_BUILT_IN = frozenset(
    (
        *("abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code"),
        *("footnotes", "legacy_attrs", "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists"),
        *("smarty", "tables", "toc", "wikilinks"),
    )
)
_OURS = frozenset(("guide.claims", "guide.drawings", "guide.glossary", "guide.tables"))
_FAMILIES = ("markdown.extensions.", "pymdownx.")
# These read files other than those that are looked at here, or the network.
_READ_MORE = frozenset(("pymdownx.b64", "pymdownx.pathconverter", SNIPPETS))
_SNIPPET_OPTIONS = {
    *("base_path", "check_paths", "dedent_subsections", "encoding", "restrict_base_path"),
}
# What is in every text that includes a file.
_SCISSORS = "8<"


@dataclass
class Images:
    """The drawings and images that a page names, by their URLs as written.

    `drawn` are embedded, `rejected` cannot be, with the reason; `named` are files that findings may
    name.
    """

    drawn: dict[str, Path] = field(default_factory=dict)
    rejected: dict[str, str] = field(default_factory=dict)
    named: dict[str, Path] = field(default_factory=dict)

    @property
    def urls(self) -> list[str]:
        """All of them."""
        return sorted({*self.drawn, *self.rejected, *self.named})


class KeptPages:
    """The pages of a project that its store has."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._digests: dict[Path, str] = {}

    def read(self, file: PageFile) -> tuple[PageText, Images] | None:
        """Return the text of a page and what it draws, if that is kept."""
        name = self._name(file)
        kept = self._project.store.read(name) if name else None
        if kept is None:
            return None
        return self.restored(file.path, kept)

    def restored(self, path: str, value: Any) -> tuple[PageText, Images] | None:
        """Return what `value_of` was made from, unless an image has changed since."""
        digest, page, digests, drawn, rejected, named = value
        if any(self._image(path, url) != before for url, before in digests.items()):
            return None
        text = _page(path, page)
        text.digest = digest
        beside = self._project.file_beside
        return text, Images(
            drawn={url: beside(path, url) for url in drawn},
            rejected=rejected,
            named={url: beside(path, url) for url in named},
        )

    def can_keep(self, file: PageFile) -> bool:
        """Say whether all that a page depends on is known."""
        return bool(self._name(file))

    def keep(self, file: PageFile, text: PageText, images: Images) -> None:
        """Keep a page that was parsed, and set its digest."""
        if name := self._name(file):
            self._project.store.keep(name, self.value_of(file.path, text, images))

    def value_of(self, path: str, text: PageText, images: Images) -> list[Any]:
        """Return a page and what it draws as JSON values, and set its digest."""
        page = _record(text)
        text.digest = _digest_of(path, page)
        digests = {url: self._image(path, url) for url in images.urls}
        drawn, named = list(images.drawn), list(images.named)
        return [text.digest, page, digests, drawn, images.rejected, named]

    def digest(self, path: str, text: PageText) -> str:
        """Return the digest of a page's text, or nothing if nothing is kept."""
        return _digest_of(path, _record(text)) if self._project.store.is_open else ""

    def _name(self, file: PageFile) -> str:
        """Return what a page is kept under, or nothing if it cannot be kept."""
        key = self.key(self._settings, file, file.content)
        return f"pages/{key}.json" if key else ""

    def key(self, settings: str, file: PageFile, text: str) -> str:
        """Return a key for what is made of a text, or nothing if it cannot be kept."""
        has_snippets = _SCISSORS in file.content or _SCISSORS in text
        if not settings or (has_snippets and not self._included):
            return ""
        included = self._included if has_snippets else ""
        return digest_of(settings, file.path, file.content, text, included)

    @cached_property
    def _settings(self) -> str:
        return self.settings(self._project.extensions, self._project.extension_configs)

    def settings(self, extensions: Sequence[Any], configs: Mapping[str, Any]) -> str:
        """Return a digest of what shapes a parse, or nothing if an extension may read more."""
        project = self._project
        if not project.store.is_open or not all(map(_reads_nothing_else, extensions)):
            return ""
        if not _SNIPPET_OPTIONS.issuperset(configs.get(SNIPPETS) or ()):
            return ""
        try:
            written = json.dumps([list(extensions), dict(configs)])
        except (TypeError, ValueError, RecursionError):
            # A function of another package, for example.
            return ""
        folders = [project.shown(folder) for folder in (project.docs, *project.snippets)]
        return digest_of(written, *folders)

    @cached_property
    def _included(self) -> str:
        """A digest of all files that pages may include, or nothing if these are too many to tell.

        Folders of nothing else are looked through, not the project as a whole.
        """
        project = self._project
        if any(project.docs.is_relative_to(folder) for folder in project.snippets):
            return ""
        found = [
            (path, self._digest(path))
            for folder in project.snippets
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        ]
        return digest_of(*(f"{path}\0{digest}" for path, digest in found))

    def _image(self, page: str, url: str) -> str:
        return self._digest(self._project.file_beside(page, url))

    def _digest(self, path: Path) -> str:
        if path not in self._digests:
            self._digests[path] = file_digest(path)
        return self._digests[path]


def _reads_nothing_else(extension: Any) -> bool:
    """Say whether an extension reads nothing but the page and what is looked at here."""
    if not isinstance(extension, str):
        return False
    if extension.startswith(_FAMILIES):
        return extension == SNIPPETS or extension not in _READ_MORE
    return extension in _BUILT_IN or extension in _OURS


def _digest_of(path: str, page: list[Any]) -> str:
    return hashlib.sha256(encoded([path, page])).hexdigest()


def _record(page: PageText) -> list[Any]:
    """Return what a page says as JSON values."""
    citations: dict[int, int] = {}
    listed: list[Citation] = []
    for citation in (*page.citations, *(c for each in page.statements for c in each.citations)):
        if id(citation) not in citations:
            citations[id(citation)] = len(listed)
            listed.append(citation)
    return [
        [
            [c.key, c.passage, c.written, c.offset, _written_place(c.place), c.unsupported]
            for c in listed
        ],
        [citations[id(citation)] for citation in page.citations],
        [
            [
                *(each.text, each.kind, each.role.value),
                [citations[id(citation)] for citation in each.citations],
                *(each.inherited, each.id, each.anchor, each.box),
                *(each.file, each.line, each.column),
            ]
            for each in page.statements
        ],
        [
            [
                *(each.written, each.rules, each.reason, _written_place(each.place)),
                [_written_place(place) for place in sorted(each.covers)],
            ]
            for each in page.suppressions
        ],
        sorted(
            (
                shape.tag,
                sorted(shape.classes),
                sorted(shape.attributes),
                sorted(shape.ancestor_classes),
            )
            for shape in page.shapes
        ),
    ]


def _page(path: str, record: list[Any]) -> PageText:
    """Return the page of a record."""
    listed, cited, statements, suppressions, shapes = record
    citations = [
        Citation(key, passage, written, offset, _place(place), unsupported)
        for key, passage, written, offset, place, unsupported in listed
    ]
    return PageText(
        path,
        [
            Statement(text, kind, _ROLES[role], tuple([citations[at] for at in cites]), *rest)
            for text, kind, role, cites, *rest in statements
        ],
        [citations[at] for at in cited],
        [
            Suppression(
                written,
                tuple(rules),
                reason,
                Place(*place),
                frozenset(Place(*covered) for covered in covers),
            )
            for written, rules, reason, place, covers in suppressions
        ],
        frozenset(Shape(tag, *map(frozenset, names)) for tag, *names in shapes),
    )


_ROLES = {role.value: role for role in Role}


def _place(written: list[Any] | None) -> Place | None:
    return Place(*written) if written else None


def _written_place(place: Place | None) -> list[str | int] | None:
    return [place.file, place.line, place.column] if place else None
