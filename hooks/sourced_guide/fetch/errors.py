"""Why there is no fresh copy: the source is gone, or nobody could look."""

from __future__ import annotations


class CouldNotLookError(Exception):
    """Nothing is known of the source; the text says why in a few words."""


class GoneError(Exception):
    """The host says that there is no such page (404 or 410); the text has its words."""
