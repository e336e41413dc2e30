"""The data of a review pack: each claim once, beside its passages, in the order of harm."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING

import jsonschema_rs
from lxml.html import fragment_fromstring

from sourced_guide.build.review_pack.groups import GROUPS
from sourced_guide.build.review_pack.pack_data import digest_of_data

from .conftest import LEGS, PAIN, Reviewed

if TYPE_CHECKING:
    from typing import Any


def valid(data: dict[str, Any]) -> dict[str, Any]:
    schema = (
        files("sourced_guide.build.review_pack").joinpath("pack.schema.json").read_text("utf-8")
    )
    jsonschema_rs.validate(json.loads(schema), data)
    return data


def test_a_claim_with_the_same_passages_is_asked_once(project: Reviewed) -> None:
    data = valid(project.pack())
    asked = {question["claim"]: question for question in data["questions"]}
    assert len(data["questions"]) == len(asked) == 2
    assert asked[PAIN]["pages"] == ["index.md", "legs.md"]
    assert [it["reference"] for it in asked[LEGS]["passages"]] == ["spine#legs", "legs#legs"]
    assert asked[LEGS]["context"] == "How legs can feel"
    assert data["id"] == digest_of_data(data)
    assert [page["path"] for page in project.pack("legs.md")["pages"]] == ["legs.md"]


def test_the_words_of_a_claim_are_marked_where_they_stand(project: Reviewed) -> None:
    project.edit("docs/index.md", "often", "**often**")
    data = project.pack()
    article = fragment_fromstring(
        "".join(block["html"] for block in data["pages"][0]["blocks"]), create_parent="div"
    )
    for question in data["questions"]:
        marked = article.xpath(f"//*[@data-claim='{question['id']}']")
        assert "".join(part.text_content() for part in marked) == question["claim"]


def test_nothing_in_a_page_links_loads_or_runs_anything(project: Reviewed) -> None:
    project.edit(
        "docs/index.md", "# About", '<a href="legs.md" onclick="x()" id="y">x</a>\n\n# About'
    )
    project.edit("docs/index.md", "often", "[often](legs.md)")
    html = "".join(block["html"] for page in project.pack()["pages"] for block in page["blocks"])
    assert "often" in html
    for unsafe in ("href", "onclick", " id=", "<script", "src="):
        assert unsafe not in html


def test_what_may_harm_most_is_asked_first(project: Reviewed) -> None:
    more = """
Call 911 if you cannot walk. [@spine#legs]

You should not lift anything heavy. [@spine#legs]

Dexamethasone can ease swelling. [@spine#legs]

In one study, 30 of 100 people had pain. [@spine#pain]
"""
    path = project.folder / "docs/legs.md"
    path.write_text(path.read_text("utf-8") + more, "utf-8")
    groups = [question["group"] for question in valid(project.pack())["questions"]]
    assert groups == sorted(groups, key=GROUPS.index)
    assert list(dict.fromkeys(groups)) == list(GROUPS)


def test_what_stands_around_a_claim_is_shown_with_it(project: Reviewed) -> None:
    more = """
## Signs

Signs may be: [@spine#pain]

- pain at night

| | Pain | Legs |
| --- | --- | --- |
| **At night** | It is worse. [@spine#pain] | They are weak. [@spine#legs] |
"""
    path = project.folder / "docs/legs.md"
    path.write_text(path.read_text("utf-8") + more, "utf-8")
    around = {it["claim"]: (it["kind"], it["context"]) for it in project.pack()["questions"]}
    assert around["pain at night"] == ("item", "Signs › Signs may be:")
    assert around["It is worse. | They are weak."] == ("row", "Signs › At night › Pain | Legs")


def test_the_command_writes_one_file_and_says_how_long_it_takes(project: Reviewed) -> None:
    code, shown = project.run("review", "pack", "--pages", "legs", "--for", "Dr N", "out.html")
    assert (code, shown) == (
        0, "out.html: 2 claims for Dr N, about 1 min (180 words a minute, and 3 seconds a claim)\n",
    )  # fmt: skip
    assert (project.folder / "out.html").is_file()
    assert project.run("review", "pack", "--pages", "leg", "--for", "Dr N", "out.html") == (
        2, "guide: there is no page 'leg'; did you mean 'legs.md'?\n",
    )  # fmt: skip
