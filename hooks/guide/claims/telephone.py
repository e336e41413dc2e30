"""Links that call a telephone number: a phone dials what stands in the link, not what is shown."""

from __future__ import annotations

import re

TELEPHONE = "tel:"
_NO_DIGIT = re.compile(r"\D")
# 1-800-4-CANCER: the letters of a telephone's keys (ITU-T E.161).
_LETTERS = re.compile(r"[A-Z]{2,}")
_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")


def calls_another(href: str, shown: str) -> bool:
    """Say whether a link calls a number whose digits are not, in order, those that it shows."""
    if not href.lower().startswith(TELEPHONE):
        return False
    keyed = _LETTERS.sub(lambda letters: letters.group().translate(_KEYS), shown)
    digits = _digits(href)
    return not digits or digits not in (_digits(shown), _digits(keyed))


def _digits(text: str) -> str:
    return _NO_DIGIT.sub("", text)
