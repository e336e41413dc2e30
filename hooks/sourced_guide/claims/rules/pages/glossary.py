"""GLO001 to GLO003: every term has one entry, is used, and is explained at its first use."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from sourced_guide.claims.model.place import Place
from sourced_guide.claims.model.statement import ASIDES, PageText, Role
from sourced_guide.claims.project.glossary import PAGE, FormFinder, Term, forms_of, term_finder
from sourced_guide.claims.project.store.store import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourced_guide.claims.project.guide import Guide


class _Name(NamedTuple):
    """A name in the glossary, and the term that it belongs to."""

    text: str
    line: int
    term: Term


def duplicate(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A term or another name of one is defined twice.

    Why:  Readers who look up the word, or tap it on a page, would get one of two answers.
    Bad:  Rim
          :   The outer ring of a wheel. [@wheels-2020#rim]

          Wheel rim
          Rim
          :   What the brake presses on. [@wheels-2020#rim]
    Good: Wheel rim
          Rim
          :   The outer ring of a wheel, which the brake presses on. [@wheels-2020#rim]
    Fix:  Keep one entry, with all its other names on lines above the definition. Regular plurals
          count as the same word and need no line.
    """
    written: dict[str, _Name] = {}
    plurals: dict[str, _Name] = {}
    ids: dict[str, Term] = {}
    for term in guide.terms:
        for name, (line, column) in zip(term.names, term.places, strict=True):
            place = Place(guide.project.shown(guide.project.docs / PAGE), line, column)
            form, plural = forms_of(name)
            first = written.get(form) or _of_other_term(plurals.get(form), term)
            first = first or _of_other_term(written.get(plural), term)
            if first:
                yield (
                    place,
                    f"'{name}' is defined a second time, after '{first.text}' in line {first.line}",
                    "keep one entry, with its other names on lines of their own above the meaning",
                )
            elif name == term.name and term.id in ids:
                yield (
                    place,
                    f"'{name}' gets the same address on the page as '{ids[term.id].name}'",
                    "keep one entry, or reword one of the two names",
                )
            written.setdefault(form, _Name(name, line, term))
            plurals.setdefault(plural, _Name(name, line, term))
        ids.setdefault(term.id, term)


def unused(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A term of the glossary is used on no other page, in none of its forms.

    Why:  Unused entries make the glossary longer and have to be maintained.
    Bad:  an entry "Kyphoplasty", and no page says kyphoplasty
    Good: a page uses the word, or the entry is removed
    Fix:  Remove the entry, or use the word on the page where readers need it. Headings and
          text about the guide count as use; the glossary itself does not.
    """
    used: set[str] = set()
    kept = guide.project.store.shelf("GLO002", guide.terms_digest)
    for _, page in guide.pages if guide.terms else ():
        if page.path != PAGE:
            used.update(kept.get(page.digest, partial(_terms_on, page, guide)))
    for term in {term.id: term for term in guide.terms if term.id not in used}.values():
        yield (
            Place(guide.project.shown(guide.project.docs / PAGE), *term.places[0]),
            f"no page uses the term '{term.name}'",
            "remove the entry, or use the word where readers need it",
        )


def unexplained(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A medical word is used on a page with no plain words beside its first use.

    Why:  Readers who do not know a word stop reading, and tooltips are lost in print.
    Bad:  Pressure on the dura can hurt. [@jama-2020#covers-and-bones]
    Good: Pressure on the tough cover of the nerves (the dura) can hurt. [@jama-2020#...]
    Fix:  Put the plain word first and the medical word in brackets after it, or explain it in the
          same sentence. The words are listed as `hard_words` in mkdocs.yml; regular plurals, and
          names of one glossary entry, count as the same word. The first use is the first claim with
          the word. Headings, text about the guide, alternative texts, the glossary and editorial
          pages need no explanation, but a heading or a text about the guide above the first use can
          provide it, with one of the two words in brackets.
    """
    finder = _MedicalFinder(guide)
    basis = f"{guide.terms_digest} {digest_of(*guide.project.options.hard_words)}"
    kept = guide.project.store.shelf("GLO003", basis)
    for file, page in guide.pages:
        if not file.is_editorial and file.path != PAGE:
            for at, message, help_ in kept.get(page.digest, partial(finder.unexplained_on, page)):
                yield page.statements[at].place, message, help_


def _of_other_term(found: _Name | None, term: Term) -> _Name | None:
    return found if found and found.term is not term else None


def _terms_on(page: PageText, guide: Guide) -> list[str]:
    """Return the ids of the terms that a page uses."""
    finder = term_finder(tuple(guide.terms))
    found = (term.id for each in page.statements for _, _, term in finder.find(each.text))
    return list(dict.fromkeys(found))


class _MedicalFinder:
    """Finds the listed words where a page does not explain them."""

    def __init__(self, guide: Guide) -> None:
        self._guide = guide

    def unexplained_on(self, page: PageText) -> list[tuple[int, str, str]]:
        """Return the numbers of the statements that do not explain a word, and what to do."""
        if not self._guide.project.options.hard_words:
            return []
        return list(_unexplained_on(page, self._finder))

    @cached_property
    def _finder(self) -> FormFinder[str]:
        """A finder that maps the forms of a listed word to one."""
        of_glossary = {form: term.id for term in self._guide.terms for form in term.forms()}
        by_form: dict[str, str] = {}
        for word in self._guide.project.options.hard_words:
            single = forms_of(word)[0]
            for form in forms_of(word):
                by_form.setdefault(form, of_glossary.get(single, single))
        return FormFinder(by_form)


def _unexplained_on(page: PageText, finder: FormFinder[str]) -> Iterator[tuple[int, str, str]]:
    # Most checks have no new page.
    from sourced_guide.claims.language.gloss import (  # noqa: PLC0415
        label_explains,
        sentence_explains,
    )

    seen: set[str] = set()
    for at, statement in enumerate(page.statements):
        if statement.kind in ASIDES:
            continue
        for start, end, word in finder.find(statement.text):
            if word in seen:
                continue
            if statement.role is not Role.CLAIM:
                if label_explains(statement.text, start, end):
                    seen.add(word)
                continue
            seen.add(word)
            if not sentence_explains(statement.text, start, end):
                written = statement.text[start:end]
                yield (
                    at,
                    f"'{written}' has no plain words beside its first use on the page",
                    f"put the plain words first and the medical word after them: ... ({written})",
                )
