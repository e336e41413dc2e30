"""The checker's options: the settings of `guide.claims` in mkdocs.yml.

markdown_extensions:
  - guide.claims:
      reading_budget: {page: 6.5, whole: 5.0}
      severity: {SRC007: warning}
      ignore: [GLO002]
      redirects: {old.md: new.md}
      packs:
        going-home: {title: Going home, for: For people at home, pages: [recovery.md#going-home]}

`options.schema.json` describes the options and their defaults.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.language.word_lists.lists import DEFAULT as DEFAULT_LISTS
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.model.finding import Severity
from sourced_guide.claims.model.place import Place
from sourced_guide.claims.model.suggest import did_you_mean
from sourced_guide.claims.project.io.located_yaml import MarkedYaml
from sourced_guide.claims.project.io.option_places import OptionPlaces
from sourced_guide.claims.project.io.schema import Schema
from sourced_guide.claims.project.store.store import Store, digest_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

# The extension's name in mkdocs.yml.
NAME = "guide.claims"
SCHEMA = Schema("options.schema.json", NAME)
# The default and description of every option; the Markdown extension declares the same.
OPTIONS: Mapping[str, tuple[Any, str]] = {
    name: (option["default"], option["title"])
    for name, option in SCHEMA.properties.items()
    if "default" in option
}
# The values of `gate`: findings stop the build, or are only reported. Until a project has named a
# baseline, the first build that reports writes this one.
STOP, REPORT = "stop", "report"
REPORTED = "guide-baseline.json"
# A page and the start page of a folder of its name have one address.
_INDEX = re.compile(r"(?:^|/)(?:index|README)$")
# What `guide verify --record` writes, beside mkdocs.yml.
LOOKUPS = "lookups.yml"


@dataclass(frozen=True)
class RuleSetting:
    """What a project sets for a rule: its severity, or None to ignore it."""

    rule: str
    severity: Severity | None
    place: Place


@dataclass(frozen=True)
class Redirect:
    """The former path of a page, and that of the page which its address leads to."""

    old: str
    new: str
    place: Place


@dataclass(frozen=True)
class Pack:
    """Pages, or parts of pages (`page.md#part`), that are printed together.

    `key` names its files, and `purpose` says whom it is for.
    """

    key: str
    title: str
    purpose: str
    pages: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Options:
    """Validated options. A budget is a Flesch-Kincaid grade (US school years)."""

    reading_budget: Mapping[str, float] = field(default_factory=dict)
    word_lists: tuple[str, ...] = DEFAULT_LISTS
    hard_words: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    baseline: str = ""
    gate: str = STOP
    confirmations: str = "confirmations.yml"
    rule_settings: tuple[RuleSetting, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    packs: tuple[Pack, ...] = ()

    @property
    def only_reports(self) -> bool:
        """Whether a build goes on with findings, as in a site that adopts the check."""
        return self.gate == REPORT

    @property
    def ignored(self) -> list[str]:
        """The codes of the rules that the project ignores."""
        return sorted({setting.rule for setting in self.rule_settings if not setting.severity})

    @property
    def files(self) -> tuple[str, ...]:
        """The checker's own files, relative to the project's folder."""
        return tuple(filter(None, (*self.sources, self.baseline, self.confirmations, LOOKUPS)))


def written_word_lists(written: Mapping[str, Any]) -> list[str]:
    """Return the names of the word lists in options that are not checked yet."""
    names = written.get("word_lists")
    if isinstance(names, list) and all(isinstance(name, str) for name in names):
        return names
    return list(DEFAULT_LISTS)


def read_options(
    written: Mapping[str, Any], at: OptionPlaces | None = None, store: Store | None = None
) -> Options:
    """Return a project's options, checked; `at` is where they are written.

    Options that are known to be usable from an earlier run need not be checked again.
    Raises UnusableProjectError where an option has a value that cannot be used.
    """
    at = at or OptionPlaces()
    options = {name: _plain(value) for name, value in written.items() if value is not None}
    gate = options.get("gate", STOP)
    marked = MarkedYaml(options, dict(at.places))
    shelf = (store or Store()).shelf("options")
    shelf.get(digest_of(json.dumps(options)), partial(_require_valid, marked, at.file))
    return Options(
        reading_budget={name: float(it) for name, it in options.get("reading_budget", {}).items()},
        word_lists=tuple(options.get("word_lists", DEFAULT_LISTS)),
        hard_words=(*options.get("hard_words", ()), *options.get("medical_terms", ())),
        sources=tuple(options.get("sources", ())),
        baseline=options.get("baseline") or (REPORTED if gate == REPORT else ""),
        gate=gate,
        confirmations=options.get("confirmations") or Options.confirmations,
        rule_settings=tuple(_rule_settings(options, marked, at.file)),
        redirects=tuple(
            Redirect(old, new, Place(at.file, *marked.place(("redirects", old))))
            for old, new in options.get("redirects", {}).items()
        ),
        packs=tuple(
            _pack(key, pack, marked, at.file) for key, pack in options.get("packs", {}).items()
        ),
    )


def _require_valid(marked: MarkedYaml, file: str) -> bool:
    for problem in SCHEMA.problems(marked, file):
        raise unusable_option(problem.place, problem.message, problem.help)
    return True


def require_usable_redirects(options: Options, pages: Collection[str]) -> None:
    """Raise UnusableProjectError where the address of a former page leads to none of `pages`."""
    by_address = {_address(page): page for page in pages}
    for redirect in options.redirects:
        old, new, place = redirect.old, redirect.new, redirect.place
        if not _could_be_page(old):
            message = f"'{old}' cannot have been a page"
            raise unusable_option(place, message, "write its former path in docs, such as old.md")
        if page := by_address.get(_address(old)):
            message = f"the address of '{old}' is that of the page '{page}'"
            raise unusable_option(place, message, "remove this line, or the page")
        if new not in pages:
            message = f"'{old}' would lead to '{new}', which is not a page"
            guess = did_you_mean(new, pages) or "write the path of a page in docs"
            raise unusable_option(place, message, guess)


def require_usable_packs(options: Options, pages: Collection[str]) -> None:
    """Raise UnusableProjectError where a pack names none of `pages`."""
    for pack in options.packs:
        for written, place in zip(pack.pages, pack.places, strict=True):
            path = written.partition("#")[0]
            if path not in pages:
                message = f"the pack '{pack.key}' names '{path}', which is not a page"
                guess = did_you_mean(path, pages) or "write the path of a page in docs"
                raise unusable_option(place, message, guess)


def unusable_option(place: Place, message: str, help_: str) -> UnusableProjectError:
    """Return the error that says which option is wrong, why, and what to do."""
    return UnusableProjectError(f"{place.file}:{place.line}:{place.column}: {message}; {help_}")


def _rule_settings(
    options: Mapping[str, Any], marked: MarkedYaml, file: str
) -> Iterator[RuleSetting]:
    for rule, severity in options.get("severity", {}).items():
        place = Place(file, *marked.place(("severity", rule)))
        yield RuleSetting(rule, Severity(severity), place)
    for number, rule in enumerate(options.get("ignore", ())):
        yield RuleSetting(rule, None, Place(file, *marked.place(("ignore", number))))


def _pack(key: str, pack: Mapping[str, Any], marked: MarkedYaml, file: str) -> Pack:
    places = (marked.place(("packs", key, "pages", number)) for number in range(len(pack["pages"])))
    return Pack(
        key,
        pack["title"],
        pack["for"],
        tuple(pack["pages"]),
        tuple(Place(file, *place) for place in places),
    )


def _could_be_page(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return path.endswith(".md") and "/".join(parts) == path and ".." not in parts


def _address(path: str) -> str:
    return _INDEX.sub("", path.rpartition(".")[0])


def _plain(value: Any) -> Any:
    """Return a YAML value as a JSON value; other types become text."""
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, (str, int, float, bool)) or value is None else str(value)
