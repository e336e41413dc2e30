"""`--format json`: for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sourced_guide.claims.report.result import Outcome


def as_json(outcome: Outcome) -> str:
    """Return the findings and their number as JSON; ASCII, whatever the terminal's encoding."""
    findings = [finding.as_dict() for finding in outcome.findings]
    return json.dumps({"findings": findings, "count": len(findings)}, indent=1)
