"""Applies a project's settings to the rules: some are ignored, some have another severity."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sourced_guide.claims.model.finding import Severity
from sourced_guide.claims.model.suggest import did_you_mean
from sourced_guide.claims.project.options import Options, RuleSetting, unusable_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sourced_guide.claims.rules.rule import Rule


def rules_in_use(rules: Sequence[Rule], options: Options) -> list[Rule]:
    """Return the rules that a project does not ignore, with the severity that it sets.

    Raises UnusableProjectError where a setting names no rule, or a rule that is required.
    """
    settings = _settings_by_code(rules, options)
    severities = {code: setting.severity for code, setting in settings.items() if setting.severity}
    return [
        replace(rule, severity=severities.get(rule.code, rule.severity))
        for rule in rules
        if rule.code not in settings or settings[rule.code].severity
    ]


def _settings_by_code(rules: Sequence[Rule], options: Options) -> dict[str, RuleSetting]:
    """Return the settings by the code of their rule; the last one of a rule counts."""
    by_name = {name: rule for rule in rules for name in (rule.code, rule.name)}
    settings = {}
    for setting in options.rule_settings:
        rule = by_name.get(setting.rule)
        if rule is None:
            listed = ", ".join(rule.code for rule in rules)
            guess = did_you_mean(setting.rule, by_name) or f"rules: {listed}"
            raise unusable_option(setting.place, f"there is no rule '{setting.rule}'", guess)
        if rule.required and setting.severity is not Severity.ERROR:
            verb = "made a warning" if setting.severity else "ignored"
            message = f"{rule.code} ({rule.name}) cannot be {verb}"
            raise unusable_option(
                setting.place, message, "remove it, and correct what the rule finds"
            )
        settings[rule.code] = setting
    return settings
