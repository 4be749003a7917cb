"""X's JSON, and whatever else may come in its place: a post that can be kept, or named and passed over."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.twitter.names import either
from adapters.twitter.translate import HOST, Unreadable, message, opaque, person, post, utc
from bot.domain.model import Person, Platform, Post

ANY = st.characters(exclude_categories=())
ME = Person(platform=Platform.X, id="1", handle=f"missed@{HOST}", is_bot=True)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(ANY),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.text(ANY, min_size=1) | st.integers()
WRITTEN_AT = "2026-11-19T20:30:00.000Z"


def shaped(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return objects with such fields, of which each may be anything or missing."""
    return st.fixed_dictionaries({}, optional={name: field | JSON for name, field in fields.items()})


USER = shaped(id=KEYS, username=st.text(ANY), name=st.text(ANY), description=st.text())
TWEET = shaped(
    id=KEYS,
    author_id=KEYS,
    created_at=st.just(WRITTEN_AT) | st.datetimes().map(str),
    text=st.text(ANY),
    lang=st.text(),
    withheld=st.just({"copyright": True}),
    conversation_id=KEYS,
    in_reply_to_user_id=KEYS,
    entities=shaped(mentions=st.lists(USER | JSON), hashtags=st.lists(shaped(tag=st.text(ANY)) | JSON)),
    edit_history_tweet_ids=st.lists(KEYS | JSON),
    edit_history_post_ids=st.lists(KEYS | JSON),
    referenced_tweets=st.lists(shaped(id=KEYS, type=st.sampled_from(["replied_to", "quoted", "retweeted"])) | JSON),
    referenced_posts=st.lists(shaped(id=KEYS, type=st.sampled_from(["replied_to", "quoted", "retweeted"])) | JSON),
    note_tweet=shaped(text=st.text(ANY)),
    note_post=shaped(text=st.text(ANY)),
)
EVENT = shaped(id=KEYS, sender_id=KEYS, text=st.text(ANY), created_at=st.just(WRITTEN_AT))


def known(key: str) -> Person:
    return Person(platform=Platform.X, id=key, handle=f"{key}@{HOST}")


def assert_can_be_kept(one: Post) -> None:
    words = [one.id, one.uri, one.url, one.text, one.author.id, one.in_reply_to_id, one.in_reply_to_author_id]
    for who in one.mentions:
        words += [who.id, who.handle, who.name]
    for text in (*words, *one.tags, one.language):
        assert text is None or ("\0" not in text and text.encode("utf-8") is not None)


def assert_kept_or_named(translate: Callable[[], Post]) -> None:
    try:
        one = translate()
    except Unreadable as error:
        name = error.id
    else:
        assert_can_be_kept(one)
        name = one.id
    assert name.encode("utf-8")


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


@pytest.mark.parametrize("key", ["", "a\0b", "\ud800", "9" * 10_000, 10**4000, True, None, 1.5, ["1"]])
def test_what_no_database_keeps_is_no_id(key: object) -> None:
    assert opaque(key) is None
    with pytest.raises(Unreadable):
        post(tweet(id=key), known)


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
