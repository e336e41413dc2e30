"""The rules for built sites, BLD001 and up, whose findings come from the steps of a build.

Their documentation is in `rules.yml`, for output formats and for the pages of the rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from sourced_guide.claims.model.finding import Finding, Severity
from sourced_guide.claims.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sourced_guide.build.built_site.site import BuiltSite

_SECTIONS = ("Why", "Bad", "Good", "Fix")


@dataclass(frozen=True)
class BuildRule:
    """A rule for built sites: its permanent code, its name and its meaning in a few words.

    `help` is what to do, in one line; `documentation` has the sections that a rule's docstring has.
    """

    code: str
    name: str
    says: str
    help: str
    documentation: str
    severity: Severity = Severity.ERROR
    required: bool = True
    suppressible: bool = False


@cache
def build_rules() -> Mapping[str, BuildRule]:
    """Return the rules by their codes, in order."""
    text = files("sourced_guide.build").joinpath("rules.yml").read_text("utf-8")
    return {code: _rule(code, entry) for code, entry in yaml.safe_load(text).items()}


def _rule(code: str, entry: Mapping[str, str]) -> BuildRule:
    sentence = f"{entry['says'][0].upper()}{entry['says'][1:]}."
    sections = [_section(name, entry[name.lower()]) for name in _SECTIONS]
    return BuildRule(
        code, entry["name"], entry["says"], entry["help"], "\n\n".join([sentence, *sections])
    )


def _section(name: str, text: str) -> str:
    lines = "\n".join(f"    {line}" for line in text.strip().splitlines())
    return f"{name}:\n{lines}"


def built_place(site: BuiltSite, name: str, line: int = 1) -> Place:
    """Return a place in a file of a site for findings."""
    return Place(site.path(name).as_posix(), line)


def build_finding(code: str, place: Place, message: str, help_: str = "") -> Finding:
    """Return a finding of a rule, with the rule's own help unless another is given."""
    rule = build_rules()[code]
    return Finding(place, code, rule.name, message, help_ or rule.help, rule.severity)
