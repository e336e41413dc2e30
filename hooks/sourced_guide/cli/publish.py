"""The `publish` command: makes a built site ready to be put on a host."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.build.built_site import prepare
from sourced_guide.build.search.zensical import extend_zensical_index
from sourced_guide.cli.command import command_line, echo

if TYPE_CHECKING:
    from collections.abc import Sequence


@command_line("publish")
def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 0 where the site is ready, 2 where it could not run."""
    parser = argparse.ArgumentParser(
        prog="publish",
        description="Makes a built site ready to be put on a host.",
        epilog="This is a step of `guide build`.",
    )
    parser.add_argument("site", metavar="SITE", help="the folder of the built site")
    parser.add_argument(
        "--config", type=Path, default=Path("mkdocs.yml"), help="the settings (mkdocs.yml)"
    )
    options = parser.parse_args(arguments)
    site = Path(options.site)
    # Before the worker learns what the index holds.
    extend_zensical_index(site, options.config)
    ready = prepare(site)
    echo(f"ready: {ready.pages} pages with their facts and their content policy")
    echo(f"kept on a device that was once there: {ready.kept / 1_000_000:.1f} MB")
    return 0
