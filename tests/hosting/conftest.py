"""What the tests of hosting share: the guide as a host gets it, and an nginx that serves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .ready import ready_site, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.nginx import Served


@pytest.fixture(scope="session")
def ready(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide, made ready for its host. No test changes it."""
    return ready_site(project, tmp_path_factory)


@pytest.fixture(scope="session")
def guide(ready: Path) -> Iterator[Served]:
    """The guide, served by nginx as it is deployed."""
    with served(ready) as where:
        yield where
