"""How full the sheets of all handouts are, what breaks put apart, and what is small in large print.

`make sheets` prints what it found, and how many sheets the handouts have. Breaks and small words
are looked for in booklets and packs, too.
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from bench.cost import ROOT
from bench.sheets.breaks import breaks
from bench.sheets.filled import LAYOUTS, filled, handouts
from bench.sheets.letters import small_words
from sourced_guide.build.workers import in_threads

if TYPE_CHECKING:
    from pathlib import Path


def main() -> int:
    """Print the faults of all handouts and how many sheets they have; return 1 if there are any."""
    folder = ROOT / "site/handouts"
    with in_threads(filled, handouts(folder)) as begun:
        measured = [task.result() for task in begun]
    faults = [fault for each in measured for fault in each.faults]
    with in_threads(faults_of, pdfs(folder)) as read:
        faults += [fault for task in read for fault in task.result()]
    count: Counter[str] = Counter()
    for each in measured:
        count[each.layout] += len(each.sheets)
    print("\n".join(faults))
    print(", ".join(f"{layout}: {count[layout]} sheets" for layout in LAYOUTS))
    return 1 if faults else 0


def pdfs(folder: Path) -> list[Path]:
    """Return all PDFs in a folder, but for the booklet to fold, which has no tags."""
    return [file for file in sorted(folder.glob("*.pdf")) if file.name != "guide-fold.pdf"]


def faults_of(file: Path) -> list[str]:
    """Return what breaks put apart in a PDF, and what is small in large print."""
    return [*breaks(file), *(small_words(file) if file.stem.endswith("-large") else ())]


if __name__ == "__main__":
    sys.exit(main())
