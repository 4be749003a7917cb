"""Lines of JSON become posts and sessions; what cannot be read is told, and the rest goes on."""

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.app.replay_sessions import begin, place
from bot.app.transcript import EPOCH, Line, Reader, Transcript
from bot.domain.chat import Chat, Session, Slot
from bot.domain.recognise.normalise import LIMIT

TEA = Chat(tag="tea", title="Tea", slots=())
THURSDAY = datetime(2026, 1, 8, 20, tzinfo=UTC)
SLOT = Slot(repeats="FREQ=WEEKLY;BYDAY=TH", time=time(20), zone="UTC", minutes=90, first=date(2026, 1, 1))
WEEKLY = TEA.model_copy(update={"slots": (SLOT,)})


def read(*rows: object) -> Transcript:
    written = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]
    return Reader("tea", lambda html: html.replace("<p>", ""), {"ana": "Ana Lopez"}).read(written)


def row(key: object, minutes: float | None = None, **more: object) -> object:
    at = {} if minutes is None else {"created_at": (THURSDAY + timedelta(minutes=minutes)).isoformat()}
    return {"id": key, "author": "ana", "text": "Hello", **at, **more}


def only(*rows: object) -> Line:
    (line,) = read(*rows).lines
    return line


def test_three_keys_are_enough() -> None:
    transcript = read(
        row("a", author=" @Ana "), b"  \n", row(2, author="ben", text="#Tea @cleo.x@home.example, hi a@b.c")
    )
    first, second = transcript.lines
    assert (first.post.id, first.post.author.id, first.post.author.name) == ("a", "ana", "Ana Lopez")
    assert (first.number, first.is_in_chat, first.is_timed, first.label) == (1, True, False, None)
    assert first.post.tags == ("tea",)
    assert (second.number, second.post.id, second.post.tags) == (3, "2", ("tea",))
    assert [one.handle for one in second.post.mentions] == ["cleo.x@home.example"]
    assert [one.id for one in transcript.people] == ["ana", "ben", "cleo.x@home.example"]


def test_every_key_is_read() -> None:
    given = row(
        "a",
        5,
        text="<p>Hello",
        mentions=["@Ben", ""],
        hashtags=["#Tea", "Coffee"],
        in_reply_to="Cleo",
        is_reblog=True,
        lang="de",
        is_html=True,
        session="one",
        likes=3,
    )
    line = only(given)
    post = line.post
    assert (post.text, post.tags, post.is_repost, post.language) == ("Hello", ("tea", "coffee"), True, "de")
    assert [one.id for one in post.mentions] == ["ben", "cleo"], "whom a post answers is told of it"
    assert (post.in_reply_to_author_id, post.in_reply_to_id) == ("cleo", None)
    assert (line.label, line.is_timed, post.created_at) == ("one", True, THURSDAY + timedelta(minutes=5))


@pytest.mark.parametrize(
    ("known", "is_in_chat"),
    [
        ({}, True),
        ({"hashtags": []}, False),
        ({"hashtags": ["coffee"]}, False),
        ({"hashtags": ["TEA"]}, True),
        ({"hashtags": [], "text": "More #tea"}, True),
        ({"in_chat_thread": False}, False),
        ({"in_chat_thread": True}, True),
        ({"hashtags": [], "in_chat_thread": True}, True),
    ],
)
def test_a_post_is_of_the_chat_by_tag_or_thread_or_if_nothing_is_known(known: dict[str, Any], is_in_chat: bool) -> None:
    line = only(row("a", **known))
    assert line.is_in_chat is is_in_chat
    assert not is_in_chat or line.post.tags == ("tea",) or "#tea" in line.post.text


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"nonsense", "is not valid JSON"),
        (b'{"id": "a"', "is not valid JSON"),
        (b"\xff\xfe", "is not valid JSON"),
        (b"[" * 100_000, "is not valid JSON"),
        (b"[1, 2]", "is not a JSON object"),
        (b"null", "is not a JSON object"),
        (b'{"id": "a", "author": "ana"}', "lacks 'text'"),
        (b'{"id": "", "author": "ana", "text": ""}', "'id': is empty"),
        (b'{"id": "a", "author": "@", "text": ""}', "'author': is empty"),
        (b'{"id": "a", "author": "ana", "text": null}', "'text': input should be a valid string"),
        (b'{"id": "a", "author": "ana", "text": "", "mentions": [{}]}', "'mentions.0': input should be a valid string"),
        (
            b'{"id": "a", "author": "ana", "text": "", "created_at": "0001-01-01T00:00:00+23:00"}',
            "'created_at': is in no year of the internet",
        ),
    ],
)
def test_what_cannot_be_read_is_told_and_the_rest_goes_on(raw: bytes, says: str) -> None:
    transcript = read(row("a"), raw, row("b"))
    assert [(one.number, one.says) for one in transcript.malformed] == [(2, says)]
    assert [line.post.id for line in transcript.lines] == ["a", "b"]


def test_a_byte_order_mark_is_no_fault() -> None:
    assert only(b"\xef\xbb\xbf" + json.dumps(row("a")).encode()).post.id == "a"


def test_an_id_that_comes_again_is_counted_and_passed_over() -> None:
    transcript = read(row("a", text="first"), row("a", text="second"))
    assert (transcript.repeated, [line.post.text for line in transcript.lines]) == (1, ["first"])


def test_a_huge_text_is_cut_and_told() -> None:
    transcript = read(row("a", text="x " * 500_000))
    assert len(transcript.lines[0].post.text) == LIMIT
    assert [one.says for one in transcript.remarks] == [
        "a text of 1,000,000 characters: no more than 4,000 of them are read"
    ]


def test_a_time_without_a_zone_is_utc_and_that_is_said_once() -> None:
    transcript = read(
        row("a", created_at="2026-01-08T20:00:00"),
        row("b", created_at="2026-01-08T20:01:00"),
        row("c", created_at="2026-01-08T15:02:00-05:00"),
    )
    assert [line.post.created_at.minute for line in transcript.lines] == [0, 1, 2]
    assert {line.post.created_at.hour for line in transcript.lines} == {20}
    assert [one.number for one in transcript.remarks] == [1]


def test_lines_come_in_order_of_time_and_equal_times_in_order_of_the_file() -> None:
    transcript = read(row("c", 9), row("a", 1), row("b", 1))
    assert [line.post.id for line in transcript.lines] == ["a", "b", "c"]


def test_without_times_the_file_s_order_counts_a_second_a_line_and_a_week_a_label() -> None:
    transcript = read(row("a", session="x"), row("b", session="y"), row("c", session="x"))
    assert [(line.post.id, line.post.created_at - EPOCH) for line in transcript.lines] == [
        ("a", timedelta(0)),
        ("c", timedelta(seconds=1)),
        ("b", timedelta(days=7)),
    ]


def test_a_line_without_a_time_follows_the_one_before() -> None:
    after = read(row("a", 5), row("b")).lines[1]
    assert (after.post.created_at, after.is_timed) == (THURSDAY + timedelta(minutes=5, seconds=1), True)


# --- sessions ---


def placed(chat: Chat, *rows: object) -> dict[str, Session]:
    found = place(read(*rows).lines, chat)
    assert [line.post.created_at for _, line in found] == sorted(line.post.created_at for _, line in found)
    return {line.post.id: session for session, line in found}


def minute(session: Session) -> float:
    return (session.starts_at - THURSDAY) / timedelta(minutes=1)


@pytest.mark.parametrize(
    ("minutes", "starts"),
    [
        ([2, 20, 40, 59], 0),
        ([2, 5], 0),  # 19:30 and 20:00 hold as many: the later
        ([35, 50, 80, 89], 30),
        ([-3, 1, 20, 40, 59], 0),
        ([-200, 1, 20, 40], 0),  # whoever talks of it in the afternoon does not move it
        ([2, 70], 0),  # 18:00 and after would leave the first post outside
        ([-25, 1, 20], -30),
    ],
)
def test_a_session_begins_at_the_half_hour_with_most_posts_in_the_hour_after(minutes: list[int], starts: int) -> None:
    assert begin([THURSDAY + timedelta(minutes=m) for m in minutes]) == THURSDAY + timedelta(minutes=starts)


def test_what_has_no_schedule_lasts_an_hour() -> None:
    session = placed(TEA, row("a", 2))["a"]
    assert (minute(session), session.ends_at - session.starts_at) == (0, timedelta(hours=1))


def test_more_than_six_silent_hours_part_sessions() -> None:
    found = placed(TEA, row("a", 0), row("b", 360), row("c", 721))
    assert found["a"] == found["b"] != found["c"]


def test_labels_group_lines_whatever_their_times() -> None:
    found = placed(TEA, row("a", 1, session="x"), row("b", 2, session="x"), row("c", 800, session="x"), row("d", 801))
    assert found["a"] == found["c"] != found["d"]


def test_a_schedule_gives_the_times() -> None:
    session = placed(WEEKLY, row("a", 40), row("b", 50))["a"]
    assert (minute(session), session.ends_at - session.starts_at) == (0, timedelta(minutes=90))


def test_a_label_takes_the_scheduled_session_in_which_most_of_it_was_written() -> None:
    week = 7 * 24 * 60
    found = placed(WEEKLY, *(row(str(m), m, session="x") for m in (5, week + 5, week + 6)))
    assert {minute(session) for session in found.values()} == {week}


def test_lines_go_to_the_scheduled_session_around_them_until_a_day_later() -> None:
    week = 7 * 24 * 60
    found = placed(WEEKLY, *(row(str(m), m) for m in (-20, -5, 10, 600, 90 + 1440, week + 10)))
    assert [minute(found[str(m)]) for m in (-5, 10, 600, week + 10)] == [0, 0, 0, week]
    assert minute(found["-20"]) == 0, "too early for it, but of the same evening"
    assert minute(found[str(90 + 1440)]) == 24 * 60 + 90, "too late for it: a group of its own"


def test_who_gathers_before_the_hour_is_of_the_session_to_come() -> None:
    daily = TEA.model_copy(update={"slots": (SLOT.model_copy(update={"repeats": "FREQ=DAILY"}),)})
    found = placed(daily, row("a", 10), row("b", 1440 - 11), row("c", 1440 - 10), row("d", 1440 + 10))
    assert [minute(found[key]) for key in "abcd"] == [0, 0, 1440, 1440]


def test_without_times_no_schedule_holds() -> None:
    night = Slot(repeats="FREQ=DAILY", time=time(23, 30), zone="UTC", first=date(1999, 1, 1))
    chat = TEA.model_copy(update={"slots": (night,)})
    assert placed(chat, row("a"), row("b"))["a"].starts_at == EPOCH
    assert placed(chat, row("a", session="x"))["a"].starts_at == EPOCH


def test_off_schedule_the_start_is_guessed_and_the_usual_length_kept() -> None:
    session = placed(WEEKLY, row("a", 1000), row("b", 1010))["a"]
    assert (minute(session), session.ends_at - session.starts_at) == (990, timedelta(minutes=90))


def test_without_times_a_group_is_one_session_however_long() -> None:
    found = placed(WEEKLY, *(row(str(n)) for n in range(6000)))
    (session,) = set(found.values())
    assert session.starts_at == EPOCH
    assert session.ends_at == EPOCH + timedelta(seconds=6000)


def test_without_times_labels_are_sessions_apart() -> None:
    found = placed(TEA, row("a", session="x"), row("b", session="y"), row("c"))
    assert len({session.id for session in found.values()}) == 3


def test_an_empty_file_has_no_sessions() -> None:
    assert place(read().lines, WEEKLY) == []
