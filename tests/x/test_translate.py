"""X's JSON, and whatever else may come in its place: a post that can be kept, or named and passed over."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.twitter.names import either
from adapters.twitter.translate import HOST, message, person, post
from adapters.wire import Unreadable, utc
from bot.domain.model import Person, Platform
from tests.anything import JSON, KEYS, TEXTS, assert_kept_or_named, shaped

ME = Person(platform=Platform.X, id="1", handle=f"missed@{HOST}", is_bot=True)
WRITTEN_AT = "2026-11-19T20:30:00.000Z"


USER = shaped(id=KEYS, username=TEXTS, name=TEXTS, description=st.text())
TWEET = shaped(
    id=KEYS,
    author_id=KEYS,
    created_at=st.just(WRITTEN_AT) | st.datetimes().map(str),
    text=TEXTS,
    lang=st.text(),
    withheld=st.just({"copyright": True}),
    conversation_id=KEYS,
    in_reply_to_user_id=KEYS,
    entities=shaped(mentions=st.lists(USER | JSON), hashtags=st.lists(shaped(tag=TEXTS) | JSON)),
    edit_history_tweet_ids=st.lists(KEYS | JSON),
    edit_history_post_ids=st.lists(KEYS | JSON),
    referenced_tweets=st.lists(shaped(id=KEYS, type=st.sampled_from(["replied_to", "quoted", "retweeted"])) | JSON),
    referenced_posts=st.lists(shaped(id=KEYS, type=st.sampled_from(["replied_to", "quoted", "retweeted"])) | JSON),
    note_tweet=shaped(text=TEXTS),
    note_post=shaped(text=TEXTS),
)
EVENT = shaped(id=KEYS, sender_id=KEYS, text=TEXTS, created_at=st.just(WRITTEN_AT))


def known(key: str) -> Person:
    return Person(platform=Platform.X, id=key, handle=f"{key}@{HOST}")


@given(TWEET | JSON)
def test_anything_is_a_post_or_is_named_and_passed_over(tweet: Any) -> None:
    assert_kept_or_named(lambda: post(tweet, known))


@given(EVENT | JSON)
def test_anything_is_a_message_or_is_named_and_passed_over(event: Any) -> None:
    assert_kept_or_named(lambda: message(event, ME, known))


@given(USER | JSON)
def test_anything_is_a_person_or_nobody(user: Any) -> None:
    one = person(user)
    assert one is None or (one.handle.endswith(f"@{HOST}") and "\0" not in one.handle + one.name + one.id)


def tweet(**more: Any) -> dict[str, Any]:
    return {"id": "12", "author_id": "3", "created_at": WRITTEN_AT, "text": "hello", **more}


@pytest.mark.parametrize("key", ["1", "20", "1" * 19, "9" * 40, "18446744073709551616", "0012", 12])
def test_ids_are_text_of_any_length(key: str | int) -> None:
    one = post(tweet(id=key, author_id=key), known)
    assert (one.id, one.author.id) == (str(key), str(key))


def test_a_post_without_an_id_is_named_as_such() -> None:
    with pytest.raises(Unreadable):
        post(tweet(id="a\0b"), known)


def test_a_long_post_is_whole_and_a_short_one_is_what_it_is() -> None:
    assert post(tweet(text="x" * 280), known).text == "x" * 280
    long = tweet(text="x" * 279 + "…", note_tweet={"text": "y" * 4000})
    assert post(long, known).text == "y" * 4000
    assert post({**long, "note_post": {"text": "z" * 300}}, known).text == "z" * 300, "the new name comes first"


@pytest.mark.parametrize("noun", ["tweet", "post"])
def test_an_edit_is_known_by_its_first_version_and_what_it_answers(noun: str) -> None:
    one = post(
        tweet(**{f"edit_history_{noun}_ids": ["10", "12"], f"referenced_{noun}s": [{"type": "replied_to", "id": "7"}]}),
        known,
    )
    assert (one.uri, one.url, one.in_reply_to_id) == ("https://x.com/i/status/10", "https://x.com/i/status/12", "7")


def test_a_withheld_post_is_passed_over_and_a_deleted_author_has_no_name() -> None:
    with pytest.raises(Unreadable, match="12"):
        post(tweet(text="", withheld={"copyright": False}), known)
    assert post(tweet(), known).author.name == ""


def test_references_of_a_strange_type_are_none() -> None:
    assert post(tweet(referenced_tweets=[{"type": ["replied_to"], "id": "7"}]), known).in_reply_to_id is None


def test_what_is_no_time_is_none() -> None:
    assert utc("yesterday") is None
    assert utc("9999-12-31T23:59:59-12:00") is None
    assert utc("2026-11-19T20:30:00") == utc(WRITTEN_AT)
    assert either({"tweet": 1}, "{}") == 1
