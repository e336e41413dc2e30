"""Files that appear whole or not at all."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile


def write_whole(path: Path, content: str | bytes) -> None:
    """Write `content` under a temporary name in the same folder, then rename it to `path`.

    Text is written as UTF-8, with the line ends that it has.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("wb", dir=path.parent, prefix=".", delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            # NamedTemporaryFile is for its owner only; a web server has to read this one.
            temporary.chmod(0o644)
            temporary.replace(path)
        except BaseException:
            temporary.unlink()
            raise


def leads_up(folder: Path) -> bool:
    """Say whether a folder is a link to one that it lies in: what it holds has no end."""
    return folder.is_symlink() and folder.parent.resolve().is_relative_to(folder.resolve())
