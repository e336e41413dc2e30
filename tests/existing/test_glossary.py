"""A glossary that a site has already: abbreviations, in its pages or appended to all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.markdown.glossary_page import read_terms

from ..commands import run_here
from .sites import write_site

if TYPE_CHECKING:
    from pathlib import Path

HOME = """\
# Bicycles

The BB holds the cranks.

*[BB]: Bottom bracket
*[rear mech]:
    The part that moves the chain *between* sprockets

```markdown
*[HTML]: Not a word of this site
```
"""
APPENDED = "*[BB]: Bottom bracket\n*[mm]: Millimeters\n*[chain]: Of steel\n"
LISTS = "# Old glossary\n\nChain\nDrive chain\n:   It turns the wheel.\n"


def site(folder: Path) -> Path:
    snippets = {"base_path": ["includes"], "auto_append": ["words.md"]}
    return write_site(
        folder,
        {"docs/index.md": HOME, "includes/words.md": APPENDED, "old.md": LISTS},
        markdown_extensions=["abbr", {"pymdownx.snippets": snippets}, "guide.claims"],
        nav=None,
    )


def terms(folder: Path) -> dict[str, str]:
    content = (folder / "docs/glossary.md").read_text("utf-8")
    return {term.name: term.definition for term in read_terms(content)}


def test_abbreviations_become_entries(tmp_path: Path) -> None:
    folder = site(tmp_path)
    said = run_here("guide", "glossary", cwd=folder)
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("docs/glossary.md: 4 words added\n")
    assert terms(folder) == {
        "BB": "Bottom bracket",
        "chain": "Of steel",
        "mm": "Millimeters",
        "rear mech": "The part that moves the chain *between* sprockets",
    }
    # It is a page with findings like any other: every entry needs a source.
    assert "list def_list under markdown_extensions" in said.stdout
    settings = (folder / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(settings.replace("- abbr", "- abbr\n- def_list"), "utf-8")
    checked = run_here("guide", "check", "docs/glossary.md", cwd=folder).stdout
    assert "SRC001 a definition has no source: 'Bottom bracket'" in checked
    again = run_here("guide", "glossary", cwd=folder)
    assert again.stdout == "docs/glossary.md: 0 words added\n"


def test_they_are_removed_where_they_were(tmp_path: Path) -> None:
    folder = site(tmp_path)
    run_here("guide", "glossary", "--remove", cwd=folder)
    assert (folder / "includes/words.md").read_text("utf-8") == ""
    home = (folder / "docs/index.md").read_text("utf-8")
    assert "*[BB]" not in home
    assert "sprockets" not in home
    assert "*[HTML]: Not a word of this site" in home


def test_definition_lists_of_a_file_are_added_to_the_page_there_is(tmp_path: Path) -> None:
    folder = site(tmp_path)
    mine = "# Words\n\nMM\n:   My own millimeters.\n"
    (folder / "docs/glossary.md").write_text(mine, "utf-8")
    said = run_here("guide", "glossary", "old.md", "includes/words.md", cwd=folder)
    assert said.stdout.startswith("docs/glossary.md: 2 words added\n")
    assert terms(folder) == {
        "MM": "My own millimeters.",
        "BB": "Bottom bracket",
        "Chain": "It turns the wheel.",
    }
