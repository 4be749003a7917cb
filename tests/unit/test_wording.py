from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pace import Progress
from bot.domain.wording import LIMIT, ReminderWords, UnknownNote, Wording, harmless, shortened

ENGLISH = (Path(__file__).parents[2] / "config/messages/en.ftl").read_text(encoding="utf-8")
WORDING = Wording({"en": ENGLISH})
NEXT = datetime(2026, 11, 27, 1, 30, tzinfo=UTC)


def words(**changes: object) -> ReminderWords:
    progress = Progress(
        number=3,
        of=6,
        text="What did you unlearn?",
        url="https://x.example/3",
        on_for=timedelta(minutes=3),
        left_for=timedelta(minutes=34),
        next_in=None,
    )
    usual = ReminderWords(
        kind="called",
        is_live=True,
        callers=("Ana", "Ben"),
        hashtag="#lrnchat",
        progress=progress,
        link="https://x.example/3",
        zone="America/New_York",
        next_at=NEXT,
    )
    return usual.model_copy(update=changes)


def test_a_live_reminder_reads_as_a_friend_would_say_it() -> None:
    assert WORDING.remind(words(), "en") == (
        "Ana and Ben miss you at #lrnchat right now. Q3 of 6 is on: “What did you unlearn?” "
        "34 minutes are left, so come as you are: https://x.example/3\n"
        "(Reply STOP to end these messages.)"
    )


@pytest.mark.parametrize(
    ("callers", "begins"),
    [
        (("Ana",), "Ana misses you"),
        (("Ana", "Ben", "Cem"), "Ana, Ben, and Cem miss you"),
        (("Ana", "Ben", "Cem", "Dee"), "Ana, Ben, and 2 others miss you"),
        (("Ana", "Ben", "C", "D", "E", "F"), "Ana, Ben, and 4 others miss you"),
        (("",), "? misses you"),
    ],
)
def test_the_strongest_are_named_and_the_rest_counted(callers: tuple[str, ...], begins: str) -> None:
    assert WORDING.remind(words(callers=callers), "en").startswith(begins)


def test_before_the_first_question_and_in_the_last_minute() -> None:
    begin = words().progress.model_copy(update={"number": 0, "left_for": timedelta(minutes=1)})
    text = WORDING.remind(words(progress=begin), "en")
    assert "It has only just begun." in text
    assert "One minute is left" in text


def test_after_the_end_it_names_the_next_time_in_the_members_zone() -> None:
    text = WORDING.remind(words(is_live=False), "en")
    assert "the next one is on Thursday 26 November, 20:30." in text
    last = WORDING.remind(words(is_live=False, next_at=None), "en")
    assert "It is over for this time.\n" in last


def test_the_question_is_cut_first_and_never_the_way_out() -> None:
    long = words().progress.model_copy(update={"text": "why " * 300})
    text = WORDING.remind(words(progress=long, callers=("A" * 90, "B" * 90, "C", "D")), "en")
    assert len(text) <= LIMIT
    assert text.endswith("(Reply STOP to end these messages.)")
    assert "https://x.example/3" in text
    assert "…”" in text


def test_a_language_without_a_file_is_english() -> None:
    assert WORDING.languages == ("en",)
    assert WORDING.remind(words(), "de") == WORDING.remind(words(), "en")
    assert WORDING.say("stopped", {}, "de").startswith("Done.")


def test_a_note_that_another_language_lacks_is_said_in_english() -> None:
    both = Wording({"en": ENGLISH, "de": "stopped = Erledigt."})
    assert both.say("stopped", {}, "de") == "Erledigt."
    assert both.say("here", {}, "de") == both.say("here", {}, "en")


def test_a_note_that_nobody_wrote_is_an_error() -> None:
    with pytest.raises(UnknownNote):
        WORDING.say("nonsense", {}, "en")


def test_a_note_with_attributes_only_counts_as_missing() -> None:
    with pytest.raises(UnknownNote):
        Wording({"en": "odd =\n    .attribute = value"}).say("odd", {}, "en")


def test_a_file_that_is_not_fluent_is_refused_with_the_place() -> None:
    with pytest.raises(ValueError, match=r"messages/xx\.ftl: not Fluent near 'oops'"):
        Wording({"xx": "oops"})


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("@ana@far.example hi", "ana＠far.example hi"),
        ("see https://evil.example/x now", "see … now"),
        ("#lrnchat is <b>great</b>", "lrnchat is ‹b›great‹/b›"),
        ("a\u202eb\u200bc\nd\te", "abc d e"),
        ("@@##x", "x"),
        ("mail me@home.example", "mail me＠home.example"),
        ("\U0001f33b Ana ☕", "\U0001f33b Ana ☕"),
    ],
)
def test_somebody_elses_words_are_made_harmless(text: str, safe: str) -> None:
    assert harmless(text) == safe


@given(st.text())
def test_no_name_can_mention_tag_or_break_the_line(text: str) -> None:
    safe = harmless(text)
    assert not set(safe) & set("@#<>\n\r\u202e\u2066")
    assert harmless(safe) == safe


@given(
    callers=st.lists(st.text(), min_size=1, max_size=9).map(tuple),
    question=st.text(max_size=3000),
    is_live=st.booleans(),
)
def test_every_reminder_fits_and_mentions_nobody(callers: tuple[str, ...], question: str, is_live: bool) -> None:
    asked = words().progress.model_copy(update={"text": question})
    text = WORDING.remind(words(callers=callers, progress=asked, is_live=is_live), "en")
    assert len(text) <= LIMIT
    assert "@" not in text
    assert text.endswith("(Reply STOP to end these messages.)")


@given(st.text(max_size=200), st.integers(0, 220))
def test_a_shortened_text_fits(text: str, room: int) -> None:
    assert len(shortened(text, room)) <= max(room, 0)
    assert shortened(text, len(text)) == text
