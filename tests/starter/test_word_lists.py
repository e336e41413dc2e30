"""Word lists of a field: what a check knows with them, and without."""

from __future__ import annotations

from pathlib import Path

import pytest

from sourced_guide.claims.language.medical_words import remedies_in
from sourced_guide.claims.language.normalize import normal_form
from sourced_guide.claims.language.topics.reader import mentions_in
from sourced_guide.claims.language.word_lists.lists import use_word_lists, word_lists_digest

from ..commands import claims
from .test_init import start


def test_words_of_medicine_are_known_with_its_list_alone() -> None:
    use_word_lists(["medicine"], Path())
    assert normal_form("backbone") == normal_form("spinal")
    assert remedies_in("All about ibuprofen")
    assert mentions_in("It is in the liver")
    use_word_lists([], Path())
    assert normal_form("backbone") != normal_form("spinal")
    assert not remedies_in("All about ibuprofen")
    assert not mentions_in("It is in the liver")
    # Words of the language are known without any.
    assert normal_form("walked") == normal_form("walking")


def test_a_list_of_a_projects_own_adds_words(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words/normalize.yml").write_text("synonyms:\n  - [bicycle, cycle, bike]\n")
    (tmp_path / "words/opposites.yml").write_text("turned:\n  gear: [geared, fixed]\n")
    use_word_lists([], tmp_path)
    before = word_lists_digest()
    use_word_lists(["words"], tmp_path)
    assert normal_form("bike") == normal_form("bicycle")
    assert word_lists_digest() != before


def test_a_changed_list_is_read_again_with_what_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    start(folder, title="Bicycles")
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("word_lists: []", "word_lists: [words]"))
    page = folder / "docs/index.md"
    page.write_text(
        page.read_text("utf-8") + "\nEach zorb says where it leads. [@wcag-22#links]\n", "utf-8"
    )
    (folder / "words").mkdir()
    assert "SRC007 'Each zorb says where it leads.'" in claims("check", cwd=folder).stdout
    (folder / "words/normalize.yml").write_text("synonyms:\n  - [link, zorb, zorbs]\n")
    assert claims("check", cwd=folder).stdout.startswith("no findings")


@pytest.mark.parametrize("name", ["law", "../../etc", "__pycache__"])
def test_a_list_that_is_not_there_is_an_error(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    start(folder, title="Bicycles")
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("word_lists: []", f"word_lists: [{name}]"))
    result = claims("check", cwd=folder)
    assert result.returncode == 2
    assert f"mkdocs.yml: word_lists: '{name}' is neither a list (medicine) nor" in result.stderr
