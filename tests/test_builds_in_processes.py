"""A build that renders pages in several processes writes the same site, and says the same."""

from __future__ import annotations

import re
import shutil
import sys
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import ANY

import pytest

from .few_pages import SMALL_PAGE
from .test_kept_builds import built, rendered

if TYPE_CHECKING:
    from pathlib import Path

PAGES = 12
SETTINGS = """
hooks: [note.py]
extra_css: [styles.css]
extra_javascript: [script.js]
"""
# A hook that notes where each page, and then its template, is rendered, and that in a copy of the
# process does something else. The process itself waits for the first page of a copy.
HOOK = """
import os
import time
from pathlib import Path

from jinja2 import Template
from mkdocs.exceptions import Abort
from mkdocs.structure.pages import Page
from sourced_guide.adapters.ahead import pages, templates

pages.FEWEST_PAGES = templates.FEWEST_PAGES = 2
pages.default_jobs = templates.default_jobs = lambda: {jobs}
STARTED = os.getpid()
render, render_template = Page.render, Template.render


def note(told, page, before_copies):
    is_here = os.getpid() == STARTED
    with told.open("a") as file:
        print(page.file.src_uri, "here" if is_here else "in a copy", file=file)
    if not is_here:
        {in_a_copy}
    deadline = time.monotonic() + 20
    while {waits} and is_here and time.monotonic() < deadline:
        text = told.read_text()
        if "copy" in text or text.count("here") <= before_copies:
            break
        time.sleep(0.01)


def note_page(page, config, files):
    note(Path("pages.txt"), page, 3)
    render(page, config, files)


def note_template(template, context, **others):
    if context.get("page"):
        note(Path("templates.txt"), context["page"], 0)
    return render_template(template, context, **others)


Page.render, Template.render = note_page, note_template
"""
# A template in which MkDocs warns of something.
SAYING = """

def render_saying(template, context, **others):
    if context.get("page"):
        logging.getLogger("mkdocs.theme").warning("noticed in a template")
    return note_template(template, context, **others)


import logging
Template.render = render_saying
"""
# A hook that is asked for each page, and for its template.
OTHER = """

def on_page_markdown(markdown, page, **event):
    with Path("events.txt").open("a") as events:
        print(page.file.src_uri, os.getpid() == STARTED, file=events)


def on_post_page(output, page, **event):
    on_page_markdown("", page)
"""


@pytest.fixture(scope="module")
def project(small_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of pages that have what is found, logged and never kept."""
    folder = tmp_path_factory.mktemp("processes") / "project"
    shutil.copytree(small_project, folder)
    settings = folder / "mkdocs.yml"
    settings.write_text(f"{settings.read_text('utf-8')}{SETTINGS}", "utf-8")
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


class Build(NamedTuple):
    """A site, with what was said, and the pages that only copies rendered, or their templates."""

    made: tuple[dict[str, bytes], str]
    pages: set[str]
    templates: set[str]


def built_by(
    project: Path, jobs: int, hook: str = HOOK, in_a_copy: str = "pass", *, waits: bool = False
) -> Build:
    """Build a project anew."""
    shutil.rmtree(project / ".cache", ignore_errors=True)
    told = project / "pages.txt", project / "templates.txt"
    for file in told:
        file.unlink(missing_ok=True)
    waits = waits and sys.platform == "linux"
    hook = hook.format(jobs=jobs, in_a_copy=in_a_copy, waits=waits)
    (project / "note.py").write_text(hook, "utf-8")
    return Build(built(project), *map(only_by_copies, told))


def only_by_copies(told: Path) -> set[str]:
    """Return the pages that were only rendered by copies. No process renders one twice."""
    lines = told.read_text("utf-8").splitlines()
    assert len(set(lines)) == len(lines)
    where = [line.partition(" ")[::2] for line in lines]
    here = {page for page, place in where if place == "here"}
    everywhere = {page for page, _ in where}
    assert len(everywhere) == PAGES + 2
    return everywhere - here


@pytest.mark.parametrize(
    "in_a_copy",
    ["pass", "os._exit(1)", "raise Abort('ended by a plugin')", "raise ValueError('wrong')"],
)
def test_several_processes_build_what_one_does(project: Path, in_a_copy: str) -> None:
    expected, *alone = built_by(project, 1)
    assert alone == [set(), set()]
    assert {*re.findall(r"missing\.md|#missing", expected[1])} == {"missing.md", "#missing"}
    pages = {path.name for path in rendered(project)}

    made, *by_copies = built_by(project, 3, in_a_copy=in_a_copy, waits=True)
    assert made == expected
    assert {path.name for path in rendered(project)} == pages
    can_copy = sys.platform == "linux" and in_a_copy == "pass"
    assert list(map(bool, by_copies)) == [can_copy, can_copy]


def test_what_is_said_while_a_template_is_rendered_is_said_once(project: Path) -> None:
    hook = f"{HOOK}{SAYING}"
    expected = built_by(project, 1, hook)
    assert expected.made[1].count("noticed in a template") == PAGES + 2
    assert built_by(project, 3, hook, waits=True) == expected._replace(pages=ANY)


def test_each_page_comes_to_another_plugin_once(project: Path) -> None:
    events = project / "events.txt"
    expected, *_ = built_by(project, 1)
    made, *by_copies = built_by(project, 3, f"{HOOK}{OTHER}")
    assert (made, by_copies) == (expected, [set(), set()])
    told = events.read_text("utf-8").splitlines()
    assert len(told) == 2 * (PAGES + 2)
    assert {line.rpartition(" ")[2] for line in told} == {"True"}
