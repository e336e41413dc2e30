"""The `offline` command: writes a built site as one zip file that opens without a network."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.build.offline.bundle import make_copy, write_copy
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.cli.command import command_line, echo, echo_error

if TYPE_CHECKING:
    from collections.abc import Sequence

_MEGABYTE = 1_000_000


@command_line("offline")
def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 0 where it is written, 1 where pages have faults, 2 on failure."""
    parser = argparse.ArgumentParser(
        prog="offline",
        description="Writes a built site as a zip file to read without a network.",
        epilog="This is a step of `guide build`.",
    )
    parser.add_argument("site", metavar="SITE", help="the folder of the built site")
    parser.add_argument(
        "--config", type=Path, default=Path("mkdocs.yml"), help="the settings (mkdocs.yml)"
    )
    options = parser.parse_args(arguments)
    site = Path(options.site)
    made = make_copy(site, load_project(options.config).code_files)
    if made.faults:
        for fault in made.faults:
            echo_error(f"offline: {fault}")
        echo_error(f"offline: {len(made.faults)} faults, see above: no copy written")
        return 1
    written = write_copy(site, made)
    size = f"{written.size / _MEGABYTE:.1f} MB"
    echo(f"offline: {written.path}, {size}, {len(made.files)} files, {made.pages} of them pages")
    return 0
