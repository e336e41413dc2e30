"""The commands of `claims`, one module each, in the order that `claims --help` lists them."""

from __future__ import annotations

from guide.claims.commands import certify, check, confirm, export, fetch, report, rules, verify
from guide.claims.commands.command import Command

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
