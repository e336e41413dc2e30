"""Which files of the template a handout uses: a change of one changes no other handouts."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

# Each file uses only what the ones before it name.
_SHARED = (
    "ward/team.typ",
    *(
        f"template/{name}.typ"
        for name in (
            "layouts",
            "keeping",
            "text",
            "boxes",
            "pictures",
            "tables",
            "sources",
            "sheets",
            "handout",
        )
    ),
)
_FORMS = ("forms/sheet.typ",)
# By the function that the code of a handout calls.
_OWN = {
    "fill-in-sheet": _FORMS,
    "alert-card": (*_FORMS, "card.typ"),
    "booklet": ("booklet/booklet.typ",),
    "pack": ("packs/pack.typ",),
    "in-pictures": ("posters/posters.typ",),
    "poster": ("posters/posters.typ",),
}


def with_template(code: str) -> str:
    """Return the code of a handout below the files of the template that it uses."""
    called = code.partition("(")[0]
    names = (*_SHARED, *_OWN.get(called, ()))
    return "\n".join([*map(_text, names), f"#{{\n{code}\n}}\n"])


@cache
def _text(name: str) -> str:
    return files("sourced_guide.build.handouts").joinpath(name).read_text("utf-8")
