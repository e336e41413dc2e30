"""Finds this machine's Chromium, and says what to do where there is none."""

from __future__ import annotations

import os
import shutil

MISSING = (
    "There is no Chromium on this machine. On Debian: apt-get install chromium-headless-shell, "
    "on Ubuntu: apt-get install chromium"
)
# The first has no windows, and needs half the time for the same pages.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# By itself a browser asks its maker for lists and updates.
_QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Without a graphics card, drawing as if there were one takes longer.
    "--disable-gpu",
]


def executable() -> str:
    """Return the browser's path; stop with a sentence where there is none."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if not found:
        raise FileNotFoundError(MISSING)
    return found


def arguments() -> list[str]:
    """Return what to start it with; as root, as in many containers, it has no sandbox."""
    return [*_QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
