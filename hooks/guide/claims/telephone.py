"""Links that call a telephone number: a phone dials what stands in the link, not what is shown."""

from __future__ import annotations

import re

TELEPHONE = "tel:"
_NO_DIGIT = re.compile(r"\D")


def calls_another(href: str, shown: str) -> bool:
    """Say whether a link calls a number whose digits are not, in order, those that it shows."""
    if not href.lower().startswith(TELEPHONE):
        return False
    digits = _NO_DIGIT.sub("", href)
    return not digits or digits != _NO_DIGIT.sub("", shown)
