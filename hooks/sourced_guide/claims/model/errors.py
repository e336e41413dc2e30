"""The exceptions of the engine; everything else that is wrong is a finding."""

from __future__ import annotations

import errno
import os

_RIGHTS = "check the permissions, or choose another path"
_SPACE = "free some space, then run it again"
_FILE_FOR_FOLDER = "a file is in the place of a folder: move it, or choose another path"
# Not every system has every one of these.
_WHAT_TO_DO = {
    getattr(errno, name): advice
    for name, advice in {
        "EACCES": _RIGHTS,
        "EPERM": _RIGHTS,
        "EROFS": "choose a path on a writable disk",
        "ENOSPC": _SPACE,
        "EDQUOT": _SPACE,
        "EFBIG": "allow larger files (ulimit -f), then run it again",
        "EMFILE": "allow more open files (ulimit -n), then run it again",
        "ENOTDIR": _FILE_FOR_FOLDER,
        "EEXIST": _FILE_FOR_FOLDER,
        "EISDIR": "a folder is in the place of a file: move it, or choose another path",
        "ENOENT": "check that it exists and that its name is right",
        "EPIPE": "the program that read the output has ended; run it again",
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
    reason = error.strerror or str(error)
    advice = _WHAT_TO_DO.get(error.errno or 0)
    return f"{reason}; {advice}" if advice else reason


class PageFindingsError(Exception, SystemExit):
    """A page has findings and no gate reports them; the text lists them.

    Generators report it as an error of the page. If one does not catch it, the program exits with
    code 1 and no traceback, as with MkDocs' own `Abort`.
    """

    code = 1
