"""The `hosting` command: the last step before a built site goes to its host."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.build.hosting import NotCertifiedError, make_ready
from sourced_guide.cli.command import command_line, echo, echo_error, progress_bar

if TYPE_CHECKING:
    from collections.abc import Sequence

# Of many reasons, the first tell enough; `guide certify` lists them all.
_SHOWN_REASONS = 10


@command_line("hosting")
def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 0 where the site is ready, 1 where it is refused, 2 on failure."""
    parser = argparse.ArgumentParser(
        prog="hosting",
        description="Certifies a built site, packs its files ahead and writes its host's headers.",
        epilog="This is a step of `guide build`.",
    )
    parser.add_argument("site", metavar="SITE", help="the folder of the built site")
    parser.add_argument("--config", type=Path, default=Path("mkdocs.yml"), metavar="FILE")
    options = parser.parse_args(arguments)
    site = Path(options.site)
    try:
        ready = make_ready(site, options.config, progress_bar("packing"))
    except NotCertifiedError as refused:
        _refuse(site, refused.reasons)
        return 1
    packed = ready.packed
    echo(
        f"certified and ready for a host: {packed.twins} packed twins, "
        f"{_megabytes(packed.unpacked)} as gzip {_megabytes(packed.gzip)}, "
        f"as brotli {_megabytes(packed.brotli)}; {', '.join(ready.host_files)}"
    )
    return 0


def _refuse(site: Path, reasons: Sequence[str]) -> None:
    *listed, count = reasons
    lines = [*listed[:_SHOWN_REASONS]]
    if len(listed) > _SHOWN_REASONS:
        lines.append(f"... all of them: guide certify {site}")
    echo_error("\n".join([*lines, f"hosting: {site} is not ready for a host: {count}"]))


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.2f} MB"
