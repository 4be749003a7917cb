"""`missed recognise`: which posts are calls, one JSON line each, and how right that is."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel, StrictBool, ValidationError

from bot.app.appraisal import Finding, Label, Score, Share, score, score_by
from bot.app.appraisal import recognise as find
from bot.app.transcript import Remark, handle_of, problem
from bot.cli import exits, options, show, transcripts
from bot.domain.recognise import Recogniser
from config import catalogue


@exits.told
def recognise(
    posts: transcripts.Posts,
    chat: transcripts.ChatTag,
    roster: transcripts.Roster = None,
    gold: Annotated[
        bool, typer.Option("--gold", help="Hold the posts against their own labels, and print figures instead.")
    ] = False,
    json: options.Json = False,
    config: options.Config = None,
) -> None:
    """Say of each post whether it calls somebody, whom, and by which phrase: one JSON line each.

    With --gold every line also holds is_call, targets and kind, as a careful reader would have them.
    Ends with 1 where lines or labels could not be read.

    Example: missed recognise posts.jsonl --chat lrnchat --roster roster.json
    """
    about = transcripts.chat_of(chat, transcripts.settings_of(config))
    names = transcripts.names_in(roster)
    transcript = transcripts.read(posts, about, names)
    findings = find(transcript.lines, about, Recogniser(catalogue.phrasebooks()), names)
    mislabelled: list[Remark] = []
    if gold:
        labels, mislabelled = _labels(posts, {line.number: line.post.id for line in transcript.lines})
        _figures(findings, labels, as_json=json)
    else:
        for finding in findings:
            typer.echo(finding.model_dump_json())
    transcripts.remark("", transcript.remarks)
    transcripts.remark("cannot be read: ", transcript.malformed)
    transcripts.remark("not counted: ", mislabelled)
    if transcript.repeated:
        exits.stderr().print(f"missed: {transcript.repeated} with the id of an earlier line left out", markup=False)
    if transcript.malformed or mislabelled:
        raise typer.Exit(exits.FAILED)


class _Gold(BaseModel):
    """The labels of a line, beside everything else that stands there."""

    is_call: StrictBool
    targets: list[str] = []
    kind: str | None = None
    lang: str | None = None


def _labels(posts: Path, ids: Mapping[int, str]) -> tuple[dict[str, Label], list[Remark]]:
    """Read the labels of the lines that could be read (their ids by number), and say what is wrong with others."""
    labels = {}
    wrong = []
    for number, line in enumerate(posts.read_bytes().split(b"\n"), start=1):
        if number not in ids:
            continue
        try:
            row = _Gold.model_validate_json(line.removeprefix(b"\xef\xbb\xbf"))
        except ValidationError as error:
            wrong.append(Remark(number=number, says=problem(error)))
            continue
        labels[ids[number]] = Label(
            id=ids[number],
            is_call=row.is_call,
            targets=tuple(handle_of(handle) for handle in row.targets),
            kind=row.kind or "",
            lang=row.lang or "und",
        )
    if not labels:
        exits.fail(f"{posts}: no line says whether it is a call (is_call, targets, kind).", exits.WRONG_USE)
    return labels, wrong


def _figures(findings: Sequence[Finding], labels: Mapping[str, Label], *, as_json: bool) -> None:
    groups = {
        "all": {"all posts": score(findings, labels)},
        "by language": score_by(findings, labels, lambda label: label.lang),
        "by kind": score_by(findings, labels, lambda label: label.kind or "(none)"),
    }
    if as_json:
        show.document({name: {key: _plain(one) for key, one in some.items()} for name, some in groups.items()})
        return
    columns = ("group", "posts", "precision", "recall", "F1", "targets", "false alarms", "per 1,000")
    for name, some in groups.items():
        show.say(name)
        show.table(columns, [tuple(_row(key, one)) for key, one in some.items()])
        show.say("")


def _plain(one: Score) -> dict[str, Any]:
    shares = {name: _share(getattr(one, name)) for name in ("precision", "recall", "targets")}
    return {"posts": one.posts, **shares, "f1": one.f1, "false_alarms_per_1000": one.false_alarms_per_1000}


def _share(share: Share) -> dict[str, Any]:
    return {"hits": share.hits, "of": share.of, "value": share.value, "interval": share.interval}


def _row(name: str, one: Score) -> Iterator[str]:
    yield name
    yield str(one.posts)
    yield _shown(one.precision)
    yield _shown(one.recall)
    yield f"{one.f1:.3f}" if one.f1 is not None else "–"
    yield _shown(one.targets)
    yield str(one.false_alarms)
    yield f"{one.false_alarms_per_1000:.1f}"


def _shown(share: Share) -> str:
    if share.value is None or share.interval is None:
        return "–"
    low, high = share.interval
    return f"{share.value:.3f} ({low:.2f}–{high:.2f})"
