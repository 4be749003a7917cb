from datetime import UTC, datetime, timedelta, timezone

import pytest
from pydantic import ValidationError

from bot.domain.model import Consent, Identity, Member, Person, Platform, Post, as_utc

NAIVE = datetime(2026, 1, 1)  # noqa: DTZ001 # on purpose
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a zone"):
        as_utc(NAIVE)


def test_an_aware_time_becomes_utc() -> None:
    there = datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=2)))
    assert as_utc(there) == there
    assert as_utc(there).tzinfo is UTC


def test_a_post_refuses_a_naive_time_and_unknown_fields() -> None:
    ana = Person(platform=Platform.MASTODON, id="1", handle="ana@x.example")
    with pytest.raises(ValidationError, match="needs a zone"):
        Post(platform=Platform.MASTODON, id="1", uri="u", author=ana, text="", created_at=NAIVE)
    with pytest.raises(ValidationError, match="extra_forbidden"):
        Person.model_validate({"platform": "mastodon", "id": "1", "handle": "a", "age": 3})


@pytest.mark.parametrize(("name", "called"), [("Ana", "Ana"), ("  ", "ana"), ("", "ana"), (" Ana ☕ ", "Ana ☕")])
def test_people_are_called_by_their_name_or_else_their_handle(name: str, called: str) -> None:
    assert Person(platform=Platform.MASTODON, id="1", handle="ana@x.example", name=name).called == called
    assert Identity(platform=Platform.MASTODON, account_id="1", handle="ana@x.example", name=name).called == called


def test_a_member_is_known_by_platform_and_id_not_by_handle() -> None:
    one = Identity(platform=Platform.MASTODON, account_id="7", handle="nora@x.example")
    nora = Member(id="m", consent=Consent.LIVE, identities=(one,), joined_at=NOON, last_heard_at=NOON)
    assert nora.identity(Platform.MASTODON) == one
    assert nora.identity(Platform.X) is None
    assert nora.is_person(Platform.MASTODON, "7")
    assert not nora.is_person(Platform.X, "7")
    assert not nora.is_person(Platform.MASTODON, "nora@x.example")
