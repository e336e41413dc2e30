"""`--format json`: for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sourced_guide.claims.report.result import Outcome


def as_json(outcome: Outcome) -> str:
    """Return the findings and their number as JSON; ASCII, whatever the terminal's encoding.

    Where only a part of the pages was checked, it also says which rules could not be judged.
    """
    findings = [finding.as_dict() for finding in outcome.findings]
    data: dict[str, Any] = {"findings": findings, "count": len(findings)}
    if outcome.not_judged:
        data["not_judged"] = list(outcome.not_judged)
    return json.dumps(data, indent=1)
