"""The list of faults in the code that `make mutate-code` tries: each can still be made."""

from __future__ import annotations

import pytest

from bench.code_mutations import ROOT, CodeMutation, UnusableListError, read_mutations

MUTATIONS = read_mutations()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda each: each.file)
def test_a_fault_can_be_made_and_what_catches_it_is_there(mutation: CodeMutation) -> None:
    path, text = mutation.applied(ROOT)
    assert text != path.read_text("utf-8")
    assert mutation.tests
    assert [name for name in mutation.tests if not (ROOT / name).exists()] == []


def test_the_list_has_faults_of_every_package() -> None:
    files = {mutation.file for mutation in MUTATIONS}
    packages = {
        path.relative_to(ROOT).as_posix()
        for folder in ("hooks/sourced_guide", "hooks/sourced_guide/claims")
        for path in (ROOT / folder).iterdir()
        if (path / "__init__.py").is_file()
    }
    theme = "hooks/sourced_guide/theme"
    packages |= {"docs/scripts", f"{theme}/scripts", f"{theme}/stylesheets"}
    without = {name for name in packages if not any(file.startswith(name) for file in files)}
    assert without == set()
    assert len(MUTATIONS) >= 30


def test_a_place_that_is_not_there_once_is_an_error() -> None:
    for old in ("".join(("no such", " line")), "import"):
        mutation = CodeMutation("bench/code_mutations.*", old, "", "", ())
        with pytest.raises(UnusableListError, match=f"has '{old}'"):
            mutation.applied(ROOT)
