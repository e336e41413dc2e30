"""The one error of the engine: everything else that is wrong is a finding."""

from __future__ import annotations


class UnusableProjectError(Exception):
    """The check cannot run; the text says why in one sentence."""
