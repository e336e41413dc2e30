"""What was found in the sources, as hosts answer, is published for each claim."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import yaml

from sourced_guide.cli.main import claims as main

from .conftest import Answer, Host, answer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from http.server import BaseHTTPRequestHandler

    import pytest

SAYS = "The pain is worse at night."
PAGE = answer(f"<p>{SAYS}".encode())
FOUND, NOT_FOUND, UNCHECKED = "found", "not found", "unchecked"


def breaks_off(handler: BaseHTTPRequestHandler) -> None:
    answer(SAYS.encode(), Content_Length="9999")(handler)


# What hosts answer, and what can be said of the passage then.
ANSWERS = {
    "as-it-was": (PAGE, FOUND),
    "changed": (answer(b"<p>The pain is worse by day."), NOT_FOUND),
    # It says the same twice, and nobody can tell which is meant.
    "twice": (answer(f"<p>{SAYS}<p>{SAYS}".encode()), NOT_FOUND),
    # A riddle for programs, from a host that says that all is well.
    "riddle": (answer(b"<p>Just a moment ... Are you a person?"), NOT_FOUND),
    "gone": (answer(status=410), UNCHECKED),
    "down": (answer(status=503), UNCHECKED),
    "forbidden": (answer(status=403), UNCHECKED),
    "breaks-off": (breaks_off, UNCHECKED),
}


def cite(project: Path, host: Host, answers: Mapping[str, Answer]) -> None:
    """Let a host answer for sources, and a page have a claim on each of them and on the first."""
    source = yaml.safe_load((project / "docs/references/spine.yml").read_text())
    source["passages"] = {"pain": source["passages"]["pain"]}
    for file in (project / "docs/references").iterdir():
        file.unlink()
    for key, response in answers.items():
        host.answers[f"/{key}"] = response
        text = yaml.safe_dump({**source, "title": key, "URL": host.url(f"/{key}")})
        (project / f"docs/references/{key}.yml").write_text(text)
    first = next(iter(answers))
    claims = [f"{SAYS} [@{key}#pain]\n\n{SAYS} [@{first}#pain; @{key}#pain]" for key in answers]
    (project / "docs/index.md").write_text("\n\n".join(claims))


def look(folder: str = "copies") -> None:
    main(["fetch", "--snapshots", folder])
    main(["verify", "--snapshots", folder, "--record"])


def published() -> list[dict[str, Any]]:
    """Return the claims of claims.json, which follows its schema."""
    assert main(["export", "claims.json"]) == 0
    data = json.loads(Path("claims.json").read_text("utf-8"))
    schema = files("sourced_guide.claims.report").joinpath("claims.schema.json").read_text("utf-8")
    jsonschema_rs.validator_for(json.loads(schema)).validate(data)
    claims: list[dict[str, Any]] = data["claims"]
    return claims


def statuses() -> list[str]:
    return [claim["lookup"] for claim in published()]


def test_each_claim_says_whether_its_passages_were_found(
    two_sources: Path, reachable: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    cite(two_sources, reachable, {key: response for key, (response, _) in ANSWERS.items()})
    look()
    out = capsys.readouterr().out
    assert "\npassages: 1 found, 3 not found, 4 unchecked\n" in out
    assert out.endswith("\nclaims: 2 found, 6 not found, 8 unchecked\n")
    claims = published()
    for alone, beside in zip(claims[::2], claims[1::2], strict=True):
        # With a passage that was found beside it, a claim is no better off.
        assert alone["lookup"] == beside["lookup"] == ANSWERS[alone["citations"][0]["source"]][1]
        looked_up = [cited.get("lookup", {}).get("result") for cited in beside["citations"]]
        assert looked_up[0] == FOUND
        assert (looked_up[1] or UNCHECKED) == beside["lookup"]
    Path("lookups.yml").unlink()
    assert statuses() == [UNCHECKED] * len(claims)


def test_a_lookup_holds_until_the_passage_is_changed_or_looked_up_again(
    two_sources: Path, reachable: Host
) -> None:
    cite(two_sources, reachable, {"one": PAGE, "two": PAGE})
    look("in-november")
    # What could not be fetched this time is as it was.
    reachable.answers |= {"/one": answer(b"<p>Moved."), "/two": answer(status=503)}
    look("in-december")
    assert statuses() == [NOT_FOUND, NOT_FOUND, FOUND, NOT_FOUND]
    file = two_sources / "docs/references/one.yml"
    file.write_text(file.read_text().replace("worse at night\n", "at night\n", 1))
    assert statuses() == [UNCHECKED, UNCHECKED, FOUND, UNCHECKED]


def test_a_record_that_cannot_be_read_is_named_with_its_place(
    two_sources: Path, reachable: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    cite(two_sources, reachable, {"one": PAGE})
    Path("lookups.yml").write_text("- passage: one#pain\n  result: probably\n")
    assert main(["export", "claims.json"]) == 2
    assert "lookups.yml:1:3: '[1]' lacks the field 'fingerprint'" in capsys.readouterr().err
    assert not Path("claims.json").exists()
