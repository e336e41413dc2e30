"""Counts what MkDocs logs, so that what it has to say about a page is said by each build."""

from __future__ import annotations

import logging

_LOG = logging.getLogger("mkdocs")


class LogCounter(logging.Handler):
    """Counts messages, from those of the level that MkDocs shows on."""

    count = 0

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002 (logging's parameter)
        """Count a message."""
        self.count += 1

    def begin(self) -> None:
        """Count messages beside what is done with them."""
        _LOG.addHandler(self)

    def only_count(self) -> None:
        """Count messages and show none: what is said about a page, another process says."""
        _LOG.handlers, _LOG.propagate = [self], False

    def end(self) -> None:
        """Stop counting."""
        _LOG.removeHandler(self)


def shown_level() -> str:
    """Return the level from which on MkDocs shows messages."""
    return str(_LOG.getEffectiveLevel())
