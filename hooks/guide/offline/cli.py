"""The `offline` command: writes a built site as one zip file that opens without a network."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from guide.claims.errors import UnusableProjectError
from guide.claims.project import load_site
from guide.offline.copy import make_copy, write_copy
from guide.publish.site import UnusableSiteError

_MEGABYTE = 1_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 0 where it is written, 1 where pages have faults, 2 with no site."""
    parser = argparse.ArgumentParser(
        prog="offline", description="Writes a built site as a zip file to read without a network."
    )
    parser.add_argument("site", metavar="SITE", help="the folder of the built site")
    parser.add_argument(
        "--config", type=Path, default=Path("mkdocs.yml"), help="the settings (mkdocs.yml)"
    )
    options = parser.parse_args(arguments)
    site = Path(options.site)
    try:
        made = make_copy(site, load_site(options.config).code_files)
        if not made.faults:
            written = write_copy(site, made)
    except (UnusableSiteError, UnusableProjectError) as error:
        print(f"offline: {error}", file=sys.stderr)
        return 2
    if made.faults:
        for fault in made.faults:
            print(f"offline: {fault}", file=sys.stderr)
        print(f"offline: {len(made.faults)} faults, see above: no copy written", file=sys.stderr)
        return 1
    size = f"{written.size / _MEGABYTE:.1f} MB"
    print(f"offline: {written.path}, {size}, {len(made.files)} files, {made.pages} of them pages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
