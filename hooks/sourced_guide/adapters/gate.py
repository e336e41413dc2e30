"""The gate of a build: it says what a check has found, and stops where that has to be mended."""

from __future__ import annotations

from contextlib import contextmanager
from logging import ERROR, INFO
from typing import TYPE_CHECKING

from mkdocs.exceptions import Abort
from mkdocs.plugins import get_plugin_logger

from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.report.text import adoption_report, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sourced_guide.claims.model.finding import Finding
    from sourced_guide.claims.project.options import Options

log = get_plugin_logger("claims")


def report(findings: Sequence[Finding], options: Options, *, is_first: bool, stops: bool) -> None:
    """Log findings; a project that adopts the check gets a summary of them.

    `is_first` says whether its baseline has just been written.

    Raises Abort for errors, if the build `stops` at them.
    """
    if options.only_reports:
        for line in adoption_report(findings, options.baseline, is_first=is_first):
            log.info(line)
        return
    for finding in findings:
        # Below a warning: a review that is overdue must not stop a strict build.
        log.log(ERROR if finding.stops_the_build else INFO, finding.as_text())
    errors = sum(finding.stops_the_build for finding in findings)
    if errors and stops:
        raise Abort(f"Build stopped: {counted(errors, 'claim-check error')}")


@contextmanager
def aborting() -> Iterator[None]:
    """Report why the project cannot be used, as MkDocs does for its own settings."""
    try:
        yield
    except UnusableProjectError as error:
        raise Abort(f"Build stopped: {error}") from error
