"""Booklets and packs: a change of any of their pages changes them, so not every build makes them.

`guide build --all` does, before a guide is published. Other builds keep those that are still right,
and remove the others.
"""

import re

_ASIDE = re.compile(r"handouts/(?:guide|pack)-[^/]+\.pdf")


def is_aside(file: str) -> bool:
    """Say whether a file of a site is a booklet or a pack."""
    return bool(_ASIDE.fullmatch(file))
