"""The errors of the engine: everything else that is wrong is a finding."""

from __future__ import annotations

import errno
import os

_RIGHTS = "ask for the right to do so, or name another place"
_SPACE = "free some space, then run it again"
_FILE_FOR_FOLDER = "a file is in the place of a folder: move it away, or name another place"
# Not every system has every one of these.
_WHAT_TO_DO = {
    getattr(errno, name): advice
    for name, advice in {
        "EACCES": _RIGHTS,
        "EPERM": _RIGHTS,
        "EROFS": "name a place on a disk that can be written to",
        "ENOSPC": _SPACE,
        "EDQUOT": _SPACE,
        "EFBIG": "allow larger files (ulimit -f), then run it again",
        "EMFILE": "allow more open files (ulimit -n), then run it again",
        "ENOTDIR": _FILE_FOR_FOLDER,
        "EEXIST": _FILE_FOR_FOLDER,
        "EISDIR": "a folder is in the place of a file: move it away, or name another place",
        "ENOENT": "look whether it is there, and whether its name is right",
        "EPIPE": "whoever read it has left: run it again",
    }.items()
    if hasattr(errno, name)
}


class UnusableProjectError(Exception):
    """The check cannot run; the text says why in one sentence."""


class UnwritableFileError(UnusableProjectError):
    """A file cannot be written; the text says which, why, and what to do."""


def unwritable(file: object, error: OSError) -> UnwritableFileError:
    """Return the error that says why a file cannot be written."""
    return UnwritableFileError(f"{file} cannot be written: {_reason(error)}")


def explained(error: OSError) -> str:
    """Return what went wrong with which file, and what to do."""
    where = f"{os.fsdecode(error.filename)}: " if error.filename else ""
    return f"{where}{_reason(error)}"


def _reason(error: OSError) -> str:
    said = error.strerror or str(error)
    advice = _WHAT_TO_DO.get(error.errno or 0)
    return f"{said}; {advice}" if advice else said


class PageFindingsError(Exception, SystemExit):
    """A page has findings and no gate reports them; the text lists them.

    A generator takes it for an error of the page. Where it does not catch it, the program ends with
    exit code 1 and no traceback, as after MkDocs' own `Abort`.
    """

    code = 1
