"""The files that editors' tools read: VS Code's tasks and settings, the pre-commit hook."""

from __future__ import annotations

import json
import re
import shutil
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema_rs
import yaml

from .commands import claims
from .conftest import FIXTURES, ROOT
from .outcomes import KNOWN, WARNING, finding, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

# The editor


def _problems(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Return severity and place of the problems that VS Code reads from the task's output.

    It holds the last few lines in a buffer, tries the longest patterns first, and empties the
    buffer after a match (vscode, tasks/common/problemCollectors.ts, `tryFindMarker`).
    """
    (task,) = json.loads((ROOT / ".vscode/tasks.json").read_text())["tasks"]
    matchers = sorted(task["problemMatcher"], key=lambda each: -len(each["pattern"]))
    longest = len(matchers[0]["pattern"])
    buffer: list[str] = []
    problems = []
    for line in lines:
        buffer = [*buffer, line][-longest:]
        for matcher in matchers:
            last = buffer[-len(matcher["pattern"]) :]
            if len(last) < len(matcher["pattern"]):
                continue
            found = [
                re.search(each["regexp"], part)
                for each, part in zip(matcher["pattern"], last, strict=True)
            ]
            if all(found):
                head, first = matcher["pattern"][0], found[0]
                assert first
                place = ":".join(first[head[name]] for name in ("file", "line", "column", "code"))
                assert found[-1]
                assert found[-1][matcher["pattern"][-1]["message"]].startswith("help: ")
                problems.append((matcher["severity"], place))
                buffer = []
                break
    return problems


def test_the_editor_reads_every_finding(faulty_project: Path) -> None:
    (faulty_project / "docs/über uns.md").write_text("A note: docs/x.md:9:9: SRC009 is no place.\n")
    lines = claims("check", "--select", "SRC001,SRC003", cwd=faulty_project).stdout.splitlines()
    assert _problems(lines) == [
        ("error", "docs/page.md:1:45:SRC003"),
        ("error", "docs/page.md:3:1:SRC001"),
        ("error", "docs/über uns.md:1:1:SRC001"),
    ]


def test_the_editor_tells_errors_warnings_and_known_findings_apart() -> None:
    lines = shown("text", finding(), KNOWN, WARNING, WARNING, finding(line=3)).splitlines()
    assert [severity for severity, _ in _problems(lines)] == [
        "error", "info", "warning", "warning", "error",
    ]  # fmt: skip


def test_every_finding_has_a_help_line_for_the_editor_to_read(faulty_project: Path) -> None:
    shutil.copytree(
        FIXTURES / "LIB001/fail", faulty_project / "docs/references", dirs_exist_ok=True
    )
    data = json.loads(claims("check", "--format", "json", cwd=faulty_project).stdout)
    assert data["count"] > 10
    assert all(each["help"] for each in data["findings"])


def test_the_editor_knows_the_fields_of_a_source_file() -> None:
    text = (ROOT / ".vscode/settings.json").read_text()
    settings = json.loads(re.sub(r"^ *//.*$", "", text, flags=re.MULTILINE))
    for schema, pattern in settings["yaml.schemas"].items():
        assert jsonschema_rs.meta.is_valid(json.loads((ROOT / schema).read_text()))
        # A ward's own names and numbers are on its machine only.
        assert pattern == "ward.yml" or list(ROOT.glob(pattern))


# The hook


def test_the_hook_runs_the_command_on_what_it_checks() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert hook["id"] == "claims-check"
    assert shutil.which(hook["entry"].split()[0], path=str(Path(sys.executable).parent))
    for path in (*ROOT.glob("docs/**/*.md"), *ROOT.glob("docs/references/*"), ROOT / "mkdocs.yml"):
        assert re.search(hook["files"], path.relative_to(ROOT).as_posix())
    assert not re.search(hook["files"], "hooks/sourced_guide/cli/main.py")


def test_what_the_hook_installs_has_its_data_files() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    packages = {path.parent for path in ROOT.glob("hooks/sourced_guide/**/__init__.py")}
    packed: set[Path] = set()
    for name, patterns in settings["package-data"].items():
        homes = packages if name == "*" else {ROOT / "hooks" / name.replace(".", "/")}
        packed.update(file for home in homes for pattern in patterns for file in home.glob(pattern))
    data = {
        file
        for suffix in ("json", "yml")
        for file in ROOT.glob(f"hooks/sourced_guide/**/*.{suffix}")
    }
    assert sorted(data - packed) == []
