"""The texts of mkdocs.yml that a reader may see: titles, names, notes, and what is loaded.

Themes decide which settings they print, so every value that could be text is checked, whatever its
name.
"""

from __future__ import annotations

import os
import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import yaml

from sourced_guide.claims.model.place import Place
from sourced_guide.claims.project.non_page_text.external_url import EXTERNAL_URL
from sourced_guide.claims.project.store.store import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sourced_guide.claims.project.store.store import Store

# Printed even if they are one word, whatever separates its parts: "Zinc-cures-cancer".
_PRINTED = {"site_name", "site_description", "site_author", "copyright", "repo_name", "extra"}
_LOADED = (("extra_css",), ("extra_javascript",), ("theme", "logo"), ("theme", "favicon"))
# Options of extensions and plugins that are functions: nobody reads them.
_FUNCTIONS = {"slugify", "emoji_index", "emoji_generator", "format", "validator", "preprocess"}
_PYTHON, _NAME = "tag:yaml.org,2002:python/", "tag:yaml.org,2002:python/name:"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORD = re.compile(r"\w+")
_SEPARATORS = re.compile(r"[-_./\\+|~]+")
# White space of any kind, and characters without width.
_SPACES = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\u3164\u115f]+")


class SettingText(NamedTuple):
    """One text of the settings: its place, its words, and what is wrong with it, if anything."""

    place: Place
    text: str
    fault: str = ""


class _Key(NamedTuple):
    """A scalar of the settings with the names that lead to it."""

    node: yaml.ScalarNode
    path: tuple[str, ...]
    is_title: bool = False


def setting_texts(settings: Iterable[Path], root: Path, store: Store) -> list[SettingText]:
    """Return the texts of settings files (mkdocs.yml and what it inherits) with their places.

    The files are known to be usable YAML.
    """
    found: list[SettingText] = []
    shelf = store.shelf("settings")
    for file in settings:
        shown = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.name
        content = file.read_text("utf-8-sig")
        words = set(_WORD.findall(content))
        used = (f"{name}={value}" for name, value in os.environ.items() if name in words)
        for at, text, fault in shelf.get(digest_of(content, *used), partial(_texts_in, content)):
            found.append(SettingText(Place(shown, *at), text, fault))
    return found


def _texts_in(content: str) -> list[tuple[tuple[int, int], str, str]]:
    """Return the texts of a settings file with their lines and columns, and their faults."""
    node = yaml.compose(content, Loader=_LOADER)
    return [
        ((mark.line + 1, mark.column + 1), text, fault)
        for key in (_scalars(node, (), set()) if node else ())
        for mark in [key.node.start_mark]
        for text, fault in _texts(key)
    ]


def _scalars(node: yaml.Node, path: tuple[str, ...], seen: set[int]) -> Iterator[_Key]:
    # An alias repeats a node, and may even refer to one that contains it.
    if id(node) in seen:
        return
    seen.add(id(node))
    if node.tag.startswith(_PYTHON):
        # Its parts are arguments of a call, whose result is not known.
        mark = yaml.ScalarNode(node.tag, "", node.start_mark, node.end_mark)
        yield _Key(mark, path)
    elif node.tag == "!ENV":
        yield from _from_environment(node, path)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if path[:1] == ("nav",) and isinstance(key, yaml.ScalarNode):
                yield _Key(key, path, is_title=True)
            yield from _scalars(value, (*path, str(key.value)), seen)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _scalars(value, path, seen)
    elif isinstance(node, yaml.ScalarNode):
        yield _Key(node, path)


def _from_environment(node: yaml.Node, path: tuple[str, ...]) -> Iterator[_Key]:
    """Yield what `!ENV` can become: its defaults, and the current values."""
    names = node.value if isinstance(node, yaml.SequenceNode) else [node]
    for name in names:
        if not isinstance(name, yaml.ScalarNode):
            continue
        yield _Key(name, path)
        if value := os.environ.get(name.value):
            yield _Key(yaml.ScalarNode(name.tag, value, name.start_mark, name.end_mark), path)


def _texts(key: _Key) -> Iterator[tuple[str, str]]:
    # Settings change seldom.
    from sourced_guide.claims.language.labels import stated_in_label  # noqa: PLC0415
    from sourced_guide.claims.language.markup.hidden_markup import (  # noqa: PLC0415
        deceptive_characters,
    )

    text, path = key.node.value, key.path
    if key.node.tag.startswith(_PYTHON):
        if fault := _unknown(key):
            yield key.node.tag.removeprefix(_PYTHON), fault
        return
    is_loaded = any(path[: len(setting)] == setting for setting in _LOADED)
    if is_loaded and EXTERNAL_URL.match(text):
        yield text, "code from another host"
        return
    words = _words_of(text, path[:1])
    if not (key.is_title or " " in words or path[:1] == ("site_name",)):
        return
    if word := stated_in_label(words):
        yield text, f"a setting that states something ('{word}')"
        return
    deceptive = next((character for _, character in deceptive_characters(text)), "")
    yield text, f"a setting with the character {deceptive}" if deceptive else ""


def _unknown(key: _Key) -> str:
    """Return why the value of a Python tag cannot be checked, or nothing if it is not shown."""
    in_code = key.path[:1] in (("markdown_extensions",), ("plugins",))
    if in_code and (key.node.tag.startswith(_NAME) or not _FUNCTIONS.isdisjoint(key.path[-1:])):
        return ""
    return "a setting whose value only a program knows"


def _words_of(text: str, name: tuple[str, ...]) -> str:
    """Return the words that a reader would see in a value, with single spaces."""
    if "<" in text or "&" in text:
        # As above.
        from sourced_guide.claims.language.markup.html_text import read_raw_html  # noqa: PLC0415

        text = read_raw_html(text).words
    if name and name[0] in _PRINTED:
        if "://" in text:
            # Themes show the host of a link.
            text = urlsplit(text.strip()).netloc
        text = _SEPARATORS.sub(" ", text)
    return _SPACES.sub(" ", text).strip()
