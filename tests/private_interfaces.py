"""What the interfaces that other packages do not promise to keep have to do for us, one by one.

Each function fails where its interface does something else; it gets the folder of a small project.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from importlib.resources import files
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

import yaml
from citeproc.model import CitationStylesElement
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from mkdocs.livereload import LiveReloadServer
from zensical.extensions.context import ContextExtension
from zensical.extensions.context import Page as ZensicalPage

from sourced_guide.build.steps.valid_markup import CORRECTIONS
from sourced_guide.claims.model import third_party
from sourced_guide.claims.project.store.store import Store
from sourced_guide.claims.report import bibliography

from .commands import run
from .menus import SECTIONS, Menus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Of whichever MkDocs is named: puts the page into a parser as its build does, and asks us for it.
MKDOCS_PAGE = """
import sys
from importlib import import_module
from markdown import Markdown
from sourced_guide.claims.model.third_party import mkdocs_page

name = sys.argv[1]
pages = import_module(f"{name}.structure.pages")
files = import_module(f"{name}.structure.files")
config = import_module(f"{name}.config.defaults")
settings = getattr(config, "MkDocsConfig", None) or config.ProperDocsConfig
file = files.File("legs/index.md", "docs", "site", use_directory_urls=True)
md = Markdown()
pages._RelativePathTreeprocessor(file, files.Files([file]), settings())._register(md)
page, known = mkdocs_page(md)
print(page, "exclude_docs" in known, "mdx_configs" in known, "docs_dir" in known)
"""


def _material(path: str) -> str:
    return files("material").joinpath("templates", path).read_text("utf-8")


def placeholders(_: Path) -> None:
    seen: list[str] = []
    stash: list[object] = []

    class Look(Treeprocessor):
        def run(self, root: Element) -> None:
            seen.extend(part for part in root.itertext() if part.strip())
            stash.extend(third_party.stashed_html(self.md))

    md = Markdown(extensions=["footnotes"])
    # Where ours stands: later, marks become characters again.
    md.treeprocessors.register(Look(md), "look", 5.5)
    md.convert("Some \\[ text <b>bold</b> & more.[^1]\n\n[^1]: A note.\n")
    text = "".join(seen)
    marks = list(third_party.PLACEHOLDER.finditer(text))
    assert [chr(int(mark["escaped"])) for mark in marks if mark["escaped"]] == ["["]
    numbers = [int(mark["stashed"]) for mark in marks if mark["stashed"]]
    assert [stash[number] for number in numbers] == ["<b>", "</b>"]
    left = third_party.without_placeholders(third_party.PLACEHOLDER.sub("", text))
    assert third_party.FOOTNOTE_ARROW in text
    assert "& more." in left
    # Any mark that we do not know begins with this character.
    assert "\x02" not in left


def stages_of_a_parse(_: Path) -> None:
    class Last(Treeprocessor):
        def run(self, root: Element) -> None:
            roots.append([(child.tag, child.text) for child in root])

    text = "# Heading\n\n*Words* in a line\nand the next.\n\n- one\n- two\n"
    roots: list[list[tuple[str, str | None]]] = []
    for parse in (Markdown.convert, lambda md, text: third_party.parse_until(md, text, Last)):
        md = Markdown(extensions=["attr_list", "toc"])
        md.treeprocessors.register(Last(md), "last", 0)
        parse(md, text)
    # The whole of `convert` and ours have made the same tree.
    assert roots[0] == roots[1]
    assert roots[0][0] == ("h1", "Heading")


def footnotes_in_headings(_: Path) -> None:
    class Cite(Treeprocessor):
        def run(self, root: Element) -> None:
            for heading in root.iter("h1"):
                mark = Element("sup", {"id": f"{third_party.FOOTNOTE_ID}-heading-1"})
                mark.text = "1"
                heading.append(mark)

    md = Markdown(extensions=["toc"])
    md.treeprocessors.register(Cite(md), "cite", 5.5)
    md.convert("# Heading\n")
    assert [entry["name"] for entry in vars(md)["toc_tokens"]] == ["Heading"]


def page_of_mkdocs(_: Path) -> None:
    for name in ("mkdocs", "properdocs"):
        result = subprocess.run(
            [sys.executable, "-c", MKDOCS_PAGE, name], capture_output=True, text=True, check=False
        )
        assert result.stdout.split() == ["legs/index.md", "True", "True", "True"], result.stderr


def epochs_of_the_preview(_: Path) -> None:
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, ".")
    try:
        assert not third_party.is_superseded(server)
        vars(server).update(_want_rebuild=True, _wanted_epoch=vars(server)["_visible_epoch"] + 5)
        assert third_party.is_superseded(server)
        answer = {"PATH_INFO": f"/livereload/{vars(server)['_visible_epoch']}/1"}
        third_party.show_now(server)
        # A browser that waits is told of the new epoch at once.
        [epoch] = server.serve_request(answer, lambda *_: None)
        assert int(epoch) == vars(server)["_wanted_epoch"]
        third_party.show_again(server)
        assert vars(server)["_wanted_epoch"] == int(epoch) + 1
    finally:
        server.server_close()


def page_of_zensical(_: Path) -> None:
    config = {"docs_dir": "docs", "mdx_configs": {}, "markdown_extensions": []}
    page = ZensicalPage("legs/", "legs/index.md")
    md = Markdown(extensions=[ContextExtension(page=page, config=config)])
    assert third_party.zensical_page(md) == ("legs/index.md", config)


def search_index_of_zensical(folder: Path) -> None:
    # Only a build writes it, which takes two seconds.
    result = run("zensical", "build", cwd=folder)
    assert result.returncode == 0, result.stdout + result.stderr
    items = json.loads((folder / "site/search.json").read_text("utf-8"))["items"]
    assert {"legs/", ""} <= {item["location"].partition("#")[0] for item in items}
    assert all(isinstance(item["text"], str) for item in items)


def plain_scalars(_: Path) -> None:
    entry = {"on": "2026-11-21", "claim": "yes", "times": "3", "empty": ""}
    written = yaml.dump(entry, Dumper=third_party.plain_text_dumper(), sort_keys=False)
    assert written == "on: 2026-11-21\nclaim: yes\ntimes: '3'\nempty: ''\n"


def search_worker(_: Path) -> None:
    folder = files("material").joinpath("templates/assets/javascripts")
    scripts = [path for path in folder.joinpath("workers").iterdir() if path.name.endswith(".js")]
    [worker] = [path.read_text("utf-8") for path in scripts]
    assert re.search(r"case 0:.{0,200}\{type:1\}.{0,40}case 2:.{0,80}\{type:3,data:", worker)
    [bundle] = [
        path.read_text("utf-8") for path in folder.iterdir() if path.name.endswith(".min.js")
    ]
    script, variable = third_party.THEME_INDEX_SCRIPT
    assert re.search(rf'"file:"\?.{{0,40}}{script}".{{0,60}}=>{variable}\b', bundle)


def markup_of_its_templates(_: Path) -> None:
    for template, text in third_party.THEME_MARKUP:
        assert text in _material(template), (template, text)
    base = _material("base.html")
    at = 0
    for tag, classes, _attributes in third_party.THEME_BOXES[:-2]:
        at = base.find(f'<{tag} class="{classes}"' if classes else f"<{tag}", at)
        assert at >= 0, (tag, classes)
    assert "data-md-color-scheme" in base
    for name in re.findall("md-nav[a-z_-]+", third_party.THEME_NAV_LINKS):
        assert name in _material("partials/nav.html") + _material("partials/nav-item.html"), name


def list_of_all_pages(folder: Path) -> None:
    plain, kept = (Menus(folder, SECTIONS, [], keeping=keeping) for keeping in (False, True))
    assert kept.all() == plain.all()
    # What is kept is asked for.
    assert kept.addresses < plain.addresses


def markup_that_html_does_not_allow(_: Path) -> None:
    for correction in CORRECTIONS:
        assert correction.written in _material(correction.template), correction.template


def questions_to_a_style(_: Path) -> None:
    third_party.remember_style()
    work = {"type": "book", "title": "Wheels", "author": [{"family": "Smith", "given": "Jo"}]}
    assert bibliography.work_reference(work, Store()) == "Smith J. <i>Wheels</i>."
    style = bibliography._style().root
    assert style.get_macro("title").get("name") == "title"
    asked = {
        "xpath_search": "./ancestor-or-self::cs:layout[1]",
        "get_option": "et-al-min",
        "get_locale_option": "punctuation-in-quote",
        "get_term": "et-al",
    }
    # Asked anew, each part says the same.
    for part in style.iter("{*}text", "{*}names", "{*}date"):
        for question in third_party.STYLE_QUESTIONS:
            remembered = getattr(CitationStylesElement, question)
            asking = [part, *filter(None, [asked.get(question)])]
            assert remembered(*asking) == remembered.__wrapped__(*asking), (part, question)


def arguments_of_a_parser(_: Path) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--outer")
    inner = parser.add_subparsers().add_parser("command")
    inner.add_mutually_exclusive_group().add_argument("--inner")
    options = [action.option_strings for action in third_party.arguments_of(parser)]
    assert ["--outer"] in options
    assert ["--inner"] in options


# By package and name, as third_party.INTERFACES has them.
CHECKS: dict[tuple[str, str], Callable[[Path], None]] = {
    ("Markdown", "placeholders"): placeholders,
    ("Markdown", "stages of a parse"): stages_of_a_parse,
    ("Markdown", "footnotes in headings"): footnotes_in_headings,
    ("mkdocs", "page that is rendered"): page_of_mkdocs,
    ("mkdocs", "epochs of the preview"): epochs_of_the_preview,
    ("zensical", "page that is rendered"): page_of_zensical,
    ("zensical", "search index"): search_index_of_zensical,
    ("PyYAML", "plain scalars"): plain_scalars,
    ("mkdocs-material", "search worker"): search_worker,
    ("mkdocs-material", "markup of its templates"): markup_of_its_templates,
    ("mkdocs-material", "list of all pages"): list_of_all_pages,
    ("mkdocs-material", "markup that HTML does not allow"): markup_that_html_does_not_allow,
    ("citeproc-py", "questions to a style"): questions_to_a_style,
    ("argparse", "arguments of a parser"): arguments_of_a_parser,
}
