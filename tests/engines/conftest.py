"""Firefox and WebKit, and pages of the guide that tell what goes wrong on them."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from bench.serving.test_server import serving

from ..built import made_once
from ..offline.conftest import unzip
from .engine import Engine, watched_copy
from .firefox import firefox
from .webkit import webkit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session", params=["firefox", "webkit"])
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """A window of each engine; a test on a machine without one fails with how to install it."""
    with ExitStack() as stack:
        try:
            if request.param == "firefox":
                yield stack.enter_context(firefox(tmp_path_factory.mktemp("profile")))
            else:
                yield stack.enter_context(webkit())
        except FileNotFoundError as missing:
            pytest.fail(f"{missing}", pytrace=False)


@pytest.fixture(scope="session")
def watched(built_guide: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the guide whose pages say what goes wrong on them. No test changes it."""
    return made_once(
        tmp_path_factory, "watched", lambda folder: watched_copy(built_guide / "site", folder)
    )


@pytest.fixture(scope="session")
def watched_url(watched: Path) -> Iterator[str]:
    """The address of this copy; it ends in a slash."""
    with serving(watched) as address:
        yield address


@pytest.fixture(scope="session")
def offline_copy(built_guide: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unzipped offline copy, its pages made to say what goes wrong on them."""

    def make(folder: Path) -> None:
        zipped = min((built_guide / "site/offline").glob("*.zip"), key=lambda path: len(path.name))
        watched_copy(unzip(zipped, folder.with_name("unzipped")), folder)

    return made_once(tmp_path_factory, "My copy (ü) #1", make)
