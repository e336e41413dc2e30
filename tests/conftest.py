"""What the tests share: where things are, and small sites made from fixture files."""

from __future__ import annotations

import dataclasses
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from hypothesis import settings
from lxml.html import document_fromstring
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    ViewportSize,
    expect,
    sync_playwright,
)

from bench.serving import chromium
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.project.mkdocs_config import load_project

from .built import build_guide, made_once, pages_of
from .commands import run, run_here
from .few_pages import few_pages, our_project, settings_without_pages, write_small_project
from .front_matter import epoch_of_the_tests
from .hosting.serving import served

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from bench.serving.nginx import Served
    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.project import Project

# The same examples each time.
settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.load_profile("same")

# What today is does not depend on the day; what is overdue has a test of its own (REV002).
os.environ["SOURCE_DATE_EPOCH"] = epoch_of_the_tests()

# The theme fades colors when it marks where in a page one is; what is looked at has to stand still.
STILL = """
    const still = new CSSStyleSheet();
    still.replaceSync("*, *::before, *::after { transition: none !important }");
    document.adoptedStyleSheets = [still];
"""

# Compares a text with what is kept under a name.
Golden: TypeAlias = Callable[[str, str], None]
Launch: TypeAlias = Callable[..., Browser]

# In milliseconds: what never comes fails its test, however busy the machine is.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)

ROOT = Path(__file__).parent.parent
AS_BUILT = "ready-as-built"
FIXTURES = Path(__file__).parent / "fixtures"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write what is compared anew")


def pytest_xdist_auto_num_workers() -> int:
    """Half as many processes again as there are cores: many tests wait for a browser."""
    return max(1, 3 * (os.cpu_count() or 1) // 2)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a text with the one kept in tests/goldens, or keep it with --update-goldens."""

    def compare(name: str, text: str) -> None:
        path = Path(__file__).parent / "goldens" / name
        if request.config.getoption("--update-goldens"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        assert text == path.read_text("utf-8"), "if it is meant to be so: pytest --update-goldens"

    return compare


def guide_of(config: Path, root: Path | None = None) -> Guide:
    """Read the guide of a mkdocs.yml."""
    return read_guide(load_project(config, root))


def watch_errors(page: Page, faults: list[str]) -> None:
    """Note what goes wrong on a page: an error in its console or in a script."""
    page.on(
        "console",
        lambda said: faults.append(f"{page.url}: {said.text}") if said.type == "error" else None,
    )
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))


@contextmanager
def watched_pages(
    browser: Browser, watch: Callable[[BrowserContext, list[str]], None], **always: Any
) -> Iterator[Callable[..., Page]]:
    """Yield what makes pages that are watched; all are closed and judged at the end.

    `watch` notes what a context asks for and may not; `always` are options of every context.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def make(width: int = 1280, height: int = 900, **options: Any) -> Page:
        viewport: ViewportSize = {"width": width, "height": height}
        context = browser.new_context(viewport=viewport, **{**always, **options})
        contexts.append(context)
        context.add_init_script(STILL)
        context.set_default_timeout(PATIENCE)
        watch(context, faults)
        page = context.new_page()
        watch_errors(page, faults)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not faults, "\n".join(dict.fromkeys(faults))


@pytest.fixture(scope="session")
def guide() -> Guide:
    """The guide as it is written, read once. No test changes it."""
    return read_guide(our_project())


@pytest.fixture
def bare_project(tmp_path: Path) -> Path:
    """The guide's settings and two sources, without a page."""
    shutil.copytree(FIXTURES / "references", tmp_path / "docs/references")
    (tmp_path / "mkdocs.yml").write_text(settings_without_pages(), "utf-8")
    shutil.copytree(ROOT / "includes", tmp_path / "includes")
    return tmp_path


@pytest.fixture
def faulty_project(bare_project: Path) -> Path:
    """A project of one page with two faults, and nothing else wrong."""
    (bare_project / "docs/page.md").write_text(
        "It hurts. [@spine#pain; @spine#legs] Badly [@legs#pains].\n\nLegs are weak.\n"
    )
    return bare_project


@pytest.fixture(scope="session")
def built_guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide, built and ready for its host. No test changes it."""
    return made_once(tmp_path_factory, "guide", build_guide)


@pytest.fixture(scope="session")
def guide_site(built_guide: Path) -> Path:
    """The guide's site, as its host gets it. No test changes it."""
    return built_guide / "site"


@pytest.fixture(scope="session")
def deployed(guide_site: Path) -> Iterator[Served]:
    """The guide, served by nginx as it is deployed."""
    with served(guide_site) as where:
        yield where


@pytest.fixture(scope="session")
def pages(built_guide: Path) -> dict[str, HtmlElement]:
    """The guide's built pages, by their path in the site. No test changes them."""
    site = built_guide / "site"
    return {
        path.relative_to(site).as_posix(): document_fromstring(path.read_text("utf-8"))
        for path in pages_of(site)
    }


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, which can be started only once in a process."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def launch(playwright: Playwright) -> Launch:
    """Start a browser with arguments of its own."""

    def start(*arguments: str) -> Browser:
        try:
            executable = chromium.executable()
        except FileNotFoundError as missing:
            pytest.fail(f"{missing}", pytrace=False)
        return playwright.chromium.launch(
            executable_path=executable, args=[*chromium.arguments(), *arguments]
        )

    return start


@pytest.fixture(scope="session")
def browser(launch: Launch) -> Iterator[Browser]:
    started = launch()
    yield started
    started.close()


@pytest.fixture(scope="session")
def small_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of two pages with the guide's settings and templates, not yet built."""
    return made_once(tmp_path_factory, "small", write_small_project)


@pytest.fixture(scope="session")
def built(small_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of two pages, built. No test changes it."""

    def build(folder: Path) -> None:
        shutil.copytree(small_project, folder)
        result = run("mkdocs", "build", "--strict", cwd=folder)
        assert result.returncode == 0, result.stderr

    return made_once(tmp_path_factory, "built", build)


@pytest.fixture(scope="session")
def ready(small_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of a few pages: its site, ready for its host, has handouts. No test changes it.

    Beside it is its site as MkDocs has built it.
    """

    def build(folder: Path) -> None:
        few_pages(small_project, folder)
        result = run("mkdocs", "build", "--strict", cwd=folder)
        assert result.returncode == 0, result.stderr
        shutil.copytree(folder / "site", folder.with_name(AS_BUILT), dirs_exist_ok=True)
        for command in ("publish", "handouts"):
            result = run_here(command, "site", cwd=folder)
            assert result.returncode == 0, result.stderr

    return made_once(tmp_path_factory, "ready", build)


@pytest.fixture
def make_project(tmp_path: Path) -> Callable[[Path], Project]:
    """Make a project with our own settings from a fixture: a page, a source file or a folder."""

    def make(fixture: Path) -> Project:
        docs = tmp_path / "docs"
        if fixture.is_dir():
            shutil.copytree(fixture, docs)
        else:
            shutil.copytree(FIXTURES / "references", docs / "references")
            folder = docs / "references" if fixture.suffix in (".yml", ".yaml") else docs
            shutil.copy(fixture, folder / fixture.name)
            if "weak.svg" in fixture.read_text("utf-8", errors="replace"):
                shutil.copy(FIXTURES / "weak.svg", docs)
        project = our_project()
        includes = {"base_path": [str(FIXTURES / "includes")], "check_paths": True}
        return dataclasses.replace(
            project,
            docs=docs,
            root=docs,
            config_folder=docs,
            extension_configs={**project.extension_configs, "pymdownx.snippets": includes},
            snippets=[FIXTURES / "includes"],
            snapshots=docs / ".snapshots",
            # The guide's own templates and settings are checked with the guide.
            setting_texts=(),
            code_files=(),
        )

    return make


@pytest.fixture
def page_project(
    tmp_path: Path, make_project: Callable[[Path], Project]
) -> Callable[[str], Project]:
    """Make a project of one page, `page.md`, with the given text."""

    def make(text: str) -> Project:
        page = tmp_path / "page.md"
        page.write_text(text, "utf-8")
        return make_project(page)

    return make
