"""The commands of `claims`, one module each, in the order that `claims --help` lists them."""

from __future__ import annotations

from sourced_guide.cli import certify, check, confirm, export, fetch, report, rules, verify
from sourced_guide.cli.command import Command

COMMANDS: tuple[Command, ...] = (
    check.COMMAND,
    fetch.COMMAND,
    verify.COMMAND,
    confirm.COMMAND,
    report.COMMAND,
    export.COMMAND,
    certify.COMMAND,
    rules.COMMAND,
)
