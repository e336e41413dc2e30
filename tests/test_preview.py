"""`guide serve`: what was saved is shown at once, and everything else after it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from .commands import BIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SAVED = "\nThis page was saved a moment ago.\n{ .editorial }\n"
_LONGEST_WAIT = 60


class Preview:
    """A running `guide serve` of a project."""

    def __init__(self, project: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        settings = project / "mkdocs.yml"
        settings.write_text(f"{settings.read_text('utf-8')}\ndev_addr: {self.address}\n", "utf-8")
        self.log = project / "serve.log"
        self._temporary = project / "temporary"
        self._temporary.mkdir()
        with self.log.open("w", encoding="utf-8") as log:
            # A command in the background of a shell ignores Ctrl-C, and what it starts does, too.
            self.process = subprocess.Popen(
                ["env", "--default-signal=INT", BIN / "guide", "serve"],
                cwd=project,
                stderr=log,
                env={**os.environ, "TMPDIR": str(self._temporary)},
            )
        self.wait_until(lambda: "Serving on" in self.log.read_text("utf-8"))

    def read(self, path: str) -> str:
        """Return a page without what reloads it."""
        with urlopen(f"http://{self.address}/{path}", timeout=_LONGEST_WAIT) as response:
            page: str = response.read().decode()
        return page.partition("livereload(")[0]

    def wait_until(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + _LONGEST_WAIT
        while time.monotonic() < end:
            try:
                if condition():
                    return
            except URLError:
                pass
            time.sleep(0.05)
        pytest.fail(f"waited in vain; it says: {self.log.read_text('utf-8')}")

    def builds(self) -> int:
        """Return how many whole builds are complete."""
        # The first one is served. MkDocs logs only once that two have taken the same time.
        return 1 + self.log.read_text("utf-8").count("Reloading browsers")

    def stop(self, number: signal.Signals = signal.SIGINT) -> None:
        self.process.send_signal(number)
        assert self.process.wait(_LONGEST_WAIT) == 0
        assert not list(self._temporary.iterdir()), "it leaves something behind"


@pytest.fixture
def project(small_project: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_project, tmp_path / "project"))


@pytest.fixture
def preview(project: Path) -> Iterator[Preview]:
    started = Preview(project)
    yield started
    started.stop()


def test_a_saved_page_is_shown_before_the_rest_is_built(preview: Preview, project: Path) -> None:
    page = project / "docs/legs.md"
    page.write_text(page.read_text("utf-8") + SAVED, "utf-8")
    preview.wait_until(lambda: "saved a moment ago" in preview.read("legs/"))
    first = preview.read("legs/")
    preview.wait_until(lambda: preview.builds() == 2)
    said = preview.log.read_text("utf-8")
    assert "Shown: legs.md (the rest is being built)" in said
    assert said.index("Shown: legs.md") < said.rindex("Documentation built")
    # The whole build makes the same page.
    assert preview.read("legs/") == first


def test_an_address_that_is_taken_is_named(preview: Preview, project: Path) -> None:
    second = subprocess.run(
        [BIN / "guide", "serve"], cwd=project, capture_output=True, text=True, check=False
    )
    assert second.returncode != 0
    assert f"{preview.address} cannot be used: Address already in use; " in second.stdout
    assert "Traceback" not in second.stderr
    preview.stop(signal.SIGTERM)


def test_what_a_saved_source_changes_is_built_as_a_whole(preview: Preview, project: Path) -> None:
    source = project / "docs/references/spine.yml"
    text = source.read_text("utf-8")
    source.write_text(re.sub("(?m)^title: .*$", "title: A title saved a moment ago", text), "utf-8")
    preview.wait_until(lambda: "A title saved a moment ago" in preview.read("claims.json"))
    assert "Shown:" not in preview.log.read_text("utf-8")
