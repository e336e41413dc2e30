"""Other tests of the same process expect the word lists that projects have by default."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sourced_guide.claims.language.word_lists.lists import DEFAULT, use_word_lists

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _default_word_lists() -> Iterator[None]:
    yield
    use_word_lists(DEFAULT, Path())
