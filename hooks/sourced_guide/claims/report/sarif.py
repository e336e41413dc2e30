"""`--format sarif`: for code scanning and for editors that read the common format.

Static Analysis Results Interchange Format 2.1.0 (OASIS Standard), with errata 01:
https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html.
The output is reproducible: it holds neither a time nor a machine's name.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sourced_guide.claims.model.sanitize import visible
from sourced_guide.claims.report.baseline import fingerprints
from sourced_guide.claims.rules.docs.explanation import Explanation, explain

if TYPE_CHECKING:
    from sourced_guide.claims.model.finding import Finding
    from sourced_guide.claims.report.result import Outcome
    from sourced_guide.claims.rules.docs.explanation import Documented

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_TOOL = "claims"
_DISTRIBUTION = "sourced-guide"
# The name of the root of the repository in code scanning.
_ROOT = "%SRCROOT%"
_FINGERPRINT = "claimsFinding/v1"
# A code span, which is not escaped, or a character that would begin HTML.
_HTML = re.compile(r"(`[^`]*`)|<")


def as_sarif(outcome: Outcome) -> str:
    """Return a SARIF log of one run, as JSON in ASCII."""
    index = {rule.code: number for number, rule in enumerate(outcome.rules)}
    results = []
    for finding, fingerprint in fingerprints(outcome.findings).items():
        result = _result(finding, index[finding.rule], fingerprint)
        if outcome.resolved is not None:
            result["baselineState"] = "unchanged" if finding.known else "new"
        results.append(result)
    run: dict[str, Any] = {
        "tool": {"driver": _driver(outcome)},
        "invocations": [{"executionSuccessful": True}],
        "originalUriBaseIds": {
            _ROOT: {"description": {"text": "The folder that file names are relative to."}}
        },
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    if outcome.not_judged:
        run["properties"] = {"notJudged": list(outcome.not_judged)}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1)


def _driver(outcome: Outcome) -> dict[str, Any]:
    driver: dict[str, Any] = {"name": _TOOL}
    # The version is unknown where the package is not installed.
    # It takes longer to load than all formats, for this one only.
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    with suppress(PackageNotFoundError):
        driver["version"] = version(_DISTRIBUTION)
    driver["rules"] = [_described(rule) for rule in outcome.rules]
    return driver


def _described(rule: Documented) -> dict[str, Any]:
    explanation = explain(rule)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.says},
        "fullDescription": {"text": f"{explanation.says} {explanation.why}".strip() or rule.says},
        "help": {"text": _help_text(explanation), "markdown": _help_markdown(explanation)},
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _help_text(explanation: Explanation) -> str:
    return (
        f"Why: {explanation.why}\n\nBad:\n{explanation.bad}\n\n"
        f"Good:\n{explanation.good}\n\nFix: {explanation.fix}"
    )


def _help_markdown(explanation: Explanation) -> str:
    why, fix = (_HTML.sub(lambda m: m[1] or r"\<", t) for t in (explanation.why, explanation.fix))
    return (
        f"**Why:** {why}\n\n**Bad:**\n\n````text\n{explanation.bad}\n````\n\n"
        f"**Good:**\n\n````text\n{explanation.good}\n````\n\n**Fix:** {fix}"
    )


def _result(finding: Finding, rule_index: int, fingerprint: str) -> dict[str, Any]:
    lines = [finding.message, f"help: {finding.help}"] if finding.help else [finding.message]
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": finding.severity.value,
        "message": {"text": "\n".join(map(_message, lines))},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": _artifact(finding.place.file),
                    "region": {
                        "startLine": finding.place.line,
                        "startColumn": finding.place.column,
                    },
                }
            }
        ],
        "partialFingerprints": {_FINGERPRINT: fingerprint},
    }


def _message(text: str) -> str:
    """Return `text` as SARIF's plain text: braces are placeholders, `[](` begins a link there.

    Braces are doubled (section 3.11.5). For links, 2.1.0 is silent; 2.2 escapes the bracket.
    """
    return visible(text).replace("{", "{{").replace("}", "}}").replace("](", r"\](")


def _artifact(file: str) -> dict[str, str]:
    """Return a location: a file outside of the root has an absolute URI."""
    if Path(file).is_absolute():
        return {"uri": Path(file).as_uri()}
    return {"uri": quote(os.fsencode(file)), "uriBaseId": _ROOT}
