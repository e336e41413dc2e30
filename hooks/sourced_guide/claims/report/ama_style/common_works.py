"""References of journal articles and web pages in AMA style, written out.

Nine in ten sources are one of these. citeproc works through its style for each of them, which takes
a millisecond, thirty times as long. What is not plain here is left to it: a work of another type or
with a field that is not listed, a name with particles, a value that begins or ends with punctuation
that the style could double. The tests compare both.
"""

from __future__ import annotations

import re
from functools import reduce
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.language.months import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TYPES = ("article-journal", "webpage")
_TEXTS = ("title", "container-title", "volume", "issue", "page", "DOI", "URL")
_DATES = ("issued", "accessed")
# The style has no place for these in a work of these types.
_NOT_SHOWN = ("publisher", "publisher-place", "note", "PMID", "PMCID", "ISBN", "ISSN")
_FIELDS = frozenset(("type", "author", *_TEXTS, *_DATES, *_NOT_SHOWN))
# It may end with a stop, or with brackets and quotation marks.
_PLAIN = re.compile(r"[^\s.,;:!?](?:.*[^\s,;:!])?", re.DOTALL)
_PAGE = re.compile(r"[A-Za-z]?\d+(?:[-–][A-Za-z]?\d+)?")
_NAMES = ({"family", "given"}, {"family"}, {"literal"})
# Of more names than six, the first three are shown.
_MOST_NAMES, _NAMES_OF_MORE = 6, 3
# What does not stand twice in a row where two parts of a reference meet.
_STOPS = ".,;:!?"


def entry_of(item: Mapping[str, Any]) -> str | None:
    """Return the entry of a work as `by_citeproc` does, or None where it may be another one."""
    if item.get("type") not in _TYPES or not _FIELDS.issuperset(item):
        return None
    texts = {name: item[name] for name in _TEXTS if name in item}
    names = item.get("author")
    dates = {name: _date(item[name]) for name in _DATES if name in item}
    if not (
        "title" in texts
        and all(map(_PLAIN.fullmatch, texts.values()))
        and _PAGE.fullmatch(texts.get("page", "1"))
        and (names is None or (names and all(map(_is_plain, names))))
        and all(dates.values())
    ):
        return None
    # citeproc repeats the title where it stands first for want of an author.
    author = _authors(names) if names else texts["title"]
    if item["type"] == "webpage":
        where = [texts.get("container-title"), dates.get("issued")]
    else:
        where = list(_in_journal(texts, dates.get("issued"), item))
    work = _joined([author, texts["title"], *where], ". ")
    return f"1.{_joined([_joined([work, '.'], ''), _access(texts, dates)], '. ')}"


def _in_journal(
    texts: Mapping[str, str], issued: str | None, item: Mapping[str, Any]
) -> Iterable[str]:
    """Yield the journal, and the year, volume, issue and pages: `2005;366(9486):643-648`."""
    if "container-title" in texts:
        yield f"<i>{texts['container-title'].replace('.', '')}</i>"
    if "volume" in texts or "issue" in texts:
        issue = f"({texts['issue']})" if "issue" in texts else ""
        year = str(item["issued"]["date-parts"][0][0]) if issued else None
        when = _joined([year, _joined([texts.get("volume"), issue], "")], ";")
    else:
        when = f"Published online {issued}" if issued else ""
    yield _joined([when, texts.get("page", "").replace("–", "-")], ":")


def _access(texts: Mapping[str, str], dates: Mapping[str, str]) -> str:
    if "DOI" in texts:
        return f"doi:{texts['DOI']}"
    accessed = f"Accessed {dates['accessed']}" if "accessed" in dates and "URL" in texts else ""
    return _joined([accessed, texts.get("URL")], ". ")


def _date(value: Mapping[str, Any]) -> str:
    """Return a day, month or year in words, or nothing if it is another kind of date."""
    [[year, *rest]] = value["date-parts"]
    if not (1000 <= year <= 9999 and 1 <= (rest or [1])[0] <= 12):
        return ""
    if not rest:
        return str(year)
    return f"{MONTHS[rest[0] - 1]} {''.join(f'{day}, ' for day in rest[1:])}{year}"


def _is_plain(name: Mapping[str, str]) -> bool:
    parts = name.get("given", "").replace("-", " ").replace(".", " ").split()
    return (
        name.keys() in _NAMES
        and all(part[0].isupper() for part in parts)
        and all(_PLAIN.fullmatch(value) for value in name.values())
    )


def _authors(names: list[Mapping[str, str]]) -> str:
    shown = names[:_NAMES_OF_MORE] if len(names) > _MOST_NAMES else names
    others = ["et al."] if len(shown) < len(names) else []
    return _joined([*map(_author, shown), *others], ", ")


def _author(name: Mapping[str, str]) -> str:
    """Return the family name and the initials: `Patchell RA`."""
    given = name.get("given", "").replace("-", " ").replace(".", " ")
    initials = "".join(part[0] for part in given.split())
    return f"{name.get('literal') or name['family']} {initials}".rstrip()


def _joined(parts: Iterable[str | None], delimiter: str) -> str:
    """Join the parts that there are, no stop or space being doubled."""
    shown = [part for part in parts if part]
    return reduce(lambda one, other: _met(_met(one, delimiter), other), shown) if shown else ""


def _met(one: str, other: str) -> str:
    is_double = one[-1:] == other[:1] and one[-1:] in f" {_STOPS}"
    return one + (other[1:] if is_double else other)
