"""What handouts leave out: few claims, and each page that does is named with its reason."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lxml.html import document_fromstring

from sourced_guide.build.built_site.page import built_name

from ..front_matter import ROOT
from .sheets import squeezed

if TYPE_CHECKING:
    from pathlib import Path

# In 100 of the claims of a page.
MOST = 15


def test_few_claims_are_for_the_web_alone_and_the_reason_is_told(guide_site: Path) -> None:
    told = json.loads((guide_site / "claims.json").read_text("utf-8"))
    reasons = (ROOT / "docs/editors/handouts.md").read_text("utf-8")
    left_out = {}
    for page in told["pages"]:
        html = document_fromstring((guide_site / built_name(page["path"])).read_text("utf-8"))
        for mark in html.cssselect("article sup"):
            mark.drop_tree()
        blocks = html.cssselect("article .web-only")
        left = squeezed(" ".join(block.text_content() for block in blocks))
        for block in blocks:
            block.drop_tree()
        kept = squeezed(html.text_content())
        claims = [claim for claim in told["claims"] if claim["page"] == page["path"]]
        texts = [squeezed(claim["text"]) for claim in claims]
        count = sum(text in left and text not in kept for text in texts)
        if count:
            left_out[page["path"]] = 100 * count / len(claims)
    assert "warning-signs.md" in left_out
    for path, share in left_out.items():
        assert share <= MOST, path
        assert f"| `{path}` |" in reasons
