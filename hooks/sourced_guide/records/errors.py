"""Why a record cannot be used, in one sentence for the person who gave it."""

from __future__ import annotations


class RecordError(Exception):
    """A record, a file of records or an identifier that cannot be used; the text says why."""
