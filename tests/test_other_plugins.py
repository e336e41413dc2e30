"""Other plugins of MkDocs beside the gate: what they do to a page stays, whatever their order."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from .commands import BIN
from .conftest import ROOT

# Three plugins, one for each place that a priority can give it, and two hooks.
PLUGIN = """
from mkdocs.plugins import BasePlugin, event_priority


def mark(name, event):
    return f'<p class="other">{name} {event}</p>'


class _Other(BasePlugin):
    def on_page_content(self, html, page, config, files):
        return html + mark(self.name, "content")

    def on_page_context(self, context, page, config, nav):
        page.content += mark(self.name, "context")

    def on_post_page(self, output, page, config):
        return output.replace("</article>", mark(self.name, "page") + "</article>")


def with_priority(priority, named):
    class Other(_Other):
        name = named

        @event_priority(priority)
        def on_page_content(self, html, **event):
            return super().on_page_content(html, **event)

        @event_priority(priority)
        def on_page_context(self, context, **event):
            super().on_page_context(context, **event)

    return Other


Early = with_priority(100, "early")
Usual = with_priority(0, "usual")
Late = with_priority(-1000, "late")
"""
HOOK = """
def on_page_content(html, page, config, files):
    return html + '<p class="other">{name} content</p>'


def on_page_context(context, page, config, nav):
    page.content += '<p class="other">{name} context</p>'


def on_post_page(output, page, config):
    return output.replace("</article>", '<p class="other">{name} page</p></article>')
"""
NAMES = ("early", "usual", "late", "listed_before", "listed_after")
EVENTS = ("content", "context", "page")


@pytest.fixture(scope="module")
def page(small_project: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page of the project of two pages, built with three other plugins and two hooks."""
    tmp_path = tmp_path_factory.mktemp("others")
    folder = Path(shutil.copytree(small_project, tmp_path / "project"))
    installed = tmp_path / "installed"
    record = installed / "others-1.dist-info"
    record.mkdir(parents=True)
    (installed / "others.py").write_text(PLUGIN)
    (record / "METADATA").write_text("Metadata-Version: 2.1\nName: others\nVersion: 1\n")
    plugins = "".join(f"{name} = others:{name.title()}\n" for name in NAMES[:3])
    (record / "entry_points.txt").write_text(f"[mkdocs.plugins]\n{plugins}")
    for name in NAMES[3:]:
        (folder / f"{name}.py").write_text(HOOK.format(name=name))
    config = folder / "mkdocs.yml"
    text = config.read_text("utf-8")
    # The gate as a hook: in its other way, as a plugin, all other tests have it.
    gate = "  - hooks/claims_gate.py\n"
    text = text.replace("  - sourced-guide\n", "")
    text += f"\nhooks:\n  - listed_before.py\n{gate}  - listed_after.py\n"
    text = text.replace("\nplugins:\n", "\nplugins:\n  - early\n  - usual\n  - late\n")
    config.write_text(text, "utf-8")
    (folder / "hooks").mkdir()
    shutil.copy(ROOT / "hooks/claims_gate.py", folder / "hooks")
    result = subprocess.run(
        [BIN / "mkdocs", "build", "--strict"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(installed), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert result.returncode == 0, result.stderr
    return (folder / "site/legs/index.html").read_text("utf-8")


# A build of two pages takes two seconds.
def test_what_other_plugins_did_to_a_page_is_shown_once(page: str) -> None:
    shown = BeautifulSoup(page, "html.parser")
    marks = [mark.get_text() for mark in shown.select("article .other")]
    assert sorted(marks) == sorted(f"{name} {event}" for name in NAMES for event in EVENTS)


def test_what_the_gate_puts_into_the_page_is_there_beside_them(page: str, built: Path) -> None:
    shown = BeautifulSoup(page, "html.parser")
    for mark in shown.select(".other"):
        mark.decompose()
    alone = BeautifulSoup((built / "site/legs/index.html").read_text("utf-8"), "html.parser")
    assert shown.select("article .cs-sources li")
    assert str(shown.article) == str(alone.article)
