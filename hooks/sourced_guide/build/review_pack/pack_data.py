"""The data of a review pack, described by pack.schema.json beside this file."""

from __future__ import annotations

import hashlib
import json
import math
from typing import TYPE_CHECKING, Any

from sourced_guide.build.review_pack.article import marked_articles
from sourced_guide.build.review_pack.context import KINDS, contexts_of
from sourced_guide.build.review_pack.groups import GROUPS, group_of
from sourced_guide.claims.render.references_page import text_fragment
from sourced_guide.claims.render.source_labels import short_label
from sourced_guide.claims.report.claims_file import EDITION_DIGITS
from sourced_guide.claims.report.export import claims_data
from sourced_guide.claims.review.questions import Question, passages_of, question_id, questions_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sourced_guide.claims.model.source import Passage, Source
    from sourced_guide.claims.model.statement import Statement
    from sourced_guide.claims.project.guide import Guide

FORMAT = "sourced-guide review pack 1"
# Places of one claim whose surroundings are shown.
_MOST_CONTEXTS = 3
_WORDS_A_MINUTE, _SECONDS_A_CLAIM = 180, 3


def pack_data(
    guide: Guide, paths: Sequence[str], reader: str, title: str, levels: Mapping[str, str]
) -> dict[str, Any]:
    """Return the data of a pack for one reviewer.

    `paths` are the pages to review; those without claims are left out. `levels` say in words how
    far pages have been checked.
    """
    questions = questions_of(guide, paths)
    asked = {question.id for question in questions}
    pages = list(dict.fromkeys(path for question in questions for path in question.pages))
    around = {
        id(claim): context
        for path in pages
        for claim, context in contexts_of(guide.page(path).text)
    }

    def question_of(claim: Statement) -> str:
        read = passages_of(claim, guide)
        name = question_id(claim.text, [passage for _, passage in read.values()]) if read else ""
        return name if name in asked else ""

    shown = {
        path: {
            "path": path,
            "title": guide.page(path).file.title,
            "level": levels.get(path, ""),
            "blocks": [{"html": html} for html in blocks],
        }
        for path, blocks in marked_articles(guide, pages, question_of)
    }
    asked_for = [_question(question, around) for question in questions]
    # Sorted by group only: within a group, the order of the pages stays.
    asked_for.sort(key=lambda question: GROUPS.index(question["group"]))
    data = {
        "format": FORMAT,
        "title": title,
        "for": reader,
        "made": guide.project.today.isoformat(),
        "edition": claims_data(guide)["digest"][:EDITION_DIGITS],
        "pages": [shown[path] for path in pages],
        "questions": asked_for,
    }
    return {"id": digest_of_data(data), **data}


def digest_of_data(data: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON of a pack's data without its id, in hex."""
    rest = {name: value for name, value in data.items() if name != "id"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def minutes_to_read(data: Mapping[str, Any]) -> int:
    """Return how long a pack takes: 180 words a minute, and 3 seconds a claim."""
    words = sum(
        len(text.split())
        for question in data["questions"]
        for text in (question["claim"], *(passage["says"] for passage in question["passages"]))
    )
    seconds = 60 * words / _WORDS_A_MINUTE + _SECONDS_A_CLAIM * len(data["questions"])
    return math.ceil(seconds / 60)


def _question(question: Question, around: Mapping[int, str]) -> dict[str, Any]:
    claim = question.places[0][1]
    contexts = list(dict.fromkeys(around[id(claim)] for _, claim in question.places))
    context = "\n".join(filter(None, contexts[:_MOST_CONTEXTS]))
    groups = (group_of(claim, around[id(claim)]) for _, claim in question.places)
    return {
        "id": question.id,
        "claim": question.claim,
        "kind": KINDS.get(claim.kind, "sentence"),
        "context": context,
        "pages": question.pages,
        "group": min(groups, key=GROUPS.index),
        "passages": [
            _passage(reference, source, passage)
            for reference, (source, passage) in question.passages.items()
        ],
    }


def _passage(reference: str, source: Source, passage: Passage) -> dict[str, Any]:
    address = source.csl.get("URL")
    return {
        "reference": reference,
        "source": short_label(source),
        "title": source.title,
        "kind": source.kind,
        "year": str(source.csl.get("issued", ""))[:4],
        "read": source.read,
        "section": passage.section,
        "start": passage.start,
        "end": passage.end,
        "says": passage.says,
        "figures": list(passage.figures),
        "population": passage.population,
        "period": passage.period,
        "reports": passage.reports,
        "url": f"{address}{text_fragment(passage)}" if address else "",
    }
