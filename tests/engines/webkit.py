"""WebKit, as WebKitGTK has it, controlled by WebDriver (https://www.w3.org/TR/webdriver2/)."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import urllib3

from .engine import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterator

_RUN = """const done = arguments[0];
(async () => JSON.stringify(await ({code})) ?? "null")().then(
    value => done({{value}}), error => done({{error: String(error)}}));"""
# In milliseconds: a page that never answers fails its test.
_GIVEN_UP_AFTER = 300_000


class WebKit:
    """A window of WebKit."""

    def __init__(self, address: str, browser: Path) -> None:
        self._http = urllib3.PoolManager(retries=False, timeout=_GIVEN_UP_AFTER / 1000)
        self._address = address
        options = {"binary": str(browser), "args": ["--automation"]}
        wanted = {"browserName": "MiniBrowser", "webkitgtk:browserOptions": options}
        session = self._ask("POST", "session", capabilities={"alwaysMatch": wanted})
        self._session = f"session/{session['sessionId']}"
        self._ask("POST", f"{self._session}/timeouts", script=_GIVEN_UP_AFTER)

    def open(self, url: str) -> None:
        """Open a page and wait until it is loaded."""
        self._ask("POST", f"{self._session}/url", url=url)

    def evaluate(self, code: str) -> Any:
        """Return the value of an expression of JavaScript, which may be a promise."""
        script = _RUN.format(code=code)
        answer = self._ask("POST", f"{self._session}/execute/async", script=script, args=[])
        assert "error" not in answer, answer["error"]
        return json.loads(answer["value"])

    def said(self) -> list[str]:
        """Return nothing: its console cannot be read from outside."""
        return []

    def quit(self) -> None:
        """Close the window."""
        self._ask("DELETE", self._session)

    def _ask(self, method: str, path: str, **parameters: Any) -> Any:
        body = json.dumps(parameters) if method == "POST" else None
        answer = self._http.request(method, f"{self._address}/{path}", body=body)
        value = json.loads(answer.data)["value"]
        assert answer.status == 200, value
        return value


@contextmanager
def webkit() -> Iterator[WebKit]:
    """Start WebKit on a screen of its own; raise FileNotFoundError where there is none."""
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    browser = next(Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser"), None)
    if not driver or not browser:
        raise FileNotFoundError(MISSING.format("WebKit", "webkit2gtk-driver"))
    if not screen:
        # Without a screen, WebKit waits for one for ever.
        raise FileNotFoundError(MISSING.format("Xvfb", "xvfb"))
    with _screen(screen) as display, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        with subprocess.Popen(
            [driver, f"--port={port}"],
            env={**os.environ, "DISPLAY": display, "NO_AT_BRIDGE": "1"},
            stderr=subprocess.DEVNULL,
        ) as started:
            try:
                _wait_for(port)
                window = WebKit(f"http://127.0.0.1:{port}", browser)
                yield window
                window.quit()
            finally:
                started.terminate()


@contextmanager
def _screen(executable: str) -> Iterator[str]:
    """Run a screen that nobody sees; yield its name."""
    reading, writing = os.pipe()
    with subprocess.Popen(
        [executable, "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    ) as started:
        os.close(writing)
        with os.fdopen(reading) as said:
            number = said.readline().strip()
        assert re.fullmatch(r"\d+", number), "Xvfb did not start"
        try:
            yield f":{number}"
        finally:
            started.terminate()


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    raise TimeoutError("WebKitWebDriver did not start within a minute")
