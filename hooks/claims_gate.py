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

# At the top: MkDocs has this folder on sys.path only while it loads the hook.
from guide.claims.baseline import project_baseline
from guide.claims.errors import UnusableProjectError
from guide.claims.export import FILE as CLAIMS_FILE
from guide.claims.export import write_claims
from guide.claims.extension import NAME
from guide.claims.parts import LATE, late_part
from guide.claims.project import load_site
from guide.claims.references import RESTS_ON, Resting, claims_by_source, claims_resting_on
from guide.claims.render import SOURCE, source_in_list
from guide.claims.rules import check
from guide.claims.settings import REPORT
from guide.claims.site import Site
from guide.search.aliases import Aliases, read_aliases
from guide.search.content import WARNING_PAGE, emergency_line, searched_content
from guide.search.index import INDEX, extend_index
from guide.search.worker import address, write_worker

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
_PLACE = re.compile(rf'<div (?P<name>{LATE}|{RESTS_ON}|{SOURCE})="(?P<value>[^"]*)"></div>')


class _Build:
    """What one build needs from its first event to its last."""

    site: Site
    files: Files
    resting: Mapping[str, Sequence[Resting]]
    # What each page shows, by its path.
    contents: ClassVar[dict[str, str]] = {}
    aliases: Aliases
    # Whom to call, as the warning block says.
    emergency = ""
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
        _Build.site = load_site(Path(config.config_file_path))
    # The template of all pages names it to the theme's script.
    config.extra["search_worker"] = address()
    config.mdx_configs[NAME] = {
        **config.mdx_configs.get(NAME, {}),
        "site": _Build.site,
        "mark_unsourced": _Build.serving,
        "deferred": True,
        # This hook is the gate: it looks at all pages, and reports everything.
        "gate": REPORT,
    }


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    config.mdx_configs[NAME]["page"] = page.file.src_uri


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give the search what it reads of a page; what a page shows is put in later."""
    _Build.contents[page.file.src_uri] = html
    if page.file.src_uri == WARNING_PAGE:
        _Build.emergency = emergency_line(html)
    return searched_content(html)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Every page is rendered now: check them."""
    site = _Build.site
    with _aborting():
        pages = [file.src_uri for file in files.documentation_pages()]
        _Build.aliases = read_aliases(site.docs, pages, [term.name for term in site.terms])
        findings = project_baseline(_Build.site).marked(check(_Build.site))
    for finding in findings:
        # Below a warning: a review that is overdue must not stop a strict build.
        log.log(ERROR if finding.stops_the_build else INFO, finding.as_text())
    stopping = sum(finding.stops_the_build for finding in findings)
    if stopping and not _Build.serving:
        raise Abort(f"Aborted: {stopping} findings of the claims gate")
    _Build.files, _Build.resting = files, claims_by_source(_Build.site)


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
            made = source_in_list(int(number), key, passages, _Build.site, href)
        elif place["name"] == LATE:
            made = [late_part(place["value"], _Build.site, href)]
        else:
            made = [claims_resting_on(_Build.resting.get(place["value"], ()), _Build.site, href)]
        return "".join(tostring(each, encoding="unicode", method="html") for each in made)

    page.content = _PLACE.sub(put_in, _Build.contents.pop(page.file.src_uri))


def on_post_build(config: MkDocsConfig) -> None:
    site = Path(config.site_dir)
    with _aborting():
        write_claims(_Build.site, site / CLAIMS_FILE)
        if (site / INDEX).is_file():
            write_worker(site)
            extend_index(site, _Build.aliases, _Build.site.terms, _Build.emergency)
