"""Makes small faults in the code, one at a time, and counts those that the tests catch.

`make mutate-code` runs it. The faults are in code_mutations.yml. Each is made in a scratch copy of
the checkout, so that nobody's work is touched, and tried with the tests that the list names for
it; with --all, with all of `make test`. Before that the tests have to pass as the code is. The exit
code is 0 where every fault is caught.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parent.parent
LIST = Path(__file__).with_suffix(".yml")
_LAST_LINES = 30


class UnusableListError(Exception):
    """The list names a place that is not there, or not once; the message says which."""


@dataclass(frozen=True)
class CodeMutation:
    """A fault: in the one of the files `file` that has it, `new` replaces `old`.

    `breaks` says what somebody would notice, `tests` names the files that catch it.
    """

    file: str
    old: str
    new: str
    breaks: str
    tests: tuple[str, ...]

    def applied(self, folder: Path) -> tuple[Path, str]:
        """Return the file in `folder` that the fault is in, and its text with the fault.

        Raises UnusableListError where `old` does not stand in these files exactly once.
        """
        texts = {path: path.read_text("utf-8") for path in sorted(folder.glob(self.file))}
        times = sum(text.count(self.old) for text in texts.values())
        if times != 1:
            raise UnusableListError(
                f"{LIST.name}: {self.file} has '{self.old}' {times} times; it must be there once"
            )
        path = next(path for path, text in texts.items() if self.old in text)
        return path, texts[path].replace(self.old, self.new)


def read_mutations() -> list[CodeMutation]:
    """Return the faults of the list, in its order."""
    listed = yaml.safe_load(LIST.read_text("utf-8"))
    return [CodeMutation(**{**each, "tests": tuple(each["tests"])}) for each in listed]


@contextmanager
def scratch_copy() -> Iterator[Path]:
    """Copy the checkout, with a .venv whose commands and imports are the copy's own."""
    with tempfile.TemporaryDirectory(prefix="code-mutations-") as made:
        folder = Path(made) / "checkout"
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
        for name in filter(None, listed.stdout.split("\0")):
            # A file may be removed and not yet committed.
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)
        _make_environment(folder)
        yield folder


def _make_environment(folder: Path) -> None:
    """Make a .venv that has what ours has, but for the project's own package."""
    venv.create(folder / ".venv", symlinks=True)
    ours, its = Path(sys.prefix), folder / ".venv"
    [packages] = its.glob("lib/python*/site-packages")
    shared = ours / packages.relative_to(its)
    (packages / "checkout.pth").write_text(f"{folder / 'hooks'}\n{shared}\n")
    for command in (ours / "bin").iterdir():
        copy = its / "bin" / command.name
        if copy.exists() or not command.is_file():
            continue
        content = command.read_bytes()
        if content.startswith(b"#!"):
            copy.write_bytes(content.replace(os.fsencode(ours), os.fsencode(its), 1))
            copy.chmod(0o755)
        else:
            copy.symlink_to(command)


def failing(folder: Path, tests: Sequence[str], workers: str = "0") -> str:
    """Run tests of a copy up to the first that fails; return what pytest says of it, or nothing.

    A fault that keeps a test from being imported has failed it, too.
    """
    result = subprocess.run(
        [
            *(folder / ".venv/bin/python", "-m", "pytest", "-x", "-n", workers),
            *("-p", "no:cacheprovider", *tests),
        ],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "NO_MKDOCS_2_WARNING": "1"},
    )
    if result.returncode == 0:
        return ""
    return "\n".join((result.stdout + result.stderr).splitlines()[-_LAST_LINES:])


def _named_failure(said: str) -> str:
    lines = said.splitlines()
    found = (line for line in lines if line.startswith(("FAILED", "ERROR", "E  ")))
    return next(found, lines[-1] if lines else "")[:110]


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the faults and print a line for each; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.code_mutations", description=__doc__)
    parser.add_argument("--all", action="store_true", help="run all of `make test` for each fault")
    parser.add_argument("--only", default="", help="only faults in files with this in their path")
    options = parser.parse_args(arguments)
    try:
        mutations = [each for each in read_mutations() if options.only in each.file]
        faults = [each.applied(ROOT) for each in mutations]
    except UnusableListError as error:
        print(error, file=sys.stderr)
        return 2
    missed = _try_all(mutations, faults, every_test=options.all)
    if missed is None:
        return 2
    print(f"{len(mutations) - missed} of {len(mutations)} caught, {missed} missed")
    return 1 if missed else 0


def _try_all(
    mutations: Sequence[CodeMutation], faults: Sequence[tuple[Path, str]], *, every_test: bool
) -> int | None:
    """Return how many faults the tests missed; None where they fail without any fault."""
    side_by_side = 1 if every_test else os.cpu_count() or 1
    with ExitStack() as stack:
        copies: Queue[Path] = Queue()
        for _ in range(side_by_side):
            copies.put(stack.enter_context(scratch_copy()))
        named = () if every_test else sorted({test for each in mutations for test in each.tests})
        copy = copies.get()
        if said := failing(copy, named, "auto"):
            print(f"These tests fail without any fault:\n{said}", file=sys.stderr)
            return None
        copies.put(copy)

        def tried(mutation: CodeMutation, fault: tuple[Path, str]) -> str:
            folder = copies.get()
            path, text = folder / fault[0].relative_to(ROOT), fault[1]
            original = path.read_bytes()
            path.write_text(text, "utf-8")
            try:
                if every_test:
                    return failing(folder, (), "auto")
                return failing(folder, mutation.tests)
            finally:
                path.write_bytes(original)
                copies.put(folder)

        missed = 0
        with ThreadPoolExecutor(side_by_side) as threads:
            for mutation, (path, _), said in zip(
                mutations, faults, threads.map(tried, mutations, faults), strict=True
            ):
                missed += not said
                print(
                    f"{'caught' if said else 'MISSED'}  {path.relative_to(ROOT)}: {mutation.breaks}"
                )
                if said:
                    print(f"        {_named_failure(said)}")
        return missed


if __name__ == "__main__":
    sys.exit(main())
