from datetime import UTC, datetime, timedelta, timezone
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mastodon.types_base import MaybeSnowflakeIdType

from adapters.mastodon.translate import TEXT_LIMIT, Translator, Unreadable, opaque, plain, utc

THE = Translator("learn.example")
ANA = {"id": "0017", "username": "Ana", "acct": "Ana", "display_name": "Ana 🌱", "bot": False}


def status(**changes: Any) -> dict[str, Any]:
    return {
        "id": "01ULID",
        "uri": "https://learn.example/users/ana/statuses/01ULID",
        "url": "https://learn.example/@ana/01ULID",
        "created_at": "2026-11-19T20:31:05.123Z",
        "account": ANA,
        "content": "<p>Q1</p>",
        "visibility": "public",
        "mentions": [],
        "tags": [],
        "in_reply_to_id": None,
        "in_reply_to_account_id": None,
        "reblog": None,
        "language": "en",
    } | changes


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>one<br>two<br/>three</p><p>four</p>", "one\ntwo\nthree\nfour"),
        ("<p>the chat is on &lt;3 &amp; waiting</p>", "the chat is on <3 & waiting"),
        ("the chat is on &lt;3 & waiting", "the chat is on <3 & waiting"),
        ("<p>much\n   white \t space</p>", "much white space"),
        ('<p class="quote-inline">RE: https://a.example/1</p><p>so true</p>', "so true"),
        (
            '<p><span class="h-card"><a href="https://a.example/@ana">@<span>ana</span></a></span> hi</p>',
            "@ana hi",
        ),
        (
            '<p>hi <a href="https://a.example/tags/lrnchat" class="mention hashtag">#<span>lrnchat</span></a></p>',
            "hi #lrnchat",
        ),
        (
            '<a href="https://e.example/b?x=1&amp;y=2"><span class="invisible">https://</span>e.example/b?x</a>',
            "https://e.example/b?x=1&y=2",
        ),
        ('<a href="https://e.example/x">e.example/x…</a>', "https://e.example/x"),
        ('<a href="https://e.example/x">come join us</a>', "come join us https://e.example/x"),
        ('<a href="javascript:alert(1)">here</a>', "here"),
        ("a<script>b</script><style>c</style>d", "ad"),
        ("<ul><li>one</li><li>two</li></ul><blockquote>three</blockquote>four", "one\ntwo\nthree\nfour"),
    ],
)
def test_content_becomes_what_a_reader_sees(html: str, text: str) -> None:
    assert plain(html) == text


@pytest.mark.parametrize(
    "unit", ["<b>", "<div>", "<p><a href='https://x.example/'>", "<p>", "x", "<", "&amp;", "<table>"]
)
def test_a_megabyte_of_anything_costs_little(unit: str) -> None:
    began = perf_counter()
    text = plain(unit * (1_000_000 // len(unit)))
    assert len(text) <= TEXT_LIMIT
    assert perf_counter() - began < 2


def test_long_text_is_cut_at_the_limit() -> None:
    assert plain("x" * 1_000_000) == "x" * TEXT_LIMIT


@given(st.text())
def test_any_text_is_survived(html: str) -> None:
    assert "\x1e" not in plain(html)


def test_a_status_becomes_a_post() -> None:
    post = THE.post(
        status(
            content="<p>A1 @ben</p>",
            mentions=[{"id": "18", "username": "ben", "acct": "Ben@Far.Example", "url": "x"}],
            tags=[{"name": "LrnChat"}, {"name": "lrnchat"}, {"name": "Straße"}],
            in_reply_to_id="01Q",
            in_reply_to_account_id="18",
        )
    )
    assert (post.id, post.uri) == ("01ULID", "https://learn.example/users/ana/statuses/01ULID")
    assert post.url == "https://learn.example/@ana/01ULID"
    assert (post.author.id, post.author.handle, post.author.name) == ("0017", "ana@learn.example", "Ana 🌱")
    assert [(person.id, person.handle) for person in post.mentions] == [("18", "ben@far.example")]
    assert post.tags == ("lrnchat", "strasse")
    assert (post.in_reply_to_id, post.in_reply_to_author_id) == ("01Q", "18")
    assert post.created_at == datetime(2026, 11, 19, 20, 31, 5, 123000, UTC)
    assert (post.is_direct, post.is_repost, post.language) == (False, False, "en")


def test_what_is_written_under_a_picture_is_no_command() -> None:
    picture = {"type": "image", "url": "https://x.example/1.png", "description": "START", "meta": {"text": "STOP"}}
    post = THE.post(status(content="<p>@missed look</p>", media_attachments=[picture], spoiler_text=""))
    assert "START" not in repr(post)
    assert "STOP" not in repr(post)


def test_takahes_local_people_carry_their_domain() -> None:
    person = THE.person(ANA | {"acct": "Ana@takahe.test"})
    assert person is not None
    assert person.handle == "ana@takahe.test"


def test_a_boost_is_a_repost_by_who_boosted() -> None:
    boosted = status(id="1", content="<p>you are missed</p>", tags=[{"name": "lrnchat"}], account=ANA | {"id": "9"})
    post = THE.post(status(id="2", content="", reblog=boosted))
    assert (post.id, post.author.id, post.text, post.tags) == ("2", "0017", "you are missed", ("lrnchat",))
    assert post.is_repost


def test_only_direct_is_direct() -> None:
    seen = {visibility: THE.post(status(visibility=visibility)).is_direct for visibility in ("direct", "private", "x")}
    assert seen == {"direct": True, "private": False, "x": False}


@pytest.mark.parametrize(
    ("broken", "name"),
    [
        (None, "(no id)"),
        ("text", "(no id)"),
        ([], "(no id)"),
        ({}, "(no id)"),
        ({"id": "7"}, "7"),
        (status(id=None), "(no id)"),
        (status(id=True), "(no id)"),
        (status(account=None), "01ULID"),
        (status(account={"id": "1"}), "01ULID"),
        (status(account=ANA | {"acct": "@"}), "01ULID"),
        (status(created_at=None), "01ULID"),
        (status(created_at="soon"), "01ULID"),
        (status(content=None), "01ULID"),
        (status(content=7), "01ULID"),
    ],
)
def test_what_is_no_post_is_named(broken: object, name: str) -> None:
    with pytest.raises(Unreadable) as caught:
        THE.post(broken)
    assert caught.value.id == name


@pytest.mark.parametrize("junk", [None, 7, "x", [None, 7, {}, {"id": None, "acct": "x"}, {"id": "1"}]])
def test_junk_among_mentions_and_tags_is_left_out(junk: object) -> None:
    post = THE.post(status(mentions=junk, tags=junk, language=7, url=7, uri=None))
    assert (post.mentions, post.tags, post.language, post.url) == ((), (), None, "")


def test_ids_are_text_and_stay_as_they_are() -> None:
    assert opaque(MaybeSnowflakeIdType("00123")) == "00123"
    assert type(opaque(MaybeSnowflakeIdType("00123"))) is str
    assert opaque(123) == "123"


def test_times_are_utc_whatever_made_them() -> None:
    noon = datetime(2026, 11, 19, 12, tzinfo=UTC)
    for made in (
        "2026-11-19T12:00:00Z",
        "2026-11-19T13:00:00+01:00",
        datetime(2026, 11, 19, 12),  # noqa: DTZ001 - what Mastodon.py makes of a text without a zone
        datetime(2026, 11, 19, 7, tzinfo=timezone(timedelta(hours=-5))),
    ):
        assert utc(made) == noon
        assert (utc(made) or noon).tzinfo is UTC
    assert utc(datetime.min.replace(tzinfo=timezone(timedelta(hours=5)))) is None
    assert utc(7) is None
