"""The `handouts` command: makes PDFs to print and take home from a built site."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.build.handouts.build import FOLDER, make_handouts
from sourced_guide.cli.command import command_line, echo, echo_error, progress_bar

if TYPE_CHECKING:
    from collections.abc import Sequence

CACHE = Path(".cache") / "handouts"


@command_line("handouts")
def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 0 where all are made, 1 where some are not, 2 on failure."""
    parser = argparse.ArgumentParser(
        prog="handouts",
        description="Makes PDFs to print and take home from a built site.",
        epilog="This is a step of `guide build`.",
    )
    parser.add_argument("site", metavar="SITE", help="the folder of the built site")
    parser.add_argument(
        "--cache", type=Path, default=CACHE, help=f"where handouts are kept ({CACHE})"
    )
    options = parser.parse_args(arguments)
    site = Path(options.site)
    outcome = make_handouts(site, options.cache, progress_bar("handouts"))
    for fault in outcome.faults:
        echo_error(f"handouts: {fault}")
    if not outcome.has_address:
        echo("No address is set (SITE_URL), so no sheet has one, and no code to scan.")
    echo(f"handouts: {outcome.made} made, {outcome.kept} unchanged, in {site / FOLDER}/")
    if outcome.faults:
        echo_error(f"handouts: {len(outcome.faults)} faults, see above")
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main())
