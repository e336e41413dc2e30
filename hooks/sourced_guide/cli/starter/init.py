"""`guide init`: writes a small site that checks, builds, prints and certifies at once.

Its files are in `site/`; what a guide on medicine has beside them is in `medical/`. In
both, `@name@` stands for a value. Lines that end in `#medical` or `#plain` are for one kind only.
Git would read files that begin with a dot here, so `dot-` stands for the dot.
"""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.io.atomic_write import write_atomically
from sourced_guide.claims.report.text import counted
from sourced_guide.cli.command import Command, Result

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Mapping

_FOLDERS = {False: ("site",), True: ("site", "medical")}
_FOR_ONE_KIND = re.compile(r"^(?P<line>.*?) *#(?P<kind>medical|plain)\n", re.MULTILINE)
_VALUE = re.compile(r"@(?P<name>[a-z]+)@")
# In these, a value is part of YAML, where a title may need quotes.
_YAML = (".yml", ".yaml")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", help="a folder that is new or empty")
    parser.add_argument("--title", required=True, help="the title of the guide, a topic")
    parser.add_argument(
        "--medical", action="store_true", help="for a guide on health: its words and settings"
    )


def _start(options: Namespace) -> Result:
    folder, title = Path(options.folder), " ".join(options.title.split())
    if not title:
        raise UnusableProjectError("--title must say what the guide is about")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UnusableProjectError(f"{folder} exists and is not empty: name a new folder")
    values = {
        "title": title,
        "description": f"{title}, with a source for every statement",
        "version": version("sourced-guide"),
        "guide": str(Path(sys.executable).with_name("guide")),
    }
    written = dict(_files(values, medical=options.medical))
    for name, text in written.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, text)
    return Result(
        f"{counted(len(written), 'file')} in {folder}\n"
        f"next: cd {folder} && make site, then read README.md there"
    )


def _files(values: Mapping[str, str], *, medical: bool) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each file of a new site."""
    kind = "medical" if medical else "plain"
    for name in _FOLDERS[medical]:
        folder = Path(str(files(__package__).joinpath(name)))
        for path in sorted(folder.rglob("*")):
            if not path.is_file():
                continue
            text = _FOR_ONE_KIND.sub(
                lambda found: f"{found['line']}\n" if found["kind"] == kind else "",
                path.read_text("utf-8"),
            )
            shown = path.relative_to(folder).as_posix().replace("dot-", ".")
            yield shown, _filled(text, values, path.suffix)


def _filled(text: str, values: Mapping[str, str], suffix: str) -> str:
    """Return a text with its values; in YAML and in front matter they are quoted where needed."""
    quoted = {name: _in_yaml(value) for name, value in values.items()}
    if suffix in _YAML:
        return _with(text, quoted)
    front = _FRONT_MATTER.match(text)
    start = front.end() if front else 0
    return _with(text[:start], quoted) + _with(text[start:], values)


def _with(text: str, values: Mapping[str, str]) -> str:
    return _VALUE.sub(lambda found: values.get(found["name"], found.group()), text)


def _in_yaml(value: str) -> str:
    is_plain = re.fullmatch(r"[A-Za-z][\w ()/+-]*", value)
    return value if is_plain else json.dumps(value, ensure_ascii=False)


COMMAND = Command("init", "write a small guide to start from", _add_options, start=_start)
