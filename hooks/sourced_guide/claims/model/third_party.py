"""All use of undocumented interfaces of other packages.

INTERFACES lists them: what is relied on, where it can be read, and who uses it. After an update,
tests/test_third_party.py names those that have changed. No other module uses them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import yaml
from markdown.extensions.footnotes import FN_BACKLINK_TEXT, NBSP_PLACEHOLDER
from markdown.util import AMP_SUBSTITUTE, ETX, HTML_PLACEHOLDER, STX

if TYPE_CHECKING:
    from argparse import Action, ArgumentParser
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from markdown import Markdown
    from markdown.treeprocessors import Treeprocessor


@dataclass(frozen=True)
class PrivateInterface:
    """An undocumented interface that we rely on.

    `source` is the URL of its code, for a version; `used_by` are the modules to change.
    """

    name: str
    package: str
    relied_on: str
    source: str
    used_by: str


_MARKDOWN = "https://github.com/Python-Markdown/markdown/blob/3.10.3/markdown"
_MATERIAL = "https://github.com/squidfunk/mkdocs-material/blob/9.7.6/src/templates"
_ZENSICAL = "https://github.com/zensical/zensical/blob/v0.0.57"

INTERFACES = (
    PrivateInterface(
        name="placeholders",
        package="Markdown",
        relied_on="an escaped character is STX, its number, ETX; set-aside HTML is a number that "
        "counts `htmlStash.rawHtmlBlocks`; `&` and a footnote's arrow are constants",
        source=f"{_MARKDOWN}/util.py#L66-L82",
        used_by="claims/markdown/segments/inline_reader.py (PLACEHOLDER, stashed_html, "
        "without_placeholders)",
    ),
    PrivateInterface(
        name="stages of a parse",
        package="Markdown",
        relied_on="`convert` runs preprocessors, `parser.parseDocument`, treeprocessors, in this "
        "order, and a treeprocessor may return another root",
        source=f"{_MARKDOWN}/core.py#L315-L373",
        used_by="claims/markdown/extension.py (parse_until)",
    ),
    PrivateInterface(
        name="footnotes in headings",
        package="Markdown",
        relied_on="the table of contents leaves out a `sup` whose id begins with `fnref`",
        source=f"{_MARKDOWN}/extensions/toc.py#L151-L171",
        used_by="claims/markdown/extension.py and segments/inline_reader.py (FOOTNOTE_ID)",
    ),
    PrivateInterface(
        name="page that is rendered",
        package="mkdocs",
        relied_on="a treeprocessor `relpath` has the page's `file` and the `config`, in ProperDocs "
        "as well",
        source="https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/structure/pages.py#L346-L351",
        used_by="claims/markdown/rendering_context.py (mkdocs_page)",
    ),
    PrivateInterface(
        name="epochs of the preview",
        package="mkdocs",
        relied_on="browsers load a page again when `_visible_epoch` has grown, and wait while it "
        "is not `_wanted_epoch`; `_want_rebuild` says that a newer save is waiting",
        source="https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/livereload/__init__.py#L92-L216",
        used_by="adapters/preview.py (is_superseded, show_now, show_again)",
    ),
    PrivateInterface(
        name="page that is rendered",
        package="zensical",
        relied_on="a preprocessor `rendering_context` has the `page`, with its `path`, and the "
        "`config`",
        source=f"{_ZENSICAL}/python/zensical/extensions/context.py#L59-L76",
        used_by="claims/markdown/rendering_context.py (zensical_page)",
    ),
    PrivateInterface(
        name="search index",
        package="zensical",
        relied_on="`search.json` has `items`, with `location` and `text`",
        source=f"{_ZENSICAL}/crates/zensical/src/structure/search/item.rs#L38",
        used_by="build/search/zensical.py",
    ),
    PrivateInterface(
        name="plain scalars",
        package="PyYAML",
        relied_on="a dumper's `yaml_implicit_resolvers` say which plain texts it puts in quotes",
        source="https://github.com/yaml/pyyaml/blob/6.0.3/lib/yaml/resolver.py#L10-L40",
        used_by="claims/project/reviews.py (plain_text_dumper)",
    ),
    PrivateInterface(
        name="search worker",
        package="mkdocs-material",
        relied_on="the messages of a worker, to set up, ready, query and result, are of the "
        "types 0 to 3; in a page from a file, the index is the variable `__index` of a script",
        source=f"{_MATERIAL}/assets/javascripts/integrations/search/worker/message/index.ts#L33",
        used_by="build/search/worker/messages.js, build/offline/search.py (INDEX_SCRIPT)",
    ),
    PrivateInterface(
        name="markup of its templates",
        package="mkdocs-material",
        relied_on="the text of THEME_MARKUP, which `theme/guide.html` changes, the boxes around "
        "a page's text (THEME_BOXES), and the classes of the navigation (THEME_NAV_LINKS, "
        "THEME_NAV_PARTS)",
        source=f"{_MATERIAL}/base.html#L186-L440",
        used_by="theme/guide.html, claims/language/markup/css_selectors.py, "
        "build/handouts/page_model.py",
    ),
    PrivateInterface(
        name="list of all pages",
        package="mkdocs-material",
        relied_on="what the macro of THEME_MENU writes of a part of the list without the page that "
        "is rendered depends on its place in the list, whether what is above it has the page, and "
        "addresses relative to the page; the macro calls itself for what is below a part",
        source=f"{_MATERIAL}/partials/nav-item.html#L93",
        used_by="adapters/kept_menu.py (THEME_MENU)",
    ),
    PrivateInterface(
        name="markup that HTML does not allow",
        package="mkdocs-material",
        relied_on="its templates still write what our corrections are for",
        source="https://github.com/squidfunk/mkdocs-material/blob/9.8.1/src/templates/base.html#L186",
        used_by="build/steps/valid_markup.py (CORRECTIONS)",
    ),
    PrivateInterface(
        name="questions to a style",
        package="citeproc-py",
        relied_on="the parts of a style find others and their options by the methods of "
        "STYLE_QUESTIONS, each time the same ones, as all references are written as HTML",
        source="https://github.com/citeproc-py/citeproc-py/blob/v0.11.1/citeproc/model.py#L54",
        used_by="claims/report/bibliography.py (remember_style)",
    ),
    PrivateInterface(
        name="arguments of a parser",
        package="argparse",
        relied_on="`_actions` lists a parser's arguments; of a subcommand, `choices` are parsers",
        source="https://github.com/python/cpython/blob/v3.11.7/Lib/argparse.py#L1370",
        used_by="cli/main.py (arguments_of)",
    ),
)

# In a page's tree, STX 91 ETX stands for `\[`, STX wzxhzdk:3 ETX for the third piece of HTML.
PLACEHOLDER = re.compile(
    f"{STX}(?P<escaped>[0-9]+){ETX}|{HTML_PLACEHOLDER % '(?P<stashed>[0-9]+)'}"
)
FOOTNOTE_ARROW = FN_BACKLINK_TEXT
FOOTNOTE_ID = "fnref"

# Element, classes and attributes, from the outermost to the innermost.
THEME_BOXES = (
    ("body", "", "data-md-color-scheme dir"),
    ("div", "md-container", ""),
    ("main", "md-main", ""),
    ("div", "md-main__inner md-grid", ""),
    ("div", "md-content", ""),
    ("article", "md-content__inner md-typeset", ""),
    # Those that the theme's script puts around a table.
    ("div", "md-typeset__scrollwrap", ""),
    ("div", "md-typeset__table", ""),
)
THEME_NAV_LINKS = (
    "//nav[contains(@class, 'md-nav--primary')]//a[contains(@class, 'md-nav__link')]/@href"
)
# The titles of its parts, each before its list.
THEME_NAV_PARTS = (
    "//nav[contains(@class, 'md-nav--primary')]//li[contains(@class, 'md-nav__item--nested')]/label"
)
# The template that lists all pages, and how it begins with a page or a part of them.
THEME_MENU = ("partials/nav-item.html", "{% macro render(nav_item, path, level, parent) %}")
# The template that has it, and the text.
THEME_MARKUP = (
    ("partials/header.html", '<label class="md-header__button md-icon" for="__drawer">'),
    ("partials/header.html", '<label class="md-header__button md-icon" for="__search">'),
    ("partials/palette.html", '<form class="md-header__option"'),
    ("partials/search.html", ' role="dialog"'),
    ("partials/search.html", 'role="search"'),
    ("partials/search.html", '<div class="md-search-result__meta"'),
    ("partials/search.html", '<ol class="md-search-result__list"'),
    ("base.html", '"search": "'),
)
STYLE_QUESTIONS = (
    "xpath_search",
    "get_root",
    "get_formatter",
    "get_option",
    "get_locale_option",
    "get_term",
)
THEME_INDEX_SCRIPT = ("search/search_index.js", "__index")


def stashed_html(md: Markdown) -> list[Any]:
    """Return what was stashed while a page was parsed: HTML, or elements."""
    return md.htmlStash.rawHtmlBlocks


def without_placeholders(text: str) -> str:
    """Return a text of the tree with placeholders replaced by characters."""
    text = text.replace(AMP_SUBSTITUTE, "&").replace(NBSP_PLACEHOLDER, " ")
    return text.replace(FOOTNOTE_ARROW, "")


def parse_until(md: Markdown, text: str, last: type[Treeprocessor]) -> None:
    """Parse a text as `Markdown.convert` does, and stop after the treeprocessor of this class."""
    lines = text.split("\n")
    for preprocessor in md.preprocessors:
        lines = preprocessor.run(lines)
    root = cast("Element", md.parser.parseDocument(lines).getroot())
    for processor in md.treeprocessors:
        changed = processor.run(root)
        root = root if changed is None else changed
        if isinstance(processor, last):
            return


def mkdocs_page(md: Markdown) -> tuple[str, Mapping[str, Any]] | None:
    """Return the page's path in the docs folder and the settings, where MkDocs renders it."""
    if "relpath" not in md.treeprocessors:
        return None
    processor: Any = md.treeprocessors["relpath"]
    return processor.file.src_uri, processor.config


def is_superseded(server: Any) -> bool:
    """Say whether a save is waiting for the build of a preview to end."""
    return bool(server._want_rebuild)  # noqa: SLF001


def show_now(server: Any) -> None:
    """Let the browsers of a preview load their pages while the build goes on."""
    with server._epoch_cond:  # noqa: SLF001
        server._visible_epoch = server._wanted_epoch  # noqa: SLF001
        server._epoch_cond.notify_all()  # noqa: SLF001


def show_again(server: Any) -> None:
    """Let them load their pages once more when the build of a preview has ended."""
    server._wanted_epoch += 1  # noqa: SLF001


def zensical_page(md: Markdown) -> tuple[str, Mapping[str, Any]] | None:
    """Return the page's path in the docs folder and the settings, where Zensical renders it."""
    if "rendering_context" not in md.preprocessors:
        return None
    context: Any = md.preprocessors["rendering_context"]
    return str(context.page.path), context.config


@cache
def plain_text_dumper() -> Any:
    """Return a YAML dumper that does not quote texts that look like booleans or dates."""
    resolvers = {
        first: [known for known in kinds if not known[0].endswith((":bool", ":timestamp"))]
        for first, kinds in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }
    fastest = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return type("_Dumper", (fastest,), {"yaml_implicit_resolvers": resolvers})


@cache
def remember_style() -> None:
    """Let citeproc ask a style for a part of it once: it does so anew for every reference.

    These questions are more than half of what a reference takes.
    """
    # It takes a tenth of a second to load, for works whose references are not kept.
    from citeproc.model import CitationStylesElement  # noqa: PLC0415

    # The elements are kept, too: others cannot get their identities.
    for question in STYLE_QUESTIONS:
        setattr(CitationStylesElement, question, cache(getattr(CitationStylesElement, question)))


def arguments_of(parser: ArgumentParser) -> Iterator[Action]:
    """Yield the arguments and options of a parser and of its subcommands."""
    for action in parser._actions:  # noqa: SLF001
        yield action
        if isinstance(action.choices, dict):
            for subparser in action.choices.values():
                yield from arguments_of(subparser)
