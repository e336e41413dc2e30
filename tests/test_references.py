"""References that are written out are those of citeproc, to the letter."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.project.source_library import load_library
from sourced_guide.claims.report.ama_style import by_citeproc, common_works
from sourced_guide.claims.report.bibliography import csl_json

from .conftest import ROOT
from .written_pages import few

# With what the style doubles, drops, reads as a range or as a particle.
_ENDS = st.text("aAé19.()'\"’“&<>?!-–/@#", min_size=1, max_size=3)
_MIDDLE = st.text("aAbéÉ19 .,;:!?-–()'\"’“&<>/@#\n", max_size=8)
_WORDS = st.one_of(_MIDDLE.filter(bool), st.tuples(_ENDS, _MIDDLE, _ENDS).map("".join))
_NAMES = st.one_of(
    st.fixed_dictionaries({"literal": _WORDS}),
    st.fixed_dictionaries({"family": _WORDS}, optional={"given": _WORDS}),
    st.fixed_dictionaries({"family": st.just("Smith"), "given": st.sampled_from(["KJ", "Jo-Ann"])}),
)
_DATES = st.one_of(
    st.integers(1000, 2100).map(str),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.dates().map(str),
)
_WORKS = st.fixed_dictionaries(
    {"type": st.sampled_from(["article-journal", "webpage"]), "title": _WORDS},
    optional={
        "author": st.lists(_NAMES, min_size=1, max_size=8),
        "container-title": _WORDS,
        "issued": _DATES,
        "accessed": _DATES,
        **dict.fromkeys(("volume", "issue", "DOI", "URL", "note"), _WORDS),
        "page": st.one_of(_WORDS, st.sampled_from(["643-648", "e12", "S1–S9", "3, 5-7"])),
    },
)


@settings(few, max_examples=200)
@given(_WORKS)
@example({"type": "article-journal", "title": "Why?", "container-title": "J. Test.", "DOI": "1"})
@example({"type": "webpage", "title": "Same", "author": [{"literal": "Same"}]})
def test_what_is_written_out_is_as_citeproc_has_it(work: dict[str, Any]) -> None:
    item = csl_json(work)
    entry = common_works.entry_of(item)
    assert entry in (None, by_citeproc.entry_of(item))


def test_most_references_of_the_guide_are_written_out_and_the_same() -> None:
    sources = load_library(load_project(ROOT / "mkdocs.yml")).sources.values()
    items = [csl_json(json.loads(source.csl_text)) for source in sources]
    written = [(common_works.entry_of(item), item) for item in items]
    # A tenth of them is enough to compare with citeproc each time.
    for entry, item in written[::10]:
        assert entry in (None, by_citeproc.entry_of(item))
    assert sum(entry is not None for entry, _ in written) > 0.9 * len(items)


@pytest.mark.parametrize(
    "more",
    [
        {"type": "book"},
        {"editor": [{"family": "Smith"}]},
        {"author": [{"family": "Berg", "non-dropping-particle": "van den"}]},
        {"author": [{"family": "Berg", "given": "Jan van"}]},
        {"page": "1-3, 7"},
        {"title": "A title, "},
    ],
    ids=str,
)
def test_what_is_not_plain_is_left_to_citeproc(more: dict[str, Any]) -> None:
    plain = {"type": "article-journal", "title": "Wheels", "author": [{"family": "Smith"}]}
    assert common_works.entry_of(csl_json(plain)) == "1.Smith. Wheels."
    assert common_works.entry_of(csl_json(plain | more)) is None
