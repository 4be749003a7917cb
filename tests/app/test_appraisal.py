import json
from datetime import time

import pytest

from bot.app.appraisal import Finding, Label, Share, recognise, score, score_by
from bot.app.transcript import Reader
from bot.domain.chat import Chat, Slot
from bot.domain.recognise import Recogniser
from tests.world import BOOK

CHAT = Chat(tag="tea", title="t", slots=(Slot(repeats="FREQ=WEEKLY", time=time(1), zone="UTC"),))
NAMES = {"nora": "Nora Keane"}


def found(*rows: dict[str, object]) -> list[Finding]:
    lines = [json.dumps({"author": "ana", **row}).encode() for row in rows]
    transcript = Reader("tea", lambda html: html, NAMES).read(lines)
    assert transcript.malformed == ()
    return recognise(transcript.lines, CHAT, Recogniser([BOOK]), NAMES)


def test_a_call_is_told_with_whom_by_which_phrase_and_words() -> None:
    (one,) = found({"id": "1", "text": "@nora you are missed #tea", "mentions": ["nora"]})
    assert one == Finding(
        id="1",
        is_call=True,
        targets=("nora",),
        kind="missed",
        phrase="you are missed",
        lang="en",
        why="you are missed",
    )


def test_a_name_on_the_roster_and_the_person_replied_to_are_meant() -> None:
    by_name, by_reply = found(
        {"id": "1", "text": "Nora Keane, you are missed #tea", "mentions": []},
        {"id": "2", "text": "you are missed", "in_reply_to": "ben", "in_chat_thread": True},
    )
    assert (by_name.targets, by_reply.targets) == (("nora",), ("ben",))


def test_what_is_no_call_says_what_refused_it_and_ordinary_posts_say_nothing() -> None:
    refused, ordinary = found(
        {"id": "1", "text": "A1 @nora you are missed #tea", "mentions": ["nora"]},
        {"id": "2", "text": "good evening #tea"},
    )
    assert not refused.is_call
    assert "refused" in refused.why
    assert (ordinary.is_call, ordinary.why) == (False, "")


def test_findings_come_in_the_order_of_the_file() -> None:
    ids = [
        one.id for one in found({"id": "b", "text": "x", "created_at": "2026-01-02T00:00Z"}, {"id": "a", "text": "y"})
    ]
    assert ids == ["b", "a"]


FINDINGS = [
    Finding(id="right", is_call=True, targets=("nora",)),
    Finding(id="wrong people", is_call=True, targets=("nora", "ben")),
    Finding(id="false alarm", is_call=True, targets=("nora",)),
    Finding(id="not heard", is_call=False),
    Finding(id="rightly quiet", is_call=False),
    Finding(id="without a label", is_call=True, targets=("nora",)),
]
LABELS = {
    one.id: one
    for one in (
        Label(id="right", is_call=True, targets=("nora",), kind="missed", lang="en"),
        Label(id="wrong people", is_call=True, targets=("nora",), kind="where", lang="en"),
        Label(id="false alarm", is_call=False, kind="object", lang="de"),
        Label(id="not heard", is_call=True, targets=("sam",), kind="where", lang="de"),
        Label(id="rightly quiet", is_call=False, kind="ordinary", lang="en"),
    )
}


def test_precision_recall_targets_and_false_alarms_are_counted() -> None:
    result = score(FINDINGS, LABELS)
    assert (result.precision, result.recall) == (Share(hits=2, of=3), Share(hits=2, of=3))
    assert result.targets == Share(hits=1, of=2)
    assert result.f1 == pytest.approx(2 / 3)
    assert (result.posts, result.false_alarms, result.false_alarms_per_1000) == (5, 1, 200)


def test_groups_are_scored_by_themselves() -> None:
    by_language = score_by(FINDINGS, LABELS, lambda label: label.lang)
    assert list(by_language) == ["de", "en"]
    assert by_language["de"].recall == Share(hits=0, of=1)
    assert by_language["de"].f1 is None
    assert by_language["en"].precision == Share(hits=2, of=2)


def test_of_nothing_there_is_no_share() -> None:
    empty = score([], {})
    assert (empty.precision.value, empty.precision.interval, empty.f1) == (None, None, None)
    assert empty.false_alarms_per_1000 == 0


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"), [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (45, 49, 0.8081, 0.9678)]
)
def test_the_interval_is_wilsons(hits: int, of: int, low: float, high: float) -> None:
    assert Share(hits=hits, of=of).interval == pytest.approx((low, high), abs=1e-4)
