"""Of many alike, a few stand for all in `make test`; the rest is left to `make test-all`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _pytest.mark import ParameterSet


def first_of(values: Iterable[object], count: int = 1) -> list[ParameterSet]:
    """Return values as parameters of a test; all but the first are left to `make test-all`.

    A tuple is the values of several parameters.
    """
    return [
        pytest.param(
            *(value if isinstance(value, tuple) else (value,)),
            marks=() if number < count else pytest.mark.exhaustive,
        )
        for number, value in enumerate(values)
    ]
