"""Pieces of text and of the file system that programs stumble over, each with a name."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_MANY = 100_000
_DEEP = 3_000
_MEGABYTE = 1_000_000

# Inserted into pages, source files and settings alike.
PIECES: Mapping[str, bytes] = {
    "nothing": b"",
    "NUL": b"\0",
    "control characters": bytes(range(1, 32)) + b"\x7f",
    "Python-Markdown's own marks": b"\x02wzxhzdk:0\x03 \x02klzzwxh:0\x03 \x02amp\x03 \x0291\x03",
    "a mark with a huge number": b"\x02wzxhzdk:99999999999999999999\x03\x0299999999999\x03",
    "byte order mark": b"\xef\xbb\xbf",
    "UTF-16": "It hurts.".encode("utf-16"),
    "not UTF-8": b"\xff\xfe\x80",
    "lone surrogate": b"\xed\xa0\x80",
    "escaped lone surrogate": b'"\\ud800" &#xD800; &#55296;',
    "carriage returns": b"one\rtwo\r\nthree\r\r\nfour",
    "other line breaks": "one\u2028two\u2029three\x85four\x0bfive\x0csix".encode(),
    "right-to-left text": "\u202e\u05d0\u05d1\u202c \u0627\u0644 \u2066x\u2069".encode(),
    "combining characters": ("e" + "\u0301" * 5_000).encode(),
    "characters that grow in lower case": ("\u0130" * 500 + "\ufb03\u1e9e").encode(),
    "emoji": "\U0001f9d1\u200d\u2695\ufe0f\U0001f1e9\U0001f1ea".encode(),
    "digits of other scripts": "\u0663\u096c \u00b2\u00bd \u2460 \u3007".encode(),
    "huge number": b"9" * 10_000 + b" out of 1" + b"0" * 5_000,
    "number with an exponent": b"1e999999999 -0 0x1F 1_000 .5 5. NaN inf",
    "many numbers": b"1,2.3-4/5 " * 20_000,
    "long word": b"a" * _MEGABYTE,
    "long line": b"It hurts at night, in bed, when you walk, lift or bend. " * (_MEGABYTE // 56),
    "long line of spaces": b" " * _MEGABYTE,
    "many lines": b"\n" * _MEGABYTE,
    "many short lines": b"a\n" * _MANY,
    "many full stops": b"." * _MANY,
    "many quotes": b"\"'" * _MANY,
    "many citations": b"[@jama-2020#night-pain]" * 5_000,
    "long citation": b"[" + b"@jama-2020#night-pain; " * 5_000 + b"]",
    "unclosed citation": b"It hurts. [@jama-2020#night-pain",
    "many unclosed citations": b"[@" * _MANY,
    "many opening brackets": b"[" * _MANY,
    "many nested brackets": b"[" * _DEEP + b"]" * _DEEP,
    "many closing brackets": b"]" * _MANY,
    "many parentheses": b"[a](" * 20_000,
    "many signs": b"@" * _MANY,
    "citation over lines": b"[@jama-2020\n#night-\n\npain]",
    "citation in a link": b"[see [@jama-2020#night-pain]](x.md) ![[@a#b]](x.png)",
    "citation in everything": b"[[@a#b]][[@c#d]]([@e#f]) [^[@g#h]] `[@i#j]` **[@k#l**]",
    "many stars": b"*" * 10_000,
    "many open emphases": b"*a **b " * 2_000,
    "many underscores": b"_a_" * 5_000,
    "many backticks": b"`" * 10_001,
    "many backtick runs": b"".join(b"`" * n + b"a" for n in range(1, 300)),
    "many ampersands": b"&" * 20_000,
    "many entities": b"&amp;&#60;&lt;&bogus;&#99999999;" * 500,
    "many backslashes": b"\\" * 20_000,
    "many angle brackets": b"<" * 20_000,
    "many open elements": b"<div>" * 1_000,
    "deep elements": b"<div><span>" * 500 + b"x" + b"</span></div>" * 500,
    "deep Markdown in elements": b'<div markdown="1">\n' * 300 + b"x\n" + b"</div>\n" * 300,
    "many inline elements": b"<b>" * 2_000,
    "unclosed comment": b"<!-- claims: allow",
    "many comments": b"<!-- a -->" * 2_000,
    "many unclosed comments": b"<!--" * 2_000,
    "declarations": b"<!DOCTYPE html [<!ENTITY a 'b'>]><![CDATA[x]]><?php x ?><![if a]>",
    "unclosed tag": b'<a href="x title=y\n\n<img alt=',
    "script": b"<script>alert('It hurts.')</script><style>p{content:'It hurts'}</style>",
    "unclosed script": b"<script>It hurts.",
    "drawing": b"<svg><text>It hurts.</text><foreignObject><p>x</p></foreignObject></svg>",
    "unclosed fence": b"```\nIt hurts.",
    "fences in fences": b"````\n```\n~~~\n````\n~~~\n```\n",
    "many fences": b"```\n" * 2_001,
    "deep list": b"".join(b"    " * n + b"- a\n" for n in range(150)),
    "deep quote": b">" * _DEEP + b" It hurts.\n",
    "deep quote with spaces": b"> " * 400 + b"It hurts.\n",
    "deep list on one line": b"- " * 1_000 + b"a\n",
    "deep numbered list on one line": b"1. " * 1_000 + b"a\n",
    "deep admonitions": b"".join(b"    " * n + b"!!! note\n\n" for n in range(100)),
    "deep details": b"".join(b"    " * n + b"??? note\n\n" for n in range(100)),
    "deep tabs": b"".join(b"    " * n + b'=== "tab"\n\n' for n in range(100)),
    "deep captions": b"/// caption\n" * 300 + b"x\n" + b"///\n" * 300,
    "deep definitions": b"".join(
        b"    " * n + b"a\n" + b"    " * n + b":   b\n\n" for n in range(80)
    ),
    "many definitions": b"a\n:   b\n\n" * 2_000,
    "wide table": b"|a" * 2_000 + b"|\n" + b"|-" * 2_000 + b"|\n" + b"|b" * 2_000 + b"|\n",
    "long table": b"|a|b|\n|-|-|\n" + b"|c|d|\n" * 3_000,
    "many headings": b"# a\n" * 2_000,
    "heading with everything": b"# a [@b#c] <i>d</i> `e` { #f .g title='h' }\n",
    "footnotes": b"a[^1] b[^1] c[^2]\n\n[^1]: d[^2]\n[^2]: e[^1]\n",
    "many footnotes": b"a[^1]" * 2_000 + b"\n\n[^1]: d\n",
    "attributes": b"a\n{ .editorial #x title='It hurts' onclick=y\n\n# b { .editorial .c=\n",
    "deep attributes": b"{" * 5_000 + b"}" * 5_000,
    "abbreviation": b"*[MRI]: a scan [@a#b]\n\nMRI\n",
    "reference loop": b"[a]: b\n[a][a] [b][a]\n\n[b]: <a 'c\n",
    "included file": b'--8<-- "warning-signs.md"\n',
    "missing file": b'--8<-- "nowhere.md"\n',
    "included files": b'--8<--\nwarning-signs.md\n\n--8<--\n--8<-- "../docs/page.md"\n',
    "unclosed inclusion": b"--8<--\n" * 500,
    "many inclusions": b'--8<-- "warning-signs.md"\n' * 200,
    "suppression": b"<!-- claims: allow SRC001 because -->\n",
    "front matter": b"---\ntitle: [\n---\n",
    "empty front matter": b"---\n---\n",
    "unclosed front matter": b"---\ntitle: x\n",
    "strange fields": b"---\ntitle: {a: b}\neditorial: []\nreviewed: 2026-13-45\n---\n",
    "fields of no text": b"---\n1: 2\n? [a]\n: b\nnull: x\nnext-review: 99999-01-01\n---\n",
    "deep YAML": b"[" * _DEEP,
    "deep YAML mapping": b"{a: " * _DEEP,
    "deep YAML block": b"".join(b" " * n + b"a:\n" for n in range(_DEEP)),
    "YAML bomb": b"a: &a [x, x]\n"
    + b"".join(b"%c: &%c [*%c, *%c, *%c]\n" % (n, n, n - 1, n - 1, n - 1) for n in range(98, 123)),
    "YAML alias to itself": b"a: &a [*a]\n",
    "YAML tags": b"a: !!python/object/apply:os.getcwd []\nb: !ENV [X]\nc: !!binary x\n",
    "YAML merge": b"<<: {a: b}\nc: *d\n",
    "many YAML keys": b"".join(b"k%d: v\n" % n for n in range(5_000)),
    "many YAML documents": b"---\na: b\n" * 2_000,
    "many YAML signs": b"- " * 5_000,
    "YAML with tabs": b"a:\n\t- b\n",
}

# Whole mkdocs.yml files, or lines for its end.
SETTINGS: Mapping[str, bytes] = {
    "empty": b"",
    "a list": b"- a\n",
    "extensions as text": b"markdown_extensions: toc\n",
    "extensions as a number": b"markdown_extensions: 5\n",
    "extension with odd options": b"markdown_extensions:\n  - toc: 5\n",
    "extension with an unknown option": b"markdown_extensions:\n  - toc: {nothing: true}\n",
    "extension with odd values": b"markdown_extensions:\n  - toc: {baselevel: x}\n",
    "extension without a name": b"markdown_extensions: [null, [], {}, 5]\n",
    "extension that is no extension": b"markdown_extensions: [os.path]\n",
    "extension of a broken name": b"markdown_extensions: ['..', 'a b', '']\n",
    "our options": b"markdown_extensions:\n  - guide.claims: {reading_budget: [1], docs_dir: 5}\n",
    "our unknown option": b"markdown_extensions:\n  - guide.claims: {reading_bugdet: 5}\n",
    "odd budget": b"markdown_extensions:\n  - guide.claims: {reading_budget: {page: .nan}}\n",
    "snippets elsewhere": b"markdown_extensions:\n  - pymdownx.snippets: {base_path: {a: b}}\n",
    "snippets of no folder": b"markdown_extensions:\n  - pymdownx.snippets: {base_path: nowhere}\n",
    "pages elsewhere": b"docs_dir: ..\n",
    "pages nowhere": b"docs_dir: nowhere\n",
    "pages in a list": b"docs_dir: [docs]\n",
    "pages in a file": b"docs_dir: mkdocs.yml\n",
    "odd exclusions": b"exclude_docs: |\n  !\n  [\n  **\n  \\\n",
    "exclusions as a list": b"exclude_docs: [a, 5]\n",
    "inherits from itself": b"INHERIT: mkdocs.yml\n",
    "inherits from nowhere": b"INHERIT: nowhere.yml\n",
    "inherits in a circle": b"INHERIT: other.yml\n",
    "environment": b"site_url: !ENV []\nx: !ENV {a: b}\ny: !ENV [[a], b]\n",
    "Python name": b"x: !!python/name:os.system\ny: !!python/name:nowhere.nothing\n",
    "Python name of a broken kind": b"x: !!python/name:.. \n",
    "relative": b"x: !relative [a]\n",
    "repeated": b"docs_dir: docs\ndocs_dir: docs\n",
    "keys of no text": b"1: 2\n? [a]\n: b\n",
}


def _other_settings(project: Path) -> None:
    (project / "other.yml").write_text("INHERIT: mkdocs.yml\n")
    (project / "mkdocs.yml").write_text("INHERIT: other.yml\n")


def _link(name: str, target: str) -> Callable[[Path], None]:
    def make(project: Path) -> None:
        (project / name).symlink_to(target)

    return make


def _folder(name: str) -> Callable[[Path], None]:
    def make(project: Path) -> None:
        (project / name).mkdir(parents=True)

    return make


def _file(name: bytes, content: bytes = b"It hurts.\n") -> Callable[[Path], None]:
    def make(project: Path) -> None:
        with open(os.fsencode(project) + b"/" + name, "wb") as file:  # noqa: PTH123 (bytes)
            file.write(content)

    return make


def _pipe(name: str) -> Callable[[Path], None]:
    def make(project: Path) -> None:
        os.mkfifo(project / name)

    return make


def _without(name: str) -> Callable[[Path], None]:
    def make(project: Path) -> None:
        (project / name).unlink()

    return make


def _unreadable(name: str) -> Callable[[Path], None]:
    def make(project: Path) -> None:
        (project / name).chmod(0)

    return make


# What may lie in a project's folder, made by a function that is given the folder.
FOLDERS: Mapping[str, Callable[[Path], None]] = {
    "settings in a circle": _other_settings,
    "page that is a folder": _folder("docs/folder.md"),
    "source that is a folder": _folder("docs/references/folder.yml"),
    "page that links out": _link("docs/out.md", "/etc/hostname"),
    "page that links nowhere": _link("docs/nowhere.md", "nothing"),
    "page that links to itself": _link("docs/loop.md", "loop.md"),
    "folder that links to its parent": _link("docs/loop", "."),
    "folder that links out": _link("docs/out", "/etc"),
    "source that links nowhere": _link("docs/references/nowhere.yml", "nothing"),
    "source that links to itself": _link("docs/references/loop.yml", "loop.yml"),
    "page that is a pipe": _pipe("docs/pipe.md"),
    "source that is a pipe": _pipe("docs/references/pipe.yml"),
    "page that links to a device": _link("docs/zero.md", "/dev/zero"),
    "included file that is a pipe": _pipe("includes/pipe.md"),
    "page that nobody may read": _unreadable("docs/page.md"),
    "source that nobody may read": _unreadable("docs/references/jama-2020.yml"),
    "no included file": _without("includes/warning-signs.md"),
    "no page": _without("docs/page.md"),
    "name that is not UTF-8": _file(b"docs/\xff\xfe.md"),
    "name with a line break": _file(b"docs/a\nb.md"),
    "name with signs": _file("docs/\u202e [@a#b] %s {x} `'\".md".encode()),
    "source name that is not UTF-8": _file(b"docs/references/\xff.yml", b"title: x\n"),
    "source name with signs": _file(b"docs/references/a b;c#d].yml", b"title: x\n"),
    "hidden page": _file(b"docs/.hidden.md"),
    "page in capitals": _file(b"docs/PAGE.MD"),
    "empty page": _file(b"docs/empty.md", b""),
}
