"""The `publish` command: makes a built site ready to be put on a host."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from guide.claims.errors import UnusableProjectError
from guide.publish.site import UnusableSiteError, prepare
from guide.search.zensical import extend_zensical_index


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 0 where the site is ready, 2 where there is none."""
    parser = argparse.ArgumentParser(
        prog="publish", description="Makes a built site ready to be put on a host."
    )
    parser.add_argument("site", metavar="SITE", help="the folder of the built site")
    parser.add_argument(
        "--config", type=Path, default=Path("mkdocs.yml"), help="the settings (mkdocs.yml)"
    )
    options = parser.parse_args(arguments)
    site = Path(options.site)
    try:
        # Before the worker learns what the index holds.
        extend_zensical_index(site, options.config)
        ready = prepare(site)
    except (UnusableSiteError, UnusableProjectError) as error:
        print(f"publish: {error}", file=sys.stderr)
        return 2
    print(f"ready: {ready.pages} pages with their facts and their content policy")
    print(f"kept on a device that was once there: {ready.kept / 1_000_000:.1f} MB")
    return 0
