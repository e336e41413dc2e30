"""Each fixture says in itself what is to be found in it, and nothing else may be.

`expect: CODE at [file:]line:column part of the help or message`, in any comment.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.rules import RULES, check

from .conftest import FIXTURES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sourced_guide.claims.model.finding import Finding
    from sourced_guide.claims.project.project import Project

_EXPECT = re.compile(
    r"expect: (?P<code>[A-Z]{3}\d{3}) at (?:(?P<file>[^\s:]+):)?(?P<at>\d+:\d+)"
    r"(?: (?!-->)(?P<says>.*?))?(?: -->)?$",
    re.MULTILINE,
)
# A fixture of another rule need not use every source, agree with its passages or be reviewed.
_ABOUT_A_WHOLE_GUIDE = {
    *("LIB002", "LIB003", "LIB008", "SRC005", "SRC006", "SRC007", "SRC012", "SRC013", "SRC014"),
    *("GLO002", "GLO003", "REV001", "TXT001"),
}
# A page or two need neither a glossary nor dates, and may be hard to read.
_OF_ALL_PAGES = {"GLO002", "GLO003", "REV001", "TXT001"}
_BANNED_NAMES = ("avoid-", "do-not-", "missing-source", "prefer-", "require-", "use-")

CASES = sorted(
    path
    for path in FIXTURES.glob("*/*/*")
    if path.parent.name in ("pass", "fail") and path.suffix != ".png"
)


FALSE_POSITIVES = sorted((FIXTURES / "false-positives").iterdir())


def _case_id(path: Path) -> str:
    return path.relative_to(FIXTURES).as_posix()


@pytest.mark.parametrize("fixture", CASES, ids=_case_id)
def test_a_fixture_has_the_findings_it_says(
    fixture: Path, make_project: Callable[[Path], Project]
) -> None:
    code, verdict = fixture.parts[-3], fixture.parts[-2]
    expected = sorted(_expected(fixture))
    ignored = _ABOUT_A_WHOLE_GUIDE - {code}
    found = [each for each in check(read_guide(make_project(fixture))) if each.rule not in ignored]

    assert sorted((each.rule, _at(each)) for each in found) == [line[:2] for line in expected]
    for _, at, says in expected:
        assert any(_at(each) == at and says in each.message + each.help for each in found)
    codes = {line[0] for line in expected}
    assert (code in codes) if verdict == "fail" else not codes


@pytest.mark.parametrize("fixture", FALSE_POSITIVES, ids=lambda path: path.name)
def test_what_is_right_has_no_finding(
    fixture: Path, make_project: Callable[[Path], Project]
) -> None:
    """Projects with what was once flagged wrongly, or easily could be."""
    found = check(read_guide(make_project(fixture)))
    assert [each.as_text() for each in found if each.rule not in _OF_ALL_PAGES] == []


def _expected(fixture: Path) -> list[tuple[str, str, str]]:
    files = [fixture] if fixture.is_file() else [p for p in fixture.rglob("*") if p.is_file()]
    home = f"references/{fixture.name}" if fixture.suffix in (".yml", ".yaml") else fixture.name
    return [
        (
            match["code"],
            f"{(match['file'] or home).removeprefix('includes/')}:{match['at']}",
            match["says"] or "",
        )
        for file in files
        for match in _EXPECT.finditer(file.read_text("utf-8", errors="replace"))
    ]


def _at(finding: Finding) -> str:
    place = finding.place
    file = place.file.removeprefix(f"{FIXTURES / 'includes'}/")
    return f"{file}:{place.line}:{place.column}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_fixtures_and_says_bad_and_good(rule: object) -> None:
    code, check_ = rule.code, rule.check  # type: ignore[attr-defined]
    assert list((FIXTURES / code / "pass").iterdir())
    assert list((FIXTURES / code / "fail").iterdir())
    assert "Bad:" in check_.__doc__
    assert "Good:" in check_.__doc__


def test_codes_and_names_are_in_order_and_state_the_fault() -> None:
    codes, names = [rule.code for rule in RULES], [rule.name for rule in RULES]
    order = ["SRC", "LIB", "EDT", "GLO", "REV", "TXT"]
    assert codes == sorted(codes, key=lambda code: (order.index(code[:3]), code))
    assert len(set(codes)) == len(set(names)) == len(RULES)
    assert not [name for name in names if name.startswith(_BANNED_NAMES)]
