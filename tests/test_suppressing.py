"""The page of a rule promises a suppression where one works, and nowhere else."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.rules import RULES, check

from .conftest import FIXTURES, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sourced_guide.claims.model.place import Place
    from sourced_guide.claims.project.project import Project
    from sourced_guide.claims.rules.rule import Rule

NEVER, SOMETIMES = "Cannot be suppressed; fix the file.", "cannot be suppressed"
# Of how many fixtures the first finding is tried, and before how many blocks, the nearest first.
FIXTURES_OF_A_RULE, TRIES = 3, 2


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_says_what_can_be_suppressed(
    rule: Rule, make_project: Callable[[Path], Project]
) -> None:
    page = (ROOT / f"docs/editors/rules/{rule.code}.md").read_text("utf-8")
    section = page.partition("\n## Suppressing this rule\n")[2]
    tried: list[bool] = []
    for fixture in sorted((FIXTURES / rule.code / "fail").iterdir()):
        project = make_project(fixture)
        place = check(read_guide(project), [rule])[0].place
        tried.append(_is_suppressed(rule, project, place))
        shutil.rmtree(project.docs)
        if len(tried) >= FIXTURES_OF_A_RULE and (SOMETIMES not in section or len(set(tried)) == 2):
            break
    assert tried
    if NEVER in section:
        assert not any(tried)
    elif SOMETIMES in section:
        assert any(tried)
        assert not all(tried)
    else:
        assert all(tried)
    assert (f"<!-- allow {rule.code}: reason -->" in section) == (NEVER not in section)


def _is_suppressed(rule: Rule, project: Project, place: Place) -> bool:
    """Say whether a comment before some block of the page leaves one finding fewer."""
    path = project.docs / place.file
    if path.suffix != ".md" or not path.is_file():
        return False
    text = path.read_text("utf-8")
    before = len(check(read_guide(project), [rule]))
    try:
        for changed in _with_comment(text, f"<!-- allow {rule.code}: reason -->", place.line):
            path.write_text(changed, "utf-8")
            if len(check(read_guide(project), [rule])) < before:
                return True
    finally:
        path.write_text(text, "utf-8")
    return False


def _with_comment(text: str, comment: str, line: int) -> Iterator[str]:
    lines = text.split("\n")
    body = lines.index("---", 1) + 1 if lines[0] == "---" else 0
    blocks = [
        number
        for number in range(body, len(lines))
        if lines[number].strip() and (number == body or not lines[number - 1].strip())
    ]
    nearest = sorted(blocks, key=lambda number: (number >= line, abs(number + 1 - line)))
    for number in nearest[:TRIES]:
        yield "\n".join([*lines[:number], "", comment, "", *lines[number:]])
