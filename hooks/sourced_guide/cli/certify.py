"""`guide certify site/`: refuses a built site that shows anything but what was checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.claims.markdown.extension import read_guide
from sourced_guide.claims.report import FORMATS
from sourced_guide.claims.report.result import Outcome
from sourced_guide.claims.rules import RULES
from sourced_guide.cli.command import CLEAN, FINDINGS, Command, Result

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable

    from sourced_guide.build.built_site.site import BuiltSite
    from sourced_guide.claims.model.finding import Finding
    from sourced_guide.claims.project.project import Project
    from sourced_guide.claims.rules.docs.explanation import Documented


def built_site(folder: Path) -> BuiltSite:
    """Return the site built in a folder.

    Raises UnusableSiteError where there is no such folder.
    """
    # What reads and makes sites takes longer to load than a small guide to check.
    from sourced_guide.build.built_site.site import BuiltSite, UnusableSiteError  # noqa: PLC0415

    if not folder.is_dir():
        raise UnusableSiteError(f"there is no folder '{folder}': build the site with make site")
    return BuiltSite(folder)


def add_format(parser: ArgumentParser) -> None:
    """Add the option that says how findings are shown."""
    parser.add_argument("--format", choices=tuple(FORMATS), default="text")


def shown(project: Project, findings: Iterable[Finding], form: str) -> str:
    """Return what a build or a certification has found, in one of the formats of a check."""
    from sourced_guide.build.build_steps import checked  # noqa: PLC0415
    from sourced_guide.build.rules import build_rules  # noqa: PLC0415

    result, _ = checked(project)
    rules: list[Documented] = [*RULES, *build_rules().values()]
    return FORMATS[form](Outcome(sorted(findings), rules, result.claims, result.sources))


def all_findings(project: Project, site: BuiltSite) -> list[Finding]:
    """Return every reason not to publish a site: what the check finds, and what is beyond it."""
    from sourced_guide.build.build_steps import checked  # noqa: PLC0415
    from sourced_guide.build.certify.certification import (  # noqa: PLC0415
        certify,
        certify_precompressed,
    )

    result, _ = checked(project)
    found = [finding for finding in result.findings if finding.stops_the_build]
    return [*found, *certify(read_guide(project), site), *certify_precompressed(site)]


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("site", metavar="SITE", help="the folder of the built site")
    add_format(parser)


def _run(project: Project, options: Namespace) -> Result:
    folder = Path(options.site)
    findings = all_findings(project, built_site(folder))
    if findings or options.format != "text":
        text = shown(project, findings, options.format)
        return Result(text, FINDINGS if findings else CLEAN)
    return Result(f"certified: {folder} shows what was checked, and nothing else", CLEAN)


COMMAND = Command("certify", "fail if a built site shows unchecked text", _add_options, _run)
