"""`guide review`: packs for reviewers, and what becomes of their answers."""

from __future__ import annotations

import json
from argparse import SUPPRESS
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.model.sanitize import visible
from sourced_guide.claims.model.suggest import did_you_mean
from sourced_guide.claims.project.io.atomic_write import write_atomically
from sourced_guide.claims.project.review_logs import (
    REVIEWS,
    append_entries,
    read_review_logs,
    slug_of,
)
from sourced_guide.claims.review.answers import confirmed_before, read_answers, taken
from sourced_guide.claims.review.levels import Level, levels_of
from sourced_guide.claims.review.links import claim_passage_links
from sourced_guide.claims.review.recording import agreed_entry, links_of
from sourced_guide.claims.review.reviews import open_disagreements
from sourced_guide.claims.review.summary import review_lines
from sourced_guide.cli.command import CLEAN, FINDINGS, Command, Result
from sourced_guide.cli.confirm import QUESTION, add_person, ask, person, places_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.project import Project

_YAML = (".yml", ".yaml")


def _add_options(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    pack = actions.add_parser("pack", help="write one file in which a reviewer reads and answers")
    pack.add_argument("file", metavar="FILE", help="where to write it, as review.html")
    pack.add_argument("--for", dest="reader", required=True, metavar="NAME", help="for whom it is")
    pack.add_argument("--pages", nargs="+", metavar="PATH", help="only these pages (all)")
    pack.set_defaults(action=_pack)
    take = actions.add_parser("take", help="record the answers that a reviewer saved")
    take.add_argument(
        "file", metavar="FILE", help="their answers, or confirmations.yml of an earlier version"
    )
    take.add_argument(
        "--clinician",
        action="store_true",
        help="they are an expert, such as a doctor, and you know it",
    )
    take.set_defaults(action=_take)
    listing = actions.add_parser("list", help="list reviewers, levels and remarks")
    listing.set_defaults(action=_list)
    resolve = actions.add_parser("resolve", help="settle a disagreement, as a second person")
    resolve.add_argument("place", metavar="PATH:LINE", help="the claim")
    add_person(resolve)
    resolve.add_argument("--because", required=True, metavar="TEXT", help="why it may stand")
    resolve.set_defaults(action=_resolve)
    verify = actions.add_parser("verify", help="compare the logs with an edition of before")
    verify.add_argument("file", metavar="FILE", help="the claims.json of that edition")
    verify.set_defaults(action=_verify)
    for action in (pack, take, listing, resolve, verify):
        action.add_argument("--config", default=SUPPRESS, metavar="FILE", help=SUPPRESS)


def _run(project: Project, options: Namespace) -> Result:
    result: Result = options.action(project, options)
    return Result("\n".join(map(visible, result.text.split("\n"))), result.code)


def _pack(project: Project, options: Namespace) -> Result:
    # Imported here, because the templates and lxml are slow to load.
    from sourced_guide.build.review_pack.pack_data import (  # noqa: PLC0415
        minutes_to_read,
        pack_data,
    )
    from sourced_guide.build.review_pack.write import pack_html  # noqa: PLC0415

    guide = read_guide(project)
    paths = [_page(guide, written) for written in options.pages or ()]
    levels, _ = levels_of(guide)
    nobody = Level(site=project.site)
    data = pack_data(
        guide,
        paths or [page.file.path for page in guide.pages],
        " ".join(options.reader.split()),
        _title(guide),
        {page.file.path: levels.get(page.file.path, nobody).summary for page in guide.pages},
    )
    if not data["questions"]:
        raise UnusableProjectError("there is no claim to review on these pages")
    write_atomically(Path(options.file), pack_html(data))
    count, minutes = len(data["questions"]), minutes_to_read(data)
    return Result(
        f"{options.file}: {count} claims for {data['for']}, about {_duration(minutes)} "
        "(180 words a minute, and 3 seconds a claim)"
    )


def _page(guide: Guide, written: str) -> str:
    """Return the path of the page that was written as a path, from here or from the docs folder."""
    paths = [page.file.path for page in guide.pages]
    docs = guide.project.docs.resolve()
    full = Path(written).resolve()
    path = full.relative_to(docs).as_posix() if full.is_relative_to(docs) else written
    for name in (path, f"{path}.md", written, f"{written}.md"):
        if name in paths:
            return name
    guess = did_you_mean(written, paths)
    raise UnusableProjectError(f"there is no page '{written}'; {guess or 'name a page in docs'}")


def _title(guide: Guide) -> str:
    """Return the title of the guide, which its start page has."""
    starts = [page.file for page in guide.pages if page.file.path in ("index.md", "README.md")]
    return starts[0].title if starts else guide.project.folder.name


def _duration(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02} min" if hours else f"{minutes} min"


def _take(project: Project, options: Namespace) -> Result:
    path = Path(options.file)
    if path.suffix in _YAML:
        return _take_over(project, path, clinician=options.clinician)
    given = read_answers(path)
    result = taken(read_guide(project), given, clinician=options.clinician)
    count = append_entries(project.folder, result.entries) if result.entries else 0
    lines = [
        f"not taken, changed since the pack was made: {answer.get('claim') or answer['id']} "
        f"({answer['answer']}{': ' if answer['comment'] else ''}{answer['comment']})"
        for answer in result.changed
    ]
    known = len(result.entries) - count
    lines.append(
        f"{given.reviewer['name']}: {count} answer{'' if count == 1 else 's'} taken, "
        f"{known} known before, "
        f"{len(result.changed)} not taken"
    )
    return Result("\n".join(lines), FINDINGS if result.changed else CLEAN)


def _take_over(project: Project, path: Path, *, clinician: bool) -> Result:
    """Move the entries of a confirmations file to the logs of those who made them."""
    count = 0
    for entries in confirmed_before(path):
        known = [replace(it, reviewer=replace(it.reviewer, clinician=clinician)) for it in entries]
        count += append_entries(project.folder, known)
    path.unlink()
    return Result(f"{path}: {count} entries moved to {REVIEWS}/, and the file is removed")


def _list(project: Project, _options: Namespace) -> Result:
    return Result("\n".join(review_lines(read_guide(project))))


def _resolve(project: Project, options: Namespace) -> Result:
    by, reason = person(project, options), " ".join(options.because.split())
    if not any(letter.isalpha() for letter in reason):
        raise UnusableProjectError("--because must say why the claim may stand")
    guide = read_guide(project)
    place = places_of(guide, [options.place])[0]
    disputes = [
        dispute
        for dispute in open_disagreements(guide)
        for _, claim in dispute.question.places
        if (claim.file, claim.line) == (place.path, place.line)
    ]
    if not disputes:
        raise UnusableProjectError(f"nobody disagrees with a claim at {options.place}")
    if own := [it for it in disputes if it.log.slug == slug_of(by.name)]:
        who = own[0].entry.reviewer.name
        raise UnusableProjectError(f"{who} disagreed, so a second person has to settle it")
    question = disputes[0].question
    shown = [question.claim, *(f"  {name}: {p.says}" for name, (_, p) in question.passages.items())]
    shown += [f"  {it.entry.reviewer}: {it.entry.comment or 'no comment'}" for it in disputes]
    if ask("\n".join([*map(visible, shown), QUESTION])) != "y":
        return Result("not settled", FINDINGS)
    links = {link.link_key: link for link in claim_passage_links(guide)}
    entry = agreed_entry(guide, links_of(guide, question, links), by)
    chains = tuple(it.entry.chain for it in disputes if it.question.id == question.id)
    append_entries(project.folder, [replace(entry, comment=reason, resolves=chains)])
    return Result(f"{options.place}: settled by {by}")


def _verify(project: Project, options: Namespace) -> Result:
    """Look up the heads that an edition published in the logs as they are now."""
    path = Path(options.file)
    try:
        published = json.loads(path.read_bytes())["reviews"]
        heads = [(str(it["file"]), str(it["head"]), int(it["entries"])) for it in published]
    except OSError as error:
        raise UnusableProjectError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        reason = "is not the claims.json of an edition with reviews"
        raise UnusableProjectError(f"{path} {reason}") from error
    logs = {log.file: log for log in read_review_logs(project.folder)}
    lines = []
    for file, head, count in heads:
        log = logs.get(file)
        if log is None:
            lines.append(f"{file}: missing; it had {count} entries")
        elif log.faults:
            lines.append(f"{file}: broken: {log.faults[0][1]}")
        elif head not in {entry.chain for entry in log.entries[count - 1 : count]}:
            lines.append(f"{file}: its first {count} entries are not those that were published")
    return Result(
        "\n".join([*lines, f"logs of {path}: {len(heads)}, {len(lines)} changed"]),
        FINDINGS if lines else CLEAN,
    )


COMMAND = Command("review", "packs for reviewers, and what they answered", _add_options, _run)
