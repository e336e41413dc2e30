"""No way around the checker: text beside a page's Markdown that a reader would see."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.project.non_page_text.editorial_files import editorial_files
from sourced_guide.claims.rules import check

from .conftest import guide_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sourced_guide.claims.model.finding import Finding


@pytest.fixture
def small_copy(small_project: Path, tmp_path: Path) -> Path:
    ignore = shutil.ignore_patterns("site", "hooks")
    return Path(shutil.copytree(small_project, tmp_path / "project", ignore=ignore))


@pytest.fixture
def findings(small_copy: Path) -> Callable[[], list[Finding]]:
    return lambda: check(guide_of(small_copy / "mkdocs.yml", small_copy))


def add(small_copy: Path, file: str, text: str) -> None:
    (small_copy / file).parent.mkdir(parents=True, exist_ok=True)
    (small_copy / file).write_text(text, "utf-8")


def set_(small_copy: Path, settings: str) -> None:
    """Put settings at the top of mkdocs.yml, in the place of those of the same name."""
    name = settings.partition(":")[0]
    lines = (small_copy / "mkdocs.yml").read_text("utf-8").splitlines()
    kept, inside = [settings], False
    for line in lines:
        inside = line.startswith(f"{name}:") or (inside and line.startswith(" "))
        if not inside:
            kept.append(line)
    add(small_copy, "mkdocs.yml", "\n".join(kept) + "\n")


def test_the_small_project_is_clean(findings: Callable[[], list[Finding]]) -> None:
    assert findings() == []


@pytest.mark.parametrize(
    ("settings", "at", "says"),
    [
        ("site_name: Radiation cures cancer", "mkdocs.yml:1:12", "'cures'"),
        ("site_description: Help for 9 in 10 people", "mkdocs.yml:1:19", "'9 in 10'"),
        ("copyright: Radiation cures cancer", "mkdocs.yml:1:12", "'cures'"),
        ("nav: [Radiation cures cancer: index.md, legs.md]", "mkdocs.yml:1:7", "'cures'"),
        ("extra: {homepage: {note: It is safe}}", "mkdocs.yml:1:26", "'is'"),
        ("extra_javascript: [https://example.com/x.js]", "mkdocs.yml:1:20", "another host"),
        ("extra_javascript: [x.js]", "docs/x.js:1:1", "a script"),
        ("extra_css: [https://example.com/x.css]", "mkdocs.yml:1:13", "another host"),
        ("extra_css: ['//example.com/x.css']", "mkdocs.yml:1:13", "another host"),
        ("extra_javascript: [{path: 'data:text/javascript,1'}]", "mkdocs.yml:1:27", "another host"),
        ('copyright: "Radiation\\u00a0cures\\u2003cancer"', "mkdocs.yml:1:12", "'cures'"),
        ("copyright: <b>Radiation</b><i>cures</i><b>cancer</b>", "mkdocs.yml:1:12", "'cures'"),
        ("copyright: !ENV [NO_SUCH_NAME, Radiation cures]", "mkdocs.yml:1:32", "'cures'"),
        ("extra: {link: 'https://zinc-cures-cancer.example/'}", "mkdocs.yml:1:15", "'cures'"),
        (
            "copyright: !!python/object/apply:os.getcwd []",
            "mkdocs.yml:1:12",
            "only a program knows",
        ),
        ('site_name: "Radia\\u202etion"', "mkdocs.yml:1:12", "U+202E"),
    ],
)
def test_a_setting_states_nothing(
    settings: str, at: str, says: str, small_copy: Path, findings: Callable[[], list[Finding]]
) -> None:
    set_(small_copy, settings)
    add(small_copy, "docs/x.js", "document.write(1)")
    found = [each for each in findings() if each.rule == "SRC009"]
    assert [each.as_text().split(": ")[0] for each in found] == [at]
    assert says in found[0].message


def test_a_setting_of_the_environment_states_nothing(
    small_copy: Path, findings: Callable[[], list[Finding]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHOSE", "Radiation cures cancer")
    set_(small_copy, "copyright: !ENV WHOSE")
    assert [each.place.line for each in findings() if "'cures'" in each.message] == [1]


@pytest.mark.parametrize(
    "settings",
    [
        "site_name: A guide to cancer that has spread to the spine",
        "copyright: Copyright © 2026 The guide's editors",
        "nav: [How it spreads: index.md, After 60: legs.md]",
    ],
)
def test_a_setting_may_be_a_label(
    settings: str, small_copy: Path, findings: Callable[[], list[Finding]]
) -> None:
    set_(small_copy, settings.replace("After 60", "Legs"))
    assert findings() == []


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("overrides/main.html", '{% extends "base.html" %}\nIt is safe.', "a template"),
        ("overrides/main.html", '<a title="It is safe"></a>', "a template"),
        ("overrides/main.html", '{{ "Radiation cures cancer" }}', "a template"),
        ("overrides/main.html", "<script>document.write(1)</script>", "a script"),
        ("overrides/main.html", "{# never closed", "a template that cannot be read"),
        ("overrides/home.html", "<p>Radiation cures cancer.</p>", "a template"),
        ("overrides/partials/footer.html", "<p>Safe for all</p>", "a template"),
        ("docs/stylesheets/terms.css", 'p::after { content: "It is safe" }', "a style sheet"),
        ("docs/stylesheets/terms.css", "p::after { content: attr(data-x) }", "a style sheet"),
        ("overrides/main.html", '{{ "efas si tI"|reverse }}', "a template"),
        ("overrides/main.html", '{{ ["It", "is", "safe"]|join(" ") }}', "a template"),
        ("overrides/main.html", '{% set a = "safe" %}{{ a }}', "a template"),
        ("overrides/main.html", "{{ page.meta.a ~ page.meta.b }}", "joins text in an expression"),
        ("overrides/main.html", "{{ page.title[::-1] }}", "joins text in an expression"),
        ("overrides/main.html", "<div hidden>{{ super() }}</div>", "hides the page's own text"),
        (
            "overrides/main.html",
            "{# editorial: ours #}<script src='//example.com/x.js'></script>",
            "another host",
        ),
        ("overrides/more.txt", "It is safe.", "a file that readers can open"),
        ("docs/new.html", "<p>It is safe.</p>", "a file that readers can open"),
        ("docs/new.json", '"It is safe."', "a file that readers can open"),
        ("docs/new.MD", "It is safe.", "a file that readers can open"),
        ("docs/NOTE", "It is safe.", "a file that readers can open"),
        ("docs/robots.txt", "# Radiation cures cancer", "a file that readers can open"),
        ("docs/new.svg", "<svg><text>It is safe</text></svg>", "a drawing with words"),
        ("docs/files/leaflet.PDF", "%PDF-1.7", "a file that readers can open"),
    ],
)
def test_a_file_of_code_prints_nothing_unchecked(
    file: str, text: str, says: str, small_copy: Path, findings: Callable[[], list[Finding]]
) -> None:
    add(small_copy, file, text)
    found = findings()
    assert {(each.rule, each.place.file) for each in found} == {("SRC009", file)}
    assert any(says in each.message for each in found)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (
            "overrides/main.html",
            '{# editorial: says who made it #}\n{% extends "base.html" %}\nBy us.',
        ),
        (
            "overrides/main.html",
            '{% extends "base.html" %}{% block a %}{{ super() }}{% endblock %}',
        ),
        ("docs/stylesheets/terms.css", '/* no "content" of words */ p::before { content: "→ " }'),
        ("docs/robots.txt", "User-agent: *"),
        ("docs/picture.png", ""),
        # Editors and file managers leave such files; no site holds them.
        ("overrides/.main.html", "It is safe."),
    ],
)
def test_code_without_words_and_editorial_code_pass(
    file: str, text: str, small_copy: Path, findings: Callable[[], list[Finding]]
) -> None:
    add(small_copy, file, text)
    assert findings() == []


def test_a_setting_that_calls_python_is_read_without_running_it(
    small_copy: Path, findings: Callable[[], list[Finding]]
) -> None:
    ran = small_copy / "ran"
    call = f"!!python/object/apply:os.mkdir ['{ran}']"
    settings = (small_copy / "mkdocs.yml").read_text("utf-8")
    assert 'permalink: ""' in settings
    slugs = settings.replace('permalink: ""', f'slugify: {call}\n      permalink: ""')
    add(small_copy, "mkdocs.yml", slugs)
    assert findings() == []
    add(small_copy, "mkdocs.yml", f"site_author: {call}\n{slugs}")
    assert [each.as_text().split(": ")[0] for each in findings()] == ["mkdocs.yml:1:14"]
    assert not ran.exists()


def test_editorial_code_is_listed_with_its_reason(small_copy: Path) -> None:
    add(small_copy, "overrides/extra.html", "{#- editorial: names the\n   makers -#}\nBy us.")
    listed = {
        each.file: each.reason
        for each in editorial_files(guide_of(small_copy / "mkdocs.yml", small_copy).project)
    }
    assert listed["overrides/extra.html"] == "names the makers"
    assert any(name.endswith("theme/scripts/panels.js") for name in listed)


def test_a_folder_that_is_linked_is_read_as_it_is_published(
    small_copy: Path, findings: Callable[[], list[Finding]]
) -> None:
    elsewhere = small_copy / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "more.md").write_text("Radiation cures cancer.", "utf-8")
    (small_copy / "docs/linked").symlink_to(elsewhere)
    (small_copy / "docs/round").symlink_to(small_copy / "docs")
    assert {each.place.file for each in findings()} == {"docs/linked/more.md"}


def test_settings_that_inherit_from_one_another_are_named(small_copy: Path) -> None:
    add(small_copy, "other.yml", "INHERIT: mkdocs.yml")
    set_(small_copy, "INHERIT: other.yml")
    with pytest.raises(UnusableProjectError, match=r"mkdocs\.yml inherits from itself"):
        load_project(small_copy / "mkdocs.yml", small_copy)
