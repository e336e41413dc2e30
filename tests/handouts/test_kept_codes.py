"""What is kept of the codes of handouts is what would be written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from sourced_guide.build.built_site.site import BuiltSite
from sourced_guide.build.handouts.codes import Code, codes_of
from sourced_guide.build.handouts.page_model import read_site
from sourced_guide.claims.project.store.store import Store

from .conftest import PAGES, Made, copy_site, spoil

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def codes(site: Path, store: Store) -> list[Code]:
    """Return the handouts that are not booklets, and keep what is kept of them."""
    built = BuiltSite(site, store)
    found, findings = codes_of(built, read_site(built), lambda _: False)
    store.save()
    assert findings == []
    return [code for code in found if not code.left_out]


def change(page: str, old: str, new: str) -> Callable[[Path], None]:
    """Return a change of a page: what matches `old` gets `new` at its end."""

    def edit(site: Path) -> None:
        path = site / page
        text, count = re.subn(f"({old})", rf"\g<1>{new}", path.read_text("utf-8"))
        assert count
        path.write_text(text, "utf-8")

    return edit


# Changes, and how many handouts they change: all but the card and the sheet in pictures have the
# warning block and its words.
CHANGES: dict[str, tuple[Callable[[Path], None], range]] = {
    "nothing": (lambda site: None, range(1)),
    "a page": (lambda site: spoil(site / "tests/index.html", "<p>New.</p>"), range(1, 2)),
    "the warning block": (
        change("warning-signs/index.html", 'admonition-title">[^<]*', " New"),
        range(5, 20),
    ),
    "who has read a page": (
        change("claims.json", r'"path": "tests\.md".{1,400}?"reviewer": "', "Dr "),
        range(1, 2),
    ),
    "titles of sources": (change("tests/index.html", "<summary>[^<]+", " New"), range(1, 20)),
    "the title of the guide": (
        change("claims.json", '"title": "Cancer in the spine', "!"),
        range(3, 20),
    ),
}


@pytest.mark.parametrize(("edit", "count"), CHANGES.values(), ids=CHANGES)
def test_kept_codes_are_as_written(
    edit: Callable[[Path], None], count: range, made: Made, tmp_path: Path
) -> None:
    site = copy_site(made.site, tmp_path / "site", PAGES)
    kept = tmp_path / "store"
    before = codes(site, Store(kept))
    edit(site)
    after, anew = codes(site, Store(kept)), codes(site, Store())
    assert [(code.name, code.digest) for code in after] == [
        (code.name, code.digest) for code in anew
    ]
    assert [code.text for code in after] == [code.text for code in anew]
    digests = {code.digest for code in before}
    assert len({code.digest for code in after} - digests) in count
