"""The plugin in a site that was written without it: findings and a baseline, no broken build."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..commands import claims, run
from .sites import SOURCE, write_site

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess

PAGE = "# Bicycles\n\nA chain breaks after 5,000 km. Oil it twice a week.\n"
UNCITED = "SRC001 a sentence has no source: "


def build(site: Path) -> CompletedProcess[str]:
    return run("mkdocs", "build", "--strict", cwd=site)


def stranger(folder: Path, page: str = PAGE) -> Path:
    """Write a site whose settings name only the plugin."""
    return write_site(
        folder,
        {"docs/index.md": page},
        plugins=["search", "sourced-guide"],
        markdown_extensions=["admonition"],
        theme="mkdocs",
        nav=None,
        exclude_docs="",
    )


# Each build takes a second.
def test_the_first_build_writes_a_baseline_and_later_ones_report_what_is_new(
    tmp_path: Path,
) -> None:
    site = stranger(tmp_path)
    first = build(site)
    assert first.returncode == 0, first.stderr
    assert "0 new findings, 3 findings in guide-baseline.json, which this build has" in first.stderr
    assert "SRC001 claim-without-source: 2" in first.stderr
    assert "docs/index.md:3:" not in first.stderr
    baseline = (site / "guide-baseline.json").read_text("utf-8")
    rules = [finding["rule"] for finding in json.loads(baseline)["findings"]]
    assert rules == ["REV001", "SRC001", "SRC001"]

    (site / "docs/index.md").write_text(f"{PAGE}\nBrakes never fail.\n", "utf-8")
    second = build(site)
    assert second.returncode == 0, second.stderr
    assert f"docs/index.md:5:1: {UNCITED}'Brakes never fail.'" in second.stderr
    assert "1 new finding, 3 findings in guide-baseline.json (gate: report)" in second.stderr
    assert (site / "guide-baseline.json").read_text("utf-8") == baseline
    checked = claims("check", cwd=site)
    assert checked.returncode == 1
    assert checked.stdout.endswith("1 finding in 1 file, 3 known\n")


def test_a_citation_works_although_only_the_plugin_is_named(tmp_path: Path) -> None:
    site = stranger(tmp_path, "# Chains\n\nA chain wears as it is used. [@chain-book#wear]\n")
    (site / "docs/references").mkdir()
    (site / "docs/references/chain-book.yml").write_text(SOURCE, "utf-8")
    assert build(site).returncode == 0
    page = (site / "site/index.html").read_text("utf-8")
    assert "Sources on this page" in page
    assert "[@chain-book" not in page


def test_with_the_gate_a_build_stops_at_what_is_not_in_the_baseline(tmp_path: Path) -> None:
    site = stranger(tmp_path)
    assert build(site).returncode == 0
    settings = (site / "mkdocs.yml").read_text("utf-8")
    gate = "- admonition\n- guide.claims: {baseline: guide-baseline.json}\n"
    (site / "mkdocs.yml").write_text(settings.replace("- admonition\n", gate), "utf-8")
    assert build(site).returncode == 0
    (site / "docs/index.md").write_text(f"{PAGE}\nBrakes never fail.\n", "utf-8")
    stopped = build(site)
    assert stopped.returncode == 1
    assert "Build stopped: 1 claim-check error" in stopped.stdout
