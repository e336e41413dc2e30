"""`claims export FILE`: writes claims.json for a site that no hook writes it for."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from guide.claims.commands.command import CLEAN, Answer, Command
from guide.claims.errors import UnusableProjectError
from guide.claims.export import write_claims
from guide.claims.site import Site


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="where to write it: site/claims.json")


def _run(site: Site, options: Namespace) -> Answer:
    file = Path(options.file)
    try:
        write_claims(site, file)
    except OSError as error:
        raise UnusableProjectError(f"{file} cannot be written: {error.strerror}") from error
    return Answer(f"every claim and source is in {file}", CLEAN)


COMMAND = Command("export", "write claims and sources as data (claims.json)", _add_options, _run)
