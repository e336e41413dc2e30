"""Links that call a telephone number: a phone dials the link, not the number shown."""

from __future__ import annotations

import re

TELEPHONE = "tel:"
_NO_DIGIT = re.compile(r"\D")
# 1-800-4-CANCER: the letters of a telephone's keys (ITU-T E.161).
_LETTERS = re.compile(r"[A-Z]{2,}")
# Shorter ones, such as 999, are dialed as they are.
_SHORTEST_SUBSCRIBER, _LONGEST_CODE = 7, 3
_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")


def dials_other_number(href: str, shown: str) -> bool:
    """Say whether a link calls a number whose digits are not, in order, those that it shows."""
    if not href.lower().startswith(TELEPHONE):
        return False
    keyed = _LETTERS.sub(lambda letters: letters.group().translate(_KEYS), shown)
    digits = _digits(href)
    if "+" in href and _is_international(digits, _digits(keyed)):
        return False
    return not digits or digits not in (_digits(shown), _digits(keyed))


def _is_international(international: str, national: str) -> bool:
    """Say whether a number in international form (ITU-T E.164) is the national one that is shown.

    A national number lacks the country code, of 1 to 3 digits, and often begins with a 0.
    """
    subscriber = national.removeprefix("0")
    code = len(international) - len(subscriber)
    return (
        len(subscriber) >= _SHORTEST_SUBSCRIBER
        and 1 <= code <= _LONGEST_CODE
        and international.endswith(subscriber)
    )


def _digits(text: str) -> str:
    return _NO_DIGIT.sub("", text)
