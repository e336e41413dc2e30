"""Review logs: what each reviewer answered, one file a person, so that two never conflict.

`reviews/<name>.yml` has who they are, how many entries there are, the chain value of the last one,
and the entries:

    name: "Jane Doe"
    role: "nurse"
    clinician: "yes"
    interests: "none"
    count: "1"
    head: "9d0c…"
    entries:
    - claim: "The pain is often worse at night."
      files:
        "docs/symptoms.md": "1"
      passages:
        "jama-2020#night-pain": "3f2a9c01d4e57b6088c1f0a2b3d4e5f6"
      answer: "agree"
      on: "2026-11-21"
      chain: "9d0c…"

`chain` is the SHA-256 of the canonical JSON (sorted keys, no spaces, UTF-8) of a list: the chain
value before it, and the entry without `chain`. Before the first entry, that is the SHA-256 of the
canonical JSON of the person's four fields. A file has exactly the bytes that the program writes, so
a change of any byte is found. It has no secret: who can write all of it can also make a new chain.
That shows only against an edition that was published before (`guide review verify`).

The idea of a chain of entries, each with the hash of the one before, is that of S. Haber and
W. S. Stornetta, "How to time-stamp a digital document", J Cryptol 3, 1991.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.model.confirmation import ReviewEntry, Reviewer, ReviewLog
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.io.atomic_write import write_atomically
from sourced_guide.claims.project.io.located_yaml import MarkedYaml, read_yaml
from sourced_guide.claims.project.io.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

# The folder of the logs, beside mkdocs.yml.
REVIEWS = "reviews"
_SCHEMA = Schema("review-log.schema.json", "the file")
_HEADER = (
    "# What this person read and answered. Only `guide review take` and `guide confirm` write it:\n"
    "# each entry holds a digest of the one before, and REV004 finds a byte that was changed.\n"
)
_ABOUT = ("role", "clinician", "interests")
_LONGEST_SLUG = 64
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
# What a YAML file cannot hold as it is, beyond what JSON escapes.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def slug_of(name: str) -> str:
    """Return the name of a person's log: `Jane Doe` has `jane-doe.yml`.

    Raises UnusableProjectError where the name has neither letter nor digit.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    if slug := _NOT_IN_SLUG.sub("-", plain)[:_LONGEST_SLUG].strip("-"):
        return slug
    # A name in another script.
    if not any(letter.isalnum() for letter in name):
        raise UnusableProjectError(f"'{name}' is not the name of a person")
    return f"reviewer-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def read_review_logs(folder: Path) -> list[ReviewLog]:
    """Return the logs in a project's folder, by their names, with what is wrong with each.

    Raises UnusableProjectError where a file cannot be read at all.
    """
    return [_read(path) for path in sorted((folder / REVIEWS).glob("*.yml"))]


def append_entries(folder: Path, entries: Sequence[ReviewEntry]) -> int:
    """Append entries of one person to their log, and return how many it did not have before.

    Raises UnusableProjectError where the log is broken, UnwritableFileError where it cannot be
    written.
    """
    slug = slug_of(entries[0].reviewer.name)
    path = folder / REVIEWS / f"{slug}.yml"
    log = _read(path) if path.exists() else ReviewLog(slug, _shown(path))
    for line, fault in log.faults[:1]:
        advice = "nothing was added; `guide check` says what is wrong"
        raise UnusableProjectError(f"{log.file}:{line}: {fault}; {advice}")
    if log.entries and log.entries[0].reviewer.name != entries[0].reviewer.name:
        known = log.entries[0].reviewer.name
        reason = f"{log.file} is the log of '{known}', and '{entries[0].reviewer.name}' would share"
        raise UnusableProjectError(f"{reason} its name: write both names in full")
    # An answer in a terminal is always a new one; a file of answers may be taken twice.
    known_answers = {entry.what for entry in log.entries if entry.at}
    new = [entry for entry in entries if entry.what not in known_answers]
    if new:
        write_atomically(path, _written([*log.entries, *new]))
    return len(new)


def _shown(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _read(path: Path) -> ReviewLog:
    slug, shown = path.stem, _shown(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnusableProjectError(f"{shown} cannot be read: {error.strerror}") from error
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        fault = f"the file is not UTF-8 text (byte {error.start + 1})"
        return ReviewLog(slug, shown, faults=[(1, fault)])
    marked = read_yaml(text)
    faults = [(problem.line, problem.message) for problem in marked.problems]
    if not faults:
        faults = [(it.place.line, it.message) for it in _SCHEMA.problems(marked, shown)]
    if faults:
        return ReviewLog(slug, shown, faults=faults)
    entries = list(_entries(marked.value))
    return ReviewLog(slug, shown, entries, list(_faults(slug, text, marked, entries)))


def _entries(written: Mapping[str, Any]) -> Iterator[ReviewEntry]:
    about = {name: written[name] for name in _ABOUT}
    for entry in written["entries"]:
        about |= {name: entry[name] for name in _ABOUT if name in entry}
        yield ReviewEntry(
            Reviewer(
                written["name"], about["role"], about["interests"], about["clinician"] == "yes"
            ),
            entry["claim"],
            {file: int(times) for file, times in entry["files"].items()},
            entry["passages"],
            entry["answer"],
            date.fromisoformat(entry["on"]),
            entry.get("comment", ""),
            entry.get("at", ""),
            entry.get("pack", ""),
            {name: int(times) for name, times in entry.get("replaces", {}).items()},
            tuple(entry.get("resolves", ())),
            entry["chain"],
        )


def _faults(
    slug: str, text: str, marked: MarkedYaml, entries: Sequence[ReviewEntry]
) -> Iterator[tuple[int, str]]:
    """Yield where a log is not what the program wrote: the first place of each kind."""
    value = marked.value
    name = value["name"]
    try:
        is_named = slug_of(name) == slug
    except UnusableProjectError:
        is_named = False
    if not is_named:
        yield marked.place(("name",))[0], f"the file has another name than that of '{name}'"
    for number, (entry, chained) in enumerate(zip(entries, _chained(entries), strict=True)):
        if entry.chain != chained.chain:
            before = f"entry {number}" if number else "the name, role and interests at the top"
            line = marked.place(("entries", number))[0]
            yield line, f"entry {number + 1} does not follow from {before}: something was changed"
            return
    if int(value["count"]) != len(entries):
        reason = f"there are {len(entries)} entries, and 'count' is {value['count']}"
        yield marked.place(("count",))[0], f"{reason}: entries at the end were added or removed"
    elif value["head"] != entries[-1].chain:
        yield marked.place(("head",))[0], "'head' is not the chain value of the last entry"
    elif (written := _written(entries)) != text:
        lines = zip_longest(text.split("\n"), written.split("\n"))
        at = next(number for number, (one, other) in enumerate(lines, 1) if one != other)
        yield at, "the file is not as the program wrote it"


def _chained(entries: Sequence[ReviewEntry]) -> list[ReviewEntry]:
    """Return the entries with the chain values that they should have."""
    before = _digest(_person(entries[0].reviewer))
    chained = []
    for entry, fields in zip(entries, _fields_of(entries), strict=True):
        before = _digest([before, fields])
        chained.append(replace(entry, chain=before))
    return chained


def _person(reviewer: Reviewer) -> dict[str, str]:
    return {
        "name": reviewer.name,
        "role": reviewer.role,
        "clinician": "yes" if reviewer.clinician else "no",
        "interests": reviewer.interests,
    }


def _fields_of(entries: Sequence[ReviewEntry]) -> Iterator[dict[str, Any]]:
    """Yield the fields of each entry, without its chain value and without what is empty."""
    told = _person(entries[0].reviewer)
    for entry in entries:
        now = _person(entry.reviewer)
        changed = {name: now[name] for name in _ABOUT if now[name] != told[name]}
        told = now
        optional = {
            "comment": entry.comment,
            "at": entry.at,
            "pack": entry.pack,
            **changed,
            "replaces": {name: str(times) for name, times in entry.replaces.items()},
            "resolves": list(entry.resolves),
        }
        yield {
            "claim": entry.claim,
            "files": {file: str(times) for file, times in entry.files.items()},
            "passages": dict(entry.passages),
            "answer": entry.answer,
            "on": entry.on.isoformat(),
            **{name: it for name, it in optional.items() if it or name in changed},
        }


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _written(entries: Sequence[ReviewEntry]) -> str:
    """Return the text of a log. It does not depend on how a version of PyYAML writes."""
    chained = _chained(entries)
    top = _person(entries[0].reviewer)
    top |= {"count": str(len(entries)), "head": chained[-1].chain}
    lines = [f"{name}: {_quoted(value)}" for name, value in top.items()]
    lines.append("entries:")
    for fields, entry in zip(_fields_of(entries), chained, strict=True):
        written = [line for name, it in fields.items() for line in _field(name, it)]
        written += _field("chain", entry.chain)
        lines += [f"{'  ' if number else '- '}{line}" for number, line in enumerate(written)]
    return _HEADER + "\n".join(lines) + "\n"


def _field(name: str, value: Any) -> list[str]:
    if isinstance(value, str):
        return [f"{name}: {_quoted(value)}"]
    if isinstance(value, list):
        return [f"{name}:", *(f"- {_quoted(item)}" for item in value)]
    return [f"{name}:", *(f"  {_quoted(key)}: {_quoted(it)}" for key, it in value.items())]


def _quoted(text: str) -> str:
    """Return a text as a JSON string that is also YAML."""
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
