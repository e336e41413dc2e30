"""`claims report`: how much of each page is sourced."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from guide.claims.commands.command import Answer, Command
from guide.claims.report import report_lines
from guide.claims.site import Site
from guide.claims.visible import visible


def _add_options(_parser: ArgumentParser) -> None:
    """It has none."""


def _run(site: Site, _options: Namespace) -> Answer:
    return Answer("\n".join(map(visible, report_lines(site))))


COMMAND = Command("report", "print how much of each page is sourced", _add_options, _run)
