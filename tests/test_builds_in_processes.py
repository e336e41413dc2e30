"""A build that renders pages in several processes writes the same site, and says the same."""

from __future__ import annotations

import re
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from .few_pages import SMALL_PAGE
from .test_kept_builds import built, rendered

if TYPE_CHECKING:
    from pathlib import Path

PAGES = 12
# A hook that notes where each page is rendered, and in a copy of the process does something else.
HOOK = """
import os
from pathlib import Path

from mkdocs.exceptions import Abort
from mkdocs.structure.pages import Page
from sourced_guide.adapters import pages_ahead

pages_ahead.FEWEST_PAGES = 2
pages_ahead.default_jobs = lambda: {jobs}
STARTED = os.getpid()
render = Page.render


def note(page, config, files):
    where = "here" if os.getpid() == STARTED else "in a copy"
    with Path("rendered.txt").open("a") as told:
        print(page.file.src_uri, where, file=told)
    if where == "in a copy":
        {in_a_copy}
    render(page, config, files)


Page.render = note
"""
# A plugin that is asked for each page.
OTHER = """

def on_page_markdown(markdown, page, **event):
    note_event = Path("events.txt").open("a")
    print(page.file.src_uri, os.getpid() == STARTED, file=note_event)
    note_event.close()
"""


@pytest.fixture(scope="module")
def project(small_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of pages that have what is found, logged and never kept."""
    folder = tmp_path_factory.mktemp("processes") / "project"
    shutil.copytree(small_project, folder)
    settings = folder / "mkdocs.yml"
    settings.write_text(f"{settings.read_text('utf-8')}\nhooks: [note.py]\n", "utf-8")
    for number in range(PAGES):
        source = "legs" if number % 3 else "spine"
        page = SMALL_PAGE.format(title=f"About {source}", source=source)
        (folder / f"docs/part-{number:02}.md").write_text(page, "utf-8")
    for name, added in {
        "part-01": "See [a page](missing.md).\n{ .editorial }\n",
        "part-09": "See [no place](legs.md#missing).\n{ .editorial }\n",
        "part-10": "See [another page](missing.md).\n{ .editorial }\n",
    }.items():
        with (folder / f"docs/{name}.md").open("a", encoding="utf-8") as file:
            file.write(f"\n{added}")
    untitled = folder / "docs/part-11.md"
    untitled.write_text(re.sub(r"title: .*\n", "", untitled.read_text("utf-8")), "utf-8")
    return folder


def built_by(
    project: Path, jobs: int, hook: str = HOOK, in_a_copy: str = "pass"
) -> tuple[tuple[dict[str, bytes], str], int]:
    """Build a project anew; return its site with what was said, and how many pages copies made.

    None of them, and no page that is not kept, is rendered once more.
    """
    shutil.rmtree(project / ".cache", ignore_errors=True)
    (project / "rendered.txt").unlink(missing_ok=True)
    (project / "note.py").write_text(hook.format(jobs=jobs, in_a_copy=in_a_copy), "utf-8")
    made = built(project)
    lines = (project / "rendered.txt").read_text("utf-8").splitlines()
    where = {line.partition(" ")[::2] for line in lines}
    copied = {page for page, place in where if place == "in a copy"}
    kept_by_copies = copied - {page for page, place in where if place == "here"}
    assert len(lines) == len(where) == PAGES + 2 + len(copied - kept_by_copies)
    return made, len(kept_by_copies)


@pytest.mark.parametrize(
    "in_a_copy",
    ["pass", "os._exit(1)", "raise Abort('ended by a plugin')", "raise ValueError('wrong')"],
)
def test_several_processes_build_what_one_does(project: Path, in_a_copy: str) -> None:
    expected, none = built_by(project, 1)
    assert none == 0
    assert {*re.findall(r"missing\.md|#missing", expected[1])} == {"missing.md", "#missing"}
    pages = {path.name for path in rendered(project)}

    made, by_copies = built_by(project, 3, in_a_copy=in_a_copy)
    assert made == expected
    assert {path.name for path in rendered(project)} == pages
    can_copy = sys.platform == "linux" and in_a_copy == "pass"
    assert bool(by_copies) == can_copy


def test_each_page_comes_to_another_plugin_once(project: Path) -> None:
    events = project / "events.txt"
    expected, _ = built_by(project, 1)
    made, by_copies = built_by(project, 3, f"{HOOK}{OTHER}")
    assert (made, by_copies) == (expected, 0)
    told = events.read_text("utf-8").splitlines()
    assert len(told) == PAGES + 2
    assert {line.rpartition(" ")[2] for line in told} == {"True"}
