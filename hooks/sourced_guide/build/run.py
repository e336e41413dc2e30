"""A whole build and a whole certification, as `guide build` and `guide certify` run them."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

from sourced_guide.build.areas import CACHE, GENERATED, SITE, STATE, steps_store
from sourced_guide.build.build_steps import Build, build_steps
from sourced_guide.build.built_site.links import links_into, site_path
from sourced_guide.build.built_site.site import BuiltSite, UnusableSiteError
from sourced_guide.build.certify.certification import certify, certify_precompressed
from sourced_guide.build.checks.proof import check_result, read_proof
from sourced_guide.build.handouts.codes import FOLDER as HANDOUTS
from sourced_guide.build.pipeline import Report, run_steps
from sourced_guide.build.rules import build_finding, build_rules, built_place
from sourced_guide.build.step import StepFailedError, StepResult
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.report.baseline import project_baseline
from sourced_guide.claims.report.result import Outcome
from sourced_guide.claims.rules import RULES, check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from sourced_guide.build.areas import Areas
    from sourced_guide.build.build_steps import Watched
    from sourced_guide.build.checks.proof import CheckResult
    from sourced_guide.claims.model.finding import Finding
    from sourced_guide.claims.project.project import Project
    from sourced_guide.claims.rules.docs.explanation import Documented


class Display(NamedTuple):
    """Functions that show a build to a person.

    `announce` is given one line per step, `warn` the warnings of the check and the output of a
    generator that fails; `watch` shows the progress of a step.
    """

    announce: Callable[[str], None]
    warn: Callable[[str], None]
    watch: Watched


def build_site(
    project: Project, areas: Areas, config: Path, display: Display, *, with_all: bool
) -> Report:
    """Build a project's site incrementally; booklets and packs only `with_all`.

    Raises UnusableProjectError where the site cannot be built there, StepFailedError where the
    generator fails.
    """
    if project.folder.resolve().is_relative_to(areas.folders[SITE].folder.resolve()):
        folder = areas.folders[SITE].folder
        reason = f"{folder} contains the project itself: choose another folder with --site"
        raise UnusableProjectError(reason)
    generated = areas.folders[GENERATED]
    build = Build(
        project=project,
        generated=generated,
        site=areas.folders[SITE],
        cache=project.folder / CACHE,
        config=config,
        generate=lambda: _generate(project, config, generated.folder, display.warn),
        certify=lambda: _certify(project, areas.folders[SITE]),
        watch=display.watch,
        with_all=with_all,
    )
    steps, state = build_steps(build), project.folder / STATE
    try:
        return run_steps(steps, areas, state, display.announce, with_all=with_all)
    finally:
        generated.store.save()


def _generate(project: Project, config: Path, folder: Path, warn: Callable[[str], None]) -> str:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(config)]
    result = subprocess.run(  # noqa: S603 (our own arguments)
        [*command, "--site-dir", str(folder.resolve())],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    proof = read_proof(project)
    if result.returncode:
        found = proof.findings if proof else ()
        stopping = [finding for finding in found if finding.stops_the_build]
        if not stopping:
            warn(f"{result.stdout}{result.stderr}".strip())
        raise StepFailedError(result.returncode, stopping)
    if not proof:
        return "built"
    for finding in proof.findings:
        warn(finding.as_text())
    return f"{proof.pages} pages, {proof.claims} claims checked, {proof.sources} sources"


def checked(project: Project) -> tuple[CheckResult, bool]:
    """Return the result of the check, and whether the build has already run it."""
    if proof := read_proof(project):
        return proof, True
    guide = read_guide(project)
    return check_result(guide, project_baseline(project).marked(check(guide))), False


def _certify(project: Project, site: BuiltSite) -> StepResult:
    result, was_checked = checked(project)
    findings = [finding for finding in result.findings if finding.stops_the_build]
    findings += certify(project, site)
    when = "checked by the build" if was_checked else "checked now"
    summary = f"{result.claims} claims {when}, {len(site.page_names)} pages compared"
    return StepResult(summary, findings=tuple(findings))


def built_site(folder: Path, project: Project | None = None) -> BuiltSite:
    """Return the site built in a folder, with what a project's builds have kept of its pages.

    Raises UnusableSiteError where there is no such folder.
    """
    if not folder.is_dir():
        raise UnusableSiteError(f"there is no folder '{folder}': build the site with make site")
    return BuiltSite(folder, steps_store(project) if project else None)


def certification_findings(project: Project, site: BuiltSite) -> list[Finding]:
    """Return every reason not to publish a site: the findings of the check and of certifying it."""
    result, _ = checked(project)
    found = [finding for finding in result.findings if finding.stops_the_build]
    found += certify(project, site)
    site.store.save()
    return [*found, *certify_precompressed(site), *_dead_links_to_handouts(site)]


def _dead_links_to_handouts(site: BuiltSite) -> Iterator[Finding]:
    """Yield what a site with handouts links and does not have: booklets and packs left out."""
    if not any(name.startswith(f"{HANDOUTS}/") for name in site.names):
        return
    for page in site.pages():
        for link in sorted(page.links):
            if (
                links_into(HANDOUTS, page.name, link)
                and site_path(page.name, link) not in site.names
            ):
                message = f"'{link}' has no target in the site"
                help_ = "booklets and packs are made by guide build --all"
                yield build_finding("BLD008", built_place(site, page.name), message, help_)


def outcome(project: Project, findings: Iterable[Finding]) -> Outcome:
    """Return the outcome of a build or a certification, for the output formats."""
    result, _ = checked(project)
    rules: list[Documented] = [*RULES, *build_rules().values()]
    return Outcome(sorted(set(findings)), rules, result.claims, result.sources)
