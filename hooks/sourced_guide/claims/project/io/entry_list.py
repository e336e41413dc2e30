"""Files of ours that hold a list of entries, in YAML, so that changes can be reviewed like code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.model.third_party import plain_text_dumper
from sourced_guide.claims.project.io.atomic_write import write_atomically
from sourced_guide.claims.project.io.located_yaml import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sourced_guide.claims.project.io.schema import Schema

_ONE_LINE = 2**31 - 1


def read_entries(path: Path, schema: Schema) -> list[Mapping[str, str]]:
    """Return the entries of the file, every value as text; none where there is no file.

    Raises UnusableProjectError, naming line and field, where it cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return []
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 text (byte {error.start + 1})"
        raise UnusableProjectError(f"{path.name} is {reason}") from error
    except OSError as error:
        raise UnusableProjectError(f"{path.name} cannot be read: {error.strerror}") from error
    marked = read_yaml(text)
    for problem in marked.problems:
        place = f"{path.name}:{problem.line}:{problem.column}"
        raise UnusableProjectError(f"{place}: {problem.message}; {problem.help}")
    for fault in schema.problems(marked, path.name) if marked.value is not None else ():
        at = fault.place
        raise UnusableProjectError(
            f"{at.file}:{at.line}:{at.column}: {fault.message}; {fault.help}"
        )
    return list(marked.value or ())


def write_entries(path: Path, header: str, entries: Iterable[Mapping[str, Any]]) -> None:
    """Write the entries in their order below `header`, atomically.

    Raises UnwritableFileError where the file cannot be written.
    """
    # `read_yaml` reads every value as text, also `on` and days.
    text: str = yaml.dump(
        list(entries),
        Dumper=plain_text_dumper(),
        sort_keys=False,
        allow_unicode=True,
        width=_ONE_LINE,
    )
    write_atomically(path, header + text)
