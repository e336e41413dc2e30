"""Files of records, in whichever format a reference manager or a database has written them."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import yaml

from sourced_guide.records.csl import fields_of
from sourced_guide.records.errors import RecordError
from sourced_guide.records.formats.bibtex import read_bibtex
from sourced_guide.records.formats.medline import read_medline
from sourced_guide.records.formats.ris import read_ris

if TYPE_CHECKING:
    from pathlib import Path

    from sourced_guide.records.csl import Item

FORMATS = "CSL JSON or YAML, BibTeX, BibLaTeX, RIS or .nbib"
# The format is detected by content, not by suffix.
_RIS = re.compile(r"^TY  ?-", re.MULTILINE)
_MEDLINE = re.compile(r"^PMID ?- ?\d", re.MULTILINE)
_BIBTEX = re.compile(r"^\s*@\w+\s*[{(]", re.MULTILINE)


def read_records(path: Path) -> list[Item]:
    """Return the records of a file as CSL items.

    Raises RecordError where it cannot be read, or is in none of the known formats.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordError(
            f"it is not UTF-8 text (byte {error.start + 1}); save it as UTF-8"
        ) from error
    except OSError as error:
        raise RecordError(f"it cannot be read: {error.strerror}") from error
    records = _records(text.replace("\r\n", "\n").replace("\r", "\n"))
    if not records:
        raise RecordError("it has no record")
    return records


def fields_by_key(path: Path) -> tuple[dict[str, Item], str]:
    """Return the fields of a source file for each record with a key, and why there are none.

    A record that makes no source file, as one without a title, is left out.
    """
    found: dict[str, Item] = {}
    try:
        records = read_records(path)
    except RecordError as error:
        return {}, str(error)
    for record in records:
        with suppress(RecordError):
            if key := str(record.get("id") or ""):
                found.setdefault(key, fields_of(record))
    return found, ""


def _records(text: str) -> list[Item]:
    start = text.lstrip()[:1]
    if start in ("[", "{"):
        return _from_json(text)
    if _RIS.search(text):
        return read_ris(text)
    if _MEDLINE.search(text):
        return read_medline(text)
    if _BIBTEX.search(text):
        return read_bibtex(text)
    if re.search(r"^references:", text, re.MULTILINE) or text.startswith("- "):
        return _from_yaml(text)
    raise RecordError(f"its format is not known; export it as {FORMATS}")


def _from_json(text: str) -> list[Item]:
    try:
        data = json.loads(text)
    except ValueError as error:
        raise RecordError(f"it is not JSON: {error}") from error
    except RecursionError as error:
        raise RecordError("it is not JSON that a record is written in: too deep") from error
    return _items(data)


def _from_yaml(text: str) -> list[Item]:
    try:
        data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 (makes texts, lists and mappings only)
    except yaml.YAMLError as error:
        raise RecordError(f"it is not YAML: {error}") from error
    except RecursionError as error:
        raise RecordError("it is not YAML that a record is written in: too deep") from error
    return _items(data)


def _items(data: Any) -> list[Item]:
    """Return items from a list of them, from one, or from what Crossref or Zotero put around it."""
    if isinstance(data, dict):
        data = data.get("message") or data.get("items") or data.get("references") or data
    if isinstance(data, dict):
        data = data.get("items") or [data]
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        raise RecordError("it has no list of CSL items")
    return list(data)
