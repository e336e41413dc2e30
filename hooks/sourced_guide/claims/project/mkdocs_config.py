"""The project's own settings, read from mkdocs.yml without MkDocs.

MkDocs and Zensical both read this file, so the checker parses pages with the same extensions that
render them.
"""

from __future__ import annotations

import hashlib
import importlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import yaml

from sourced_guide import theme
from sourced_guide.claims.language.word_lists.lists import UnknownListError, use_word_lists
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.io.excluded import Excluded
from sourced_guide.claims.project.io.option_places import option_places
from sourced_guide.claims.project.io.site_settings import read_site_settings
from sourced_guide.claims.project.non_page_text.external_url import EXTERNAL_URL
from sourced_guide.claims.project.non_page_text.settings_text import setting_texts
from sourced_guide.claims.project.options import (
    NAME,
    REPORT,
    read_options,
    require_usable_packs,
    require_usable_redirects,
    written_word_lists,
)
from sourced_guide.claims.project.project import Project, snippet_folders
from sourced_guide.claims.project.store.store import FOLDER as STORE
from sourced_guide.claims.project.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping

# MkDocs enables these for every site (mkdocs/config/defaults.py, `markdown_extensions`).
_BUILT_IN = ("toc", "tables", "fenced_code")
# mkdocs/config/config_options.py, `RepoName`.
_HOSTS = {"github.com": "GitHub", "bitbucket.org": "Bitbucket", "gitlab.com": "GitLab"}

# A site that has only the plugin is told what would be found.
_NOT_LISTED = {"gate": REPORT}


@dataclass(frozen=True)
class _Settings:
    values: Mapping[str, Any]
    folder: Path
    # The file, and those that it inherits from.
    files: tuple[Path, ...]


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe YAML plus the three tags of MkDocs' configuration."""


def _environment(loader: _Loader, node: yaml.Node) -> Any:
    """`!ENV NAME` or `!ENV [NAME, default]`."""
    if isinstance(node, yaml.SequenceNode):
        *names, default = [loader.construct_object(item) for item in node.value] or [None]
        return next((os.environ[str(name)] for name in names if str(name) in os.environ), default)
    return os.environ.get(str(node.value))


def _python_name(loader: _Loader, suffix: str, node: yaml.Node) -> Any:
    """`!!python/name:module.attribute`, as the emoji and fence options are written."""
    module, _, name = suffix.rpartition(".")
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise yaml.constructor.ConstructorError(
            None, None, f"cannot find '{suffix}': {error}", node.start_mark
        ) from error


def _relative(loader: _Loader, node: yaml.Node) -> str:
    """`!relative $config_dir/includes`: relative to the project's folder in both cases."""
    path = str(node.value)
    return path.replace("$config_dir", ".").replace("$docs_dir", "docs") or "."


class Unknown(str):
    """The value of a Python tag, which is not evaluated. It is empty."""

    __slots__ = ()


def _unknown(_loader: _Loader, _suffix: str, _node: yaml.Node) -> Unknown:
    """`!!python/object/apply:...` and the like: read, never called."""
    return Unknown()


_Loader.add_constructor("!ENV", _environment)
_Loader.add_constructor("!relative", _relative)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", _python_name)
# Registered last, so that it gets all other Python tags.
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _unknown)


def load_project(config: Path, root: Path | None = None, *, with_store: bool = False) -> Project:
    """Return the project that `config` (mkdocs.yml) describes.

    Findings name files relative to `root`, by default the working directory. `with_store`, what
    earlier runs found is used; its caller saves it, and changes nothing that was read in memory.
    Raises UnusableProjectError where the file is missing or cannot be read.
    """
    settings = _read(config.resolve())
    values, folder = settings.values, settings.folder
    docs = folder / str(values.get("docs_dir") or "docs")
    if not docs.is_dir():
        raise UnusableProjectError(f"{config}: docs_dir '{docs.name}' is not a folder")
    names, configs = _extensions(values.get("markdown_extensions"), config)
    texts = [*settings.files, theme.SETTINGS] if _has_our_theme(values) else settings.files
    root = (root or Path.cwd()).resolve()
    places = option_places(settings.files, root, NAME)
    written = configs.get(NAME, _NOT_LISTED) or {}
    try:
        use_word_lists(written_word_lists(written), folder)
    except UnknownListError as error:
        raise UnusableProjectError(f"{config.name}: word_lists: {error}") from error
    # What is kept depends on the word lists.
    store = Store(folder / STORE if with_store else None)
    options = read_options(written, places, store)
    project = Project(
        docs=docs.resolve(),
        root=root if docs.resolve().is_relative_to(root) else folder,
        extensions=names,
        extension_configs=configs,
        snippets=snippet_folders(configs, folder),
        excluded=Excluded(str(excluded), store)
        if (excluded := values.get("exclude_docs"))
        else None,
        options=options,
        config_folder=folder,
        address=str(values.get("site_url") or ""),
        repository=_repository(values),
        site=read_site_settings(values.get("extra")),
        setting_texts=setting_texts(texts, root, store),
        code_files=_code_files(values, folder, docs.resolve()),
        hooks=[folder / str(hook) for hook in values.get("hooks") or []],
        settings_digest=hashlib.sha256(repr(values).encode()).hexdigest(),
        store=store,
    )
    require_usable_redirects(project.options, project.page_paths)
    require_usable_packs(project.options, project.page_paths)
    return project


def _read(config: Path, children: tuple[Path, ...] = ()) -> _Settings:
    try:
        values = yaml.load(config.read_text("utf-8-sig"), Loader=_Loader)  # noqa: S506 (a safe loader)
    except OSError as error:
        raise UnusableProjectError(f"{config.name} cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise UnusableProjectError(f"{config.name} is not usable YAML: {reason}") from error
    if not isinstance(values, dict):
        raise UnusableProjectError(f"{config.name} has no settings")
    if parent := values.pop("INHERIT", None):
        if config in children:
            raise UnusableProjectError(f"{config.name} inherits from itself")
        inherited = _read((config.parent / str(parent)).resolve(), (*children, config))
        merged = _merged(inherited.values, values)
        return _Settings(merged, config.parent, (config, *inherited.files))
    return _Settings(values, config.parent, (config,))


def _merged(parent: Mapping[str, Any], child: Mapping[str, Any]) -> dict[str, Any]:
    """Merge as MkDocs' INHERIT does: mappings deeply, everything else replaced."""
    merged = dict(parent)
    for name, value in child.items():
        if isinstance(value, dict) and isinstance(merged.get(name), dict):
            merged[name] = _merged(merged[name], value)
        else:
            merged[name] = value
    return merged


def _extensions(listed: Any, config: Path) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """Return the names of the Markdown extensions and the options of each."""
    names, configs = list(_BUILT_IN), {}
    entries = listed.items() if isinstance(listed, dict) else _entries(listed or [], config)
    for name, options in entries:
        if not isinstance(options or {}, dict):
            raise UnusableProjectError(f"{config.name}: the options of '{name}' are not a mapping")
        names.append(str(name))
        configs[str(name)] = _known(dict(options or {}))
    return list(dict.fromkeys(names)), configs


def _known(value: Any) -> Any:
    """Return an option without unknown values, so that the extension uses its defaults."""
    if isinstance(value, dict):
        return {name: _known(item) for name, item in value.items() if not isinstance(item, Unknown)}
    if isinstance(value, list):
        return [_known(item) for item in value if not isinstance(item, Unknown)]
    return value


def _entries(listed: Any, config: Path) -> list[tuple[str, Any]]:
    if not isinstance(listed, list):
        raise UnusableProjectError(f"{config.name}: markdown_extensions must be a list")
    entries: list[tuple[str, Any]] = []
    for entry in listed:
        entries += entry.items() if isinstance(entry, dict) else [(str(entry), {})]
    return entries


def _code_files(values: Mapping[str, Any], folder: Path, docs: Path) -> list[Path]:
    """Return a project's templates, style sheets and scripts: its own, then those of our theme."""
    settings = values.get("theme")
    overrides = settings.get("custom_dir") if isinstance(settings, dict) else None
    found = sorted((folder / str(overrides)).rglob("*")) if overrides else []
    code = [path for path in found if path.is_file() and not path.name.startswith(".")]
    for setting in ("extra_css", "extra_javascript"):
        listed = values.get(setting)
        for entry in listed if isinstance(listed, list) else ():
            path = entry.get("path") if isinstance(entry, dict) else entry
            if path and not EXTERNAL_URL.match(str(path)):
                code.append(docs / str(path))
    code += theme.code_files() if _has_our_theme(values) else []
    return list(dict.fromkeys(code))


def _repository(values: Mapping[str, Any]) -> str:
    """Return the name of the site's repository, as MkDocs makes it from the address."""
    host = urlsplit(str(values.get("repo_url") or "")).netloc.lower()
    name = values.get("repo_name") or _HOSTS.get(host) or host.partition(".")[0].title()
    return str(name)


def _has_our_theme(values: Mapping[str, Any]) -> bool:
    chosen = values.get("theme")
    name = chosen.get("name") if isinstance(chosen, dict) else chosen
    return bool(name == theme.NAME)
