"""What the tests of hosting share: the guide as a host gets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def ready(built_guide: Path) -> Path:
    """The guide's site, ready for its host. No test changes it."""
    return built_guide / "site"
