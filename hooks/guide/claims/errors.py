"""The errors of the engine: everything else that is wrong is a finding."""

from __future__ import annotations


class UnusableProjectError(Exception):
    """The check cannot run; the text says why in one sentence."""


class PageFindingsError(Exception, SystemExit):
    """A page has findings and no gate reports them; the text lists them.

    A generator takes it for an error of the page. Where it does not catch it, the program ends with
    exit code 1 and no traceback, as after MkDocs' own `Abort`.
    """

    code = 1
