"""Ids, times and texts of any server."""

from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.wire import opaque, tag_names, text_of, utc


@pytest.mark.parametrize("key", ["1", "0012", "01ULID", "9" * 40, "https://learn.example/1", 12])
def test_an_id_is_text_of_any_reasonable_length(key: str | int) -> None:
    assert opaque(key) == str(key)


@pytest.mark.parametrize("key", ["", "a\0b", "\ud800", "9" * 10_000, 10**4000, True, None, 1.5, ["1"]])
def test_what_no_database_keeps_is_no_id(key: object) -> None:
    assert opaque(key) is None


@pytest.mark.parametrize("what", ["yesterday", "", None, 7, "9999-12-31T23:59:59-12:00", datetime(1, 1, 1, tzinfo=UTC)])
def test_what_is_no_time_is_none(what: Any) -> None:
    assert utc(what) is None


def test_a_time_is_utc_whatever_made_it() -> None:
    at = datetime(2026, 11, 19, 20, 30, tzinfo=UTC)
    assert {utc("2026-11-19T20:30:00"), utc("2026-11-19T21:30:00+01:00"), utc(at.replace(tzinfo=None)), utc(at)} == {at}


def test_texts_and_tags_lose_what_cannot_be_kept() -> None:
    assert (text_of("a\0b\ud800"), text_of(7)) == ("ab", "")
    assert tag_names([{"n": "Tea"}, {"n": "tea"}, {"n": 7}, None, {"n": "Straße"}], "n") == ("tea", "strasse")
    assert tag_names({"n": "tea"}, "n") == ()
