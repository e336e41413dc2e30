"""The confirmations file of earlier versions, which `guide review take` moves to review logs.

It is YAML with one entry per claim-passage link:

    - file: docs/symptoms.md
      claim: The pain is usually worse at night.
      passage: jama-2020#night-pain
      fingerprint: 3f2a9c01d4e57b6088c1f0a2b3d4e5f6
      by: Jane Doe, nurse
      on: 2026-11-21

`file` is relative to the folder of mkdocs.yml and, with `claim` and `passage`, says what was read;
`fingerprint` says whether it is still the same. `times` says how often the claim occurred in the
file with that citation, if more than once. The idea is Doorstop's, as that of the logs is: a link
records the fingerprint of what it was reviewed against, and is "suspect" (ours: stale) when that
changes (doorstop-dev/doorstop, docs/cli/validation.md).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sourced_guide.claims.model.confirmation import Confirmation
from sourced_guide.claims.project.io.entry_list import read_entries
from sourced_guide.claims.project.io.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_SCHEMA = Schema("confirmations.schema.json", "the file")


def read_confirmations(path: Path) -> list[Confirmation]:
    """Return the entries of the file; none where there is no file.

    Raises UnusableProjectError, naming line and field, where it cannot be read.
    """
    return [_as_confirmation(entry) for entry in read_entries(path, _SCHEMA)]


def _as_confirmation(entry: Mapping[str, str]) -> Confirmation:
    return Confirmation(
        entry["file"],
        entry["claim"],
        entry["passage"],
        entry["fingerprint"],
        entry["by"],
        date.fromisoformat(entry["on"]),
        int(entry.get("times", 1)),
    )
