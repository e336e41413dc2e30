"""The confirmations file: who read a claim together with its passage, and when.

It is YAML with one entry per claim-passage link, so that changes can be reviewed like code:

    - file: docs/symptoms.md
      claim: The pain is usually worse at night.
      passage: jama-2020#night-pain
      fingerprint: 3f2a9c01d4e57b6088c1f0a2b3d4e5f6
      by: Jane Doe, spine nurse
      on: 2026-11-21

`file` is relative to the folder of mkdocs.yml and, with `claim` and `passage`, says what was read;
`fingerprint` says whether it is still the same. `times` says how often the claim occurred in the
file with that citation, if more than once. Only `guide confirm` writes the file, and only what a
person answered. The idea is Doorstop's: a link records the fingerprint of what it was reviewed
against, and is "suspect" (ours: stale) when that changes (doorstop-dev/doorstop,
docs/cli/validation.md).
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING

from sourced_guide.claims.model.confirmation import Confirmation
from sourced_guide.claims.project.io.entry_list import read_entries, write_entries
from sourced_guide.claims.project.io.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_HEADER = "# Who read which claim with its passage and found them to agree: see `guide confirm`.\n"
_SCHEMA = Schema("confirmations.schema.json", "the file")
_TEXTS = tuple(field.name for field in fields(Confirmation) if field.type == "str")


def read_confirmations(path: Path) -> list[Confirmation]:
    """Return the entries of the file; none where there is no file.

    Raises UnusableProjectError, naming line and field, where it cannot be read.
    """
    return [_as_confirmation(entry) for entry in read_entries(path, _SCHEMA)]


def write_confirmations(path: Path, confirmations: Iterable[Confirmation]) -> None:
    """Write the entries in their order, atomically.

    Raises UnwritableFileError where the file cannot be written.
    """
    write_entries(path, _HEADER, map(_as_fields, sorted(confirmations)))


def _as_confirmation(entry: Mapping[str, str]) -> Confirmation:
    texts = {name: entry[name] for name in _TEXTS}
    day = date.fromisoformat(entry["on"])
    return Confirmation(**texts, on=day, times=int(entry.get("times", 1)))


def _as_fields(confirmation: Confirmation) -> dict[str, str | int]:
    texts = {name: getattr(confirmation, name) for name in _TEXTS}
    times = {"times": confirmation.times} if confirmation.times > 1 else {}
    return {**texts, "on": str(confirmation.on), **times}
