"""Figures in the pages for editors, written there by the commands that measure them.

A page has a place for each, between two comments that nobody sees:

    <!-- figures: support -->
    ...
    <!-- end of figures -->

What stands there says first which edition of the guide was measured. `make figures` writes those of
`bench.support`, which take seconds; `make bench` and `make mutate` write their own.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.support import ones_of_several, right_pairs, table, table_of_one, whole_support
from sourced_guide.build.built_site.edition import edition
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.project.clock import humanize
from sourced_guide.claims.project.io.atomic_write import write_atomically
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.report.export import claims_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

EDITORS = Path("docs/editors")
_BEGIN, _END = "<!-- figures: {} -->\n", "<!-- end of figures -->\n"


def write_figures(page: Path, name: str, told: Mapping[str, Any], lines: Iterable[str]) -> None:
    """Write lines of Markdown into the place of that name on a page.

    `told` is the claims.json of the guide that was measured, which says which edition it is.

    Raises ValueError where the page does not have it exactly once.
    """
    text = page.read_text("utf-8")
    place = re.compile(f"(?<={re.escape(_BEGIN.format(name))}).*?(?={re.escape(_END)})", re.DOTALL)
    claims, sources = len(told["claims"]), len(told["sources"])
    passages = sum(len(source["passages"]) for source in told["sources"])
    measured = (
        f"Measured on the edition of {humanize(edition(told).checked)}, with {claims:,} claims, "
        f"{sources:,} sources and {passages:,} passages."
    )
    made, count = place.subn(lambda _: "\n".join(["", measured, "", *lines, "", ""]), text)
    if count != 1:
        raise ValueError(f"{page} has {count} places for the figures '{name}', not one")
    write_atomically(page, made)


def main() -> None:
    """Write how well SRC007 tells right from wrong passages into its page."""
    guide = read_guide(load_project(Path("mkdocs.yml")))
    support = whole_support(guide)
    page, told = EDITORS / "support.md", claims_data(guide)
    write_figures(page, "support", told, table(right_pairs(guide, support), support))
    ones = ones_of_several(guide, support)
    write_figures(page, "support of one", told, table_of_one(ones, support))


if __name__ == "__main__":
    main()
