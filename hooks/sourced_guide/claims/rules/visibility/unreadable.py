"""SRC009: nothing that a reader sees is hidden from the checker."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.model.place import Place
from sourced_guide.claims.model.statement import (
    DIALS_OTHER_NUMBER,
    HIDDEN_IN_ALL_MEDIA,
    TELEPHONE_IN_RAW_HTML,
    Role,
)
from sourced_guide.claims.project.store.store import digest_of
from sourced_guide.claims.rules.messages import shortened
from sourced_guide.claims.rules.visibility.front_matter_text import front_matter_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.rules.visibility.unchecked_text import UncheckedText

_LONGEST_QUOTE = 60
_IN_PAGE = "write it as Markdown, or mark it { .editorial } if it is about the guide"
_ADVICE_BY_KIND = {
    HIDDEN_IN_ALL_MEDIA: "nobody would see it: remove one of the two marks",
    TELEPHONE_IN_RAW_HTML: "write it as Markdown: [999](tel:999)",
    DIALS_OTHER_NUMBER: (
        "give both the same digits: [999](tel:999), [1-800-227-2345](tel:+18002272345)"
    ),
}
_OUTSIDE_PAGES = (
    "say it on a page, with its source; word a title or setting as a topic; if a file of code "
    "prints only text about the guide, put this at its top: editorial: reason"
)

_REMOVE = "remove it: readers must see and hear exactly what is checked"


def unreadable_text(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """Text that readers see is not checked, or checked text is not shown as written.

    Why:  The checker cannot read text in raw HTML, a diagram, a style sheet or a file beside the
          pages. If a word is hidden or crossed out, readers miss it, and the rest of the sentence
          may say the opposite.
    Bad:  <div>The pain is often worse at night.</div>
          The pain is *not*{ hidden } worse at night. [@jama-2020#night-pain]
    Good: The pain is often worse at night. [@jama-2020#night-pain]
    Fix:  Write it as Markdown, with its source, and remove markup that hides text. If it is about
          the guide itself, mark it `{ .editorial }`; in a template, script or style sheet, put
          `editorial: reason` in a comment at the top. A telephone link must call the number that it
          shows. HTML elements are accepted only if they show their text as written, without
          `style`, `hidden`, `aria-hidden` and the like. Style sheets may hide `.web-only` blocks in
          print, `.paper-only` blocks on screens (no block can be both), and citation numbers if the
          reader switches them off (`html[data-cs-citations]`).
    Suppress: If the finding is wrong, put a comment with your reason on a line of its own, right
          before the block; in a style sheet, write `/* allow SRC009: reason */` right before the
          rule. `guide report` lists it. Findings in front matter, mkdocs.yml, templates, scripts
          and other files cannot be suppressed.
    """
    for file, page in guide.pages:
        shown = guide.project.shown(guide.project.docs / file.path)
        for problem in file.problems:
            yield Place(shown, problem.line, problem.column), problem.message, problem.help
        for statement in page.statements:
            if statement.role is Role.UNREADABLE:
                words = shortened(statement.text, _LONGEST_QUOTE)
                quote = f": '{words}'" if words else ""
                fault = (
                    ""
                    if statement.kind in _ADVICE_BY_KIND
                    else " holds text that cannot be checked"
                )
                yield (
                    statement.place,
                    f"{statement.kind}{fault}{quote}",
                    _ADVICE_BY_KIND.get(statement.kind, _IN_PAGE),
                )
            elif statement.role is Role.HIDDEN:
                words = shortened(statement.text, _LONGEST_QUOTE)
                message = f"{statement.kind} may hide or change this text: '{words}'"
                yield statement.place, message, _REMOVE
    yield from _beside_pages(guide)
    for unchecked in front_matter_texts(guide):
        yield _unchecked(unchecked)


def _beside_pages(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """Yield the faults of files beside the pages.

    They depend on these files, on what pages embed and on what selectors match on pages.
    """
    key = ""
    if files := guide.project.code_digest:
        drawings = sorted(map(guide.project.shown, guide.drawings))
        shapes = {shape for _, page in guide.pages for shape in page.shapes}
        matched = sorted((shape.tag, *map(sorted, shape[1:])) for shape in shapes)
        key = digest_of(files, repr(drawings), repr(matched))
    kept = guide.project.store.shelf("SRC009").get(key, partial(_written_faults, guide))
    for place, message, help_ in kept:
        yield Place(*place), message, help_


def _written_faults(guide: Guide) -> list[Any]:
    # Files beside the pages change seldom.
    from sourced_guide.claims.rules.visibility.non_page_text import unchecked_texts  # noqa: PLC0415
    from sourced_guide.claims.rules.visibility.published_files import (  # noqa: PLC0415
        published_texts,
    )
    from sourced_guide.claims.rules.visibility.style_sheets import (  # noqa: PLC0415
        style_sheet_faults,
    )

    unchecked = map(_unchecked, chain(unchecked_texts(guide), published_texts(guide)))
    faults = chain(style_sheet_faults(guide), unchecked)
    return [[place, message, help_] for place, message, help_ in faults]


def _unchecked(text: UncheckedText) -> tuple[Place, str, str]:
    quote = f": '{shortened(text.text, _LONGEST_QUOTE)}'" if text.text else ""
    return text.place, f"{text.within} holds text that cannot be checked{quote}", _OUTSIDE_PAGES
