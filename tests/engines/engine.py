"""What a test needs of a browser engine, and how pages tell what goes wrong on them."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from pathlib import Path

MISSING = "There is no {} on this machine. On Debian or Ubuntu: apt-get install {}"
# Loaded before all else of a page. Not every engine lets its console be read from outside.
WATCH = """(() => {
    const said = window.said = [];
    for (const name of ["debug", "error", "info", "log", "warn"]) {
        const own = console[name];
        console[name] = (...what) => { said.push(`${name}: ${what.join(" ")}`); own(...what); };
    }
    // Where a panel stands is looked at once it is there.
    const scroll = window.scrollBy;
    window.scrollBy = (how) => scroll.call(window, { ...how, behavior: "instant" });
    const note = (what) => said.push(what);
    addEventListener("error", ({message, target}) =>
        note(`error: ${message ?? target.src ?? target.href}`), true);
    addEventListener("unhandledrejection", ({reason}) => note(`error: ${reason}`));
    addEventListener("securitypolicyviolation", ({violatedDirective, blockedURI}) =>
        note(`policy: ${violatedDirective} refuses ${blockedURI}`));
})();
"""
_SCRIPT = "watch.js"
_HEAD = re.compile(r"(<head\b[^>]*>)")


class Engine(Protocol):
    """A window of a browser."""

    def open(self, url: str) -> None:
        """Open a page and wait until it is loaded."""

    def evaluate(self, code: str) -> Any:
        """Return the value of an expression of JavaScript, which may be a promise."""

    def said(self) -> list[str]:
        """Return the lines of its console since this was last asked for, where it can be read."""


def watched_copy(site: Path, to: Path) -> None:
    """Copy a site without its handouts and zip files; `window.said` holds what its pages say."""
    ignored = shutil.ignore_patterns("*.pdf", "*.zip", "*.gz", "*.br", "*.map")
    shutil.copytree(site, to, ignore=ignored)
    (to / _SCRIPT).write_text(WATCH, "utf-8")
    for page in to.rglob("*.html"):
        script = f'<script src="{os.path.relpath(to / _SCRIPT, page.parent)}"></script>'
        before, head, after = _HEAD.split(page.read_text("utf-8"), maxsplit=1)
        page.write_text(f"{before}{head}{script}{after}", "utf-8")


# A page that Back has just led to may not have begun.
SAID = """(async () => {
    while (!window.said) await new Promise(done => setTimeout(done, 50));
    return window.said;
})()"""


def lines(engine: Engine) -> list[str]:
    """Return what the page that is open has said, and what the engine has said of it."""
    return [*engine.evaluate(SAID), *engine.said()]
