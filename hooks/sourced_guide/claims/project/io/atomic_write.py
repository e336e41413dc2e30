"""Files that appear whole or not at all: one, or several together.

What is written lies under a temporary name beside its place until all of it is there. So a full
disk or a signal leaves what was there before. Only a kill that cannot be caught (SIGKILL, a power
cut) may leave temporary files; `remove_unfinished` clears them away.
"""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.claims.model.errors import unwritable
from sourced_guide.claims.project.io.signals import uninterrupted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_UNFINISHED = ".unfinished-"
# NamedTemporaryFile's are for their owner only; a web server has to read these.
_MODE = 0o644


def write_whole(path: Path, content: str | bytes) -> None:
    """Write one file as `write_together` does."""
    write_together({path: content})


def write_together(contents: Mapping[Path, str | bytes]) -> None:
    """Write all of these files, or leave every one of them as it was.

    Text is written as UTF-8, with the line ends that it has. Links are followed. A device, a pipe
    and our own standard output are no files that could be replaced: they are written to.

    Raises UnwritableFileError where one of them cannot be written.
    """
    pending = _Pending()
    try:
        for path, content in contents.items():
            data = content.encode() if isinstance(content, str) else content
            with _naming(path):
                pending.add(path, data)
        with uninterrupted():
            pending.put_in_place()
    finally:
        pending.remove()
    for path, data in pending.streamed.items():
        with _naming(path):
            _write_to_stream(path, data)


def remove_unfinished(folder: Path) -> None:
    """Remove what a process that was killed has left in a folder and below it."""
    for path in folder.rglob(f"{_UNFINISHED}*"):
        with suppress(OSError):
            path.unlink()


def is_standard_output(path: Path) -> bool:
    """Whether a path is another name of our own standard output, as /dev/stdout is."""
    with suppress(OSError, ValueError, AttributeError):
        return os.path.samestat(path.stat(), os.fstat(sys.stdout.fileno()))
    return False


class _Pending:
    """Files under temporary names, and the folders that were made for them."""

    def __init__(self) -> None:
        self.streamed: dict[Path, bytes] = {}
        self._files: dict[Path, Path] = {}
        self._folders: list[Path] = []

    def add(self, path: Path, data: bytes) -> None:
        """Write a file under a temporary name, or note it where it is none that can be replaced."""
        target = Path(os.path.realpath(path))
        # Only links that lead in a circle are left.
        if wrong := errno.EISDIR if path.is_dir() else errno.ELOOP if target.is_symlink() else None:
            raise OSError(wrong, os.strerror(wrong))
        if is_standard_output(path) or (path.exists() and not path.is_file()):
            self.streamed[path] = data
            return
        self._make_folder(target.parent)
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=_UNFINISHED)
        self._files[Path(name)] = target
        # It is closed before it is renamed: Windows renames no file that is open.
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(name).chmod(_MODE)

    def put_in_place(self) -> None:
        """Give all files their names."""
        for temporary, target in self._files.items():
            with _naming(target):
                temporary.replace(target)
        self._files.clear()
        self._folders.clear()

    def remove(self) -> None:
        """Remove what has not got its name, and the folders that were made for it."""
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
    # By its number: reopened by its name, a file that it leads to would be cut to nothing.
    # Whoever read it may have left, as `| head` does.
    with suppress(BrokenPipeError), os.fdopen(os.dup(sys.stdout.fileno()), "wb") as stream:
        stream.write(data)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Let an error name the file that was asked for; the temporary one means nothing to anybody."""
    try:
        yield
    except OSError as error:
        raise unwritable(path, error) from error


def leads_up(folder: Path) -> bool:
    """Say whether a folder is a link to one that it lies in: what it holds has no end."""
    return folder.is_symlink() and folder.parent.resolve().is_relative_to(folder.resolve())
