"""`make fuzz`: feeds the check broken and adversarial projects.

Whatever lies in the folder, `claims check` ends with findings or with one sentence that says why
it could not run: never with a traceback, and never later than in ten seconds. A page that it takes
must also render. Each project is checked in a process of its own. Known adversarial pieces stand in
every place, and the guide's own files are changed at random; the same seed makes the same projects.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.cost import say
from bench.fuzz.projects import projects, small_project
from bench.fuzz.trial import fault_of, kind, shrunk

if TYPE_CHECKING:
    from bench.fuzz.projects import Project


def main() -> int:
    """Run until the time is up; return 1 where something broke the check."""
    parser = argparse.ArgumentParser(description="Feeds the check broken and adversarial projects.")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    base = small_project()
    print(f"seed {options.seed}, {options.seconds:g} seconds")
    end = time.monotonic() + options.seconds
    seen: set[str] = set()
    number = 0
    for number, project in enumerate(projects(base, options.seed), 1):
        fault = fault_of(project)
        if fault and kind(fault) not in seen:
            seen.add(kind(fault))
            print(f"\n{project.name}: {fault}\n  saved in {_save(shrunk(project, fault))}")
        say(f"{number} projects, {len(seen)} faults: {project.name[:60]}")
        if time.monotonic() > end:
            break
    print(f"{number} projects checked, {len(seen)} kinds of fault")
    return 1 if seen else 0


def _save(project: Project) -> Path:
    """Write a project to a folder that stays; return the folder."""
    digest = hashlib.sha256(project.name.encode()).hexdigest()[:8]
    folder = Path(tempfile.gettempdir()) / f"claims-fuzz-{digest}"
    shutil.rmtree(folder, ignore_errors=True)
    project.write(folder)
    return folder


if __name__ == "__main__":
    sys.exit(main())
