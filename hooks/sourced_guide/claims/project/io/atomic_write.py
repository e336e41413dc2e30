"""Atomic file writes, of one file or of several together.

Files are written under temporary names in the same folder and renamed when all are complete. So a
full disk or a signal leaves the old files in place. Only SIGKILL or a power cut may leave temporary
files; `remove_unfinished` removes them.
"""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.claims.model.errors import unwritable
from sourced_guide.claims.project.io.signals import uninterrupted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What the names of temporary files begin with.
UNFINISHED = ".unfinished-"
# mkstemp creates files that only their owner can read; a web server has to read these.
_MODE = 0o644


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write one file as `write_all_atomically` does."""
    write_all_atomically({path: content})


def write_all_atomically(
    contents: Mapping[Path, str | bytes] | Iterable[tuple[Path, str | bytes]],
) -> None:
    """Write all of these files, or leave every one of them as it was.

    They may be given one by one, where all at once take much memory.

    Text is written as UTF-8, with its line endings. Links are followed. Devices, pipes and our own
    standard output cannot be replaced, so they are written to directly.

    Raises UnwritableFileError where one of them cannot be written.
    """
    pending = _Pending()
    try:
        for path, content in contents.items() if isinstance(contents, Mapping) else contents:
            data = content.encode() if isinstance(content, str) else content
            with _errors_for(path):
                pending.add(path, data)
            # The next one is made while these would stay in memory.
            del content, data
        with uninterrupted():
            pending.rename_all()
    finally:
        pending.remove()
    for path, data in pending.streamed.items():
        with _errors_for(path):
            _write_to_stream(path, data)


def remove_unfinished(folder: Path) -> None:
    """Remove the temporary files of a killed process from a folder and its subfolders."""
    for path in folder.rglob(f"{UNFINISHED}*"):
        with suppress(OSError):
            path.unlink()


def is_standard_output(path: Path) -> bool:
    """Whether a path is another name of our own standard output, as /dev/stdout is."""
    with suppress(OSError, ValueError, AttributeError):
        return os.path.samestat(path.stat(), os.fstat(sys.stdout.fileno()))
    return False


class _Pending:
    """Files under temporary names, and the folders that were created for them."""

    def __init__(self) -> None:
        self.streamed: dict[Path, bytes] = {}
        self._files: dict[Path, Path] = {}
        self._folders: list[Path] = []

    def add(self, path: Path, data: bytes) -> None:
        """Write a file under a temporary name; if it cannot be replaced, remember its content."""
        target = Path(os.path.realpath(path))
        # Only circular links remain links.
        if wrong := errno.EISDIR if path.is_dir() else errno.ELOOP if target.is_symlink() else None:
            raise OSError(wrong, os.strerror(wrong))
        if is_standard_output(path) or (path.exists() and not path.is_file()):
            self.streamed[path] = data
            return
        self._make_folder(target.parent)
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=UNFINISHED)
        self._files[Path(name)] = target
        # Closed before it is renamed: Windows cannot rename open files.
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(name).chmod(_MODE)

    def rename_all(self) -> None:
        """Rename all files to their final names."""
        for temporary, target in self._files.items():
            with _errors_for(target):
                temporary.replace(target)
        self._files.clear()
        self._folders.clear()

    def remove(self) -> None:
        """Remove the files that are not renamed, and the folders that were created for them."""
        for temporary in self._files:
            temporary.unlink(missing_ok=True)
        for folder in reversed(self._folders):
            with suppress(OSError):
                folder.rmdir()

    def _make_folder(self, folder: Path) -> None:
        missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
        for parent in reversed(missing):
            parent.mkdir(exist_ok=True)
            self._folders.append(parent)


def _write_to_stream(path: Path, data: bytes) -> None:
    if not is_standard_output(path):
        with path.open("wb") as stream:
            stream.write(data)
        return
    sys.stdout.flush()
    # By its descriptor: reopening it by name would truncate a file that it is redirected to.
    # The reader may have closed the pipe, as `| head` does.
    with suppress(BrokenPipeError), os.fdopen(os.dup(sys.stdout.fileno()), "wb") as stream:
        stream.write(data)


@contextmanager
def _errors_for(path: Path) -> Iterator[None]:
    """Report errors for the target file, not for the temporary one."""
    try:
        yield
    except OSError as error:
        raise unwritable(path, error) from error


def links_to_ancestor(folder: Path) -> bool:
    """Say whether a folder is a link to a folder that contains it, so that it never ends."""
    return folder.is_symlink() and folder.parent.resolve().is_relative_to(folder.resolve())
