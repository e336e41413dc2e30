"""MkDocs events for `guide.claims`: the gate inside `mkdocs build` and `mkdocs serve`.

Zensical does not run hooks; there `claims check` is the gate, and the Markdown extension renders
the same pages by itself. It refuses a page with findings, as it does wherever this hook is missing.
"""

from __future__ import annotations

import gc
import re
from contextlib import contextmanager
from logging import ERROR, INFO
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from xml.etree.ElementTree import tostring

from mkdocs.exceptions import Abort
from mkdocs.plugins import get_plugin_logger
from mkdocs.utils import get_relative_url

from sourced_guide.claims.markdown.extension import page_reader
from sourced_guide.claims.markdown.page_reader import PageReader
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.guide import Guide
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.project.options import NAME, REPORT
from sourced_guide.claims.render.directives import LATE, late_part
from sourced_guide.claims.render.page import SOURCE, source_in_list
from sourced_guide.claims.render.references_page import (
    RESTS_ON,
    Resting,
    claims_by_source,
    claims_resting_on,
)

# At the top: MkDocs has this folder on sys.path only while it loads the hook.
from sourced_guide.claims.report.baseline import project_baseline
from sourced_guide.claims.report.export import FILE as CLAIMS_FILE
from sourced_guide.claims.report.export import write_claims
from sourced_guide.claims.rules import check
from sourced_guide.extensions.glossary.search_synonyms import with_other_names, without_paper_only

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Literal

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

log = get_plugin_logger("claims")
_NOT_SEARCHED = re.compile(
    r'<sup class="cs-citation".*?</sup>|<section class="cs-sources".*?</section>'
    r'|<div class="cs-words".*?</div>',
    re.DOTALL,
)
_PLACE = re.compile(rf'<div (?P<name>{LATE}|{RESTS_ON}|{SOURCE})="(?P<value>[^"]*)"></div>')


class _Build:
    """What one build needs from its first event to its last."""

    reader: PageReader
    guide: Guide
    files: Files
    resting: Mapping[str, Sequence[Resting]]
    # What each page shows, by its path.
    contents: ClassVar[dict[str, str]] = {}
    serving = False


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    # What a build makes, it keeps to its end. To look for garbage among it as often as Python does
    # takes a tenth of the build's time and frees 3 MB (200 pages).
    gc.set_threshold(100_000, 50, 1_000)
    _Build.serving = command == "serve"


@contextmanager
def _aborting() -> Iterator[None]:
    """Say in a sentence why the project cannot be used, as MkDocs does for its own settings."""
    try:
        yield
    except UnusableProjectError as error:
        raise Abort(f"Aborted: {error}") from error


def on_config(config: MkDocsConfig) -> None:
    with _aborting():
        _Build.reader = page_reader(load_project(Path(config.config_file_path)))
    config.mdx_configs[NAME] = {
        **config.mdx_configs.get(NAME, {}),
        "reader": _Build.reader,
        "mark_unsourced": _Build.serving,
        "deferred": True,
        # This hook is the gate: it looks at all pages, and reports everything.
        "gate": REPORT,
    }


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    config.mdx_configs[NAME]["page"] = page.file.src_uri


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Keep from the search what it would find on every page, and give it what no page says.

    That is citation numbers, sources and words; what stands on paper alone; and the other names of
    terms.
    """
    _Build.contents[page.file.src_uri] = html
    searched = without_paper_only(_NOT_SEARCHED.sub("", html))
    return with_other_names(searched, _Build.reader.terms)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Every page is rendered now: check them."""
    with _aborting():
        _Build.guide = _Build.reader.guide()
        baseline = project_baseline(_Build.guide.project)
        findings = baseline.marked(check(_Build.guide))
    for finding in findings:
        # Below a warning: a review that is overdue must not stop a strict build.
        log.log(ERROR if finding.stops_the_build else INFO, finding.as_text())
    stopping = sum(finding.stops_the_build for finding in findings)
    if stopping and not _Build.serving:
        raise Abort(f"Aborted: {stopping} findings of the claims gate")
    _Build.files, _Build.resting = files, claims_by_source(_Build.guide)


def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> None:
    """Put in what was left out until the search plugin had read the page."""

    def href(path: str, anchor: str) -> str:
        target = _Build.files.get_file_from_path(path)
        url = get_relative_url(target.url if target else path, page.url)
        return f"{url}#{anchor}" if anchor else url

    def put_in(place: re.Match[str]) -> str:
        if place["name"] == SOURCE:
            number, key, *passages = place["value"].split()
            guide, source = _Build.guide, _Build.guide.library.sources[key]
            made = source_in_list(int(number), source, passages, guide.project, href)
        elif place["name"] == LATE:
            made = [late_part(place["value"], _Build.guide, href)]
        else:
            made = [claims_resting_on(_Build.resting.get(place["value"], ()), _Build.guide, href)]
        return "".join(tostring(each, encoding="unicode", method="html") for each in made)

    page.content = _PLACE.sub(put_in, _Build.contents.pop(page.file.src_uri))


def on_post_build(config: MkDocsConfig) -> None:
    with _aborting():
        write_claims(_Build.guide, Path(config.site_dir) / CLAIMS_FILE)
