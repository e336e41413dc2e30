"""SRC009: nothing that a reader sees is hidden from the checker."""

from __future__ import annotations

from collections.abc import Iterator

from guide.claims.findings import Place
from guide.claims.rules.quoting import shortened
from guide.claims.site import Site
from guide.claims.statements import CALLS_ANOTHER, CALLS_IN_HTML, SHOWN_NOWHERE, Role
from guide.claims.surroundings import hidden_texts

_LONGEST_QUOTE = 60
_IN_A_PAGE = "write it as Markdown, or mark it { .editorial } where it is about the guide"
_FOR_SOME = {
    SHOWN_NOWHERE: "nobody would see it: take one of the two marks away",
    CALLS_IN_HTML: "write it as Markdown: [999](tel:999)",
    CALLS_ANOTHER: "give both the same digits: [999](tel:999), [1-800-227-2345](tel:+18002272345)",
}
_BESIDE_PAGES = (
    "say it on a page, with its source; a title or setting is worded as a topic, and a file of "
    "code that prints only text about the guide says so at its top: editorial: reason"
)


def unreadable_text(site: Site) -> Iterator[tuple[Place, str, str]]:
    """Text that a reader sees stands where no citation can be read.

    Why:  Text in raw HTML, in a diagram or in a drawing is read by people and checked by nobody.
    Bad:  <div>The pain is often worse at night.</div>
    Good: The pain is often worse at night. [@jama-2020#night-pain]
    Fix:  Write it as Markdown, with its source. If it is about the guide itself, mark it
          `{ .editorial }`. A telephone link calls the number that it shows, and a block is
          `.web-only` or `.paper-only`, not both.
    """
    for file, page in site.pages():
        shown = site.shown(site.docs / file.path)
        for problem in file.problems:
            yield Place(shown, problem.line, problem.column), problem.message, problem.help
        for statement in page.statements:
            if statement.role is Role.UNREADABLE:
                words = shortened(statement.text, _LONGEST_QUOTE)
                quote = f": '{words}'" if words else ""
                fault = "" if statement.kind in _FOR_SOME else " holds text that cannot be checked"
                yield (
                    statement.place,
                    f"{statement.kind}{fault}{quote}",
                    _FOR_SOME.get(statement.kind, _IN_A_PAGE),
                )
    for hidden in hidden_texts(site):
        quote = f": '{shortened(hidden.text, _LONGEST_QUOTE)}'" if hidden.text else ""
        yield (
            hidden.place,
            f"{hidden.within} holds text that cannot be checked{quote}",
            _BESIDE_PAGES,
        )
