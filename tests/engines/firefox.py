"""Firefox, controlled by WebDriver BiDi (https://w3c.github.io/webdriver-bidi/)."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

from websockets.sync.client import ClientConnection, connect

from .engine import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
# No page is fetched that nobody has asked for, and no service of Mozilla's is asked for anything.
_PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.safebrowsing.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.enabled": False,
}


class Firefox:
    """A window of Firefox."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._ids = count(1)
        self._said: list[str] = []
        self._ask("session.new", capabilities={})
        self._ask("session.subscribe", events=["log.entryAdded"])
        self._window = self._ask("browsingContext.getTree")["contexts"][0]["context"]

    def open(self, url: str) -> None:
        """Open a page and wait until it is loaded."""
        self._ask("browsingContext.navigate", context=self._window, url=url, wait="complete")

    def evaluate(self, code: str) -> Any:
        """Return the value of an expression of JavaScript, which may be a promise."""
        answer = self._ask(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({code})) ?? null)()",
            target={"context": self._window},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return json.loads(answer["result"].get("value", "null"))

    def said(self) -> list[str]:
        """Return the lines of its console since this was last asked for."""
        self.evaluate("0")
        said, self._said = self._said, []
        return said

    def _ask(self, method: str, **parameters: Any) -> Any:
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("method") == "log.entryAdded":
                self._said.append(f"{answer['params']['level']}: {answer['params']['text']}")
            elif answer.get("id") == number:
                assert answer["type"] == "success", answer
                return answer["result"]


@contextmanager
def firefox(profile: Path) -> Iterator[Firefox]:
    """Start Firefox with a profile of its own; raise FileNotFoundError where there is none."""
    executable = shutil.which("firefox-esr") or shutil.which("firefox")
    if not executable:
        raise FileNotFoundError(MISSING.format("Firefox", "firefox-esr"))
    lines = (f'user_pref("{name}", {json.dumps(set_to)});' for name, set_to in _PREFERENCES.items())
    (profile / "user.js").write_text("\n".join(lines))
    with subprocess.Popen(
        [
            *(executable, "--headless", "--no-remote", "--profile", profile),
            *("--remote-debugging-port", "0"),
        ],
        stderr=subprocess.PIPE,
        text=True,
    ) as started:
        try:
            assert started.stderr
            address = next(
                found[1] for line in started.stderr if (found := _LISTENING.search(line))
            )
            with connect(f"{address}/session", max_size=None, open_timeout=60) as socket:
                yield Firefox(socket)
        finally:
            started.terminate()
