"""Cursors from whatever a server claims, and the fewest queries."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.twitter.paging import Mark, mark_of, parsed, span
from adapters.twitter.query import LONGEST, packed

NOW = datetime(2026, 11, 20, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize("key", ["x", "9" * 40, "", "٣"])
def test_an_id_that_x_would_refuse_is_not_sent_back(key: str) -> None:
    where = span(Mark(key, NOW - timedelta(hours=1)), NOW - timedelta(days=1), NOW)
    assert where.params() == {"start_time": "2026-11-19T23:01:00Z"}


def test_a_time_to_come_does_not_stop_reading() -> None:
    where = span(Mark("1", NOW + timedelta(days=400)), NOW - timedelta(days=1), NOW)
    assert where.begin <= NOW


@pytest.mark.parametrize(
    "kept", [None, 1, {}, {"id": "1"}, {"id": "1", "at": "soon"}, {"id": True, "at": "2026-01-01"}]
)
def test_what_is_no_mark_is_none(kept: object) -> None:
    assert mark_of(kept) is None


@pytest.mark.parametrize("cursor", [None, "", "[1]", "{", "12"])
def test_what_is_no_cursor_is_empty(cursor: str | None) -> None:
    assert parsed(cursor) == {}


def test_terms_are_packed_into_the_fewest_queries() -> None:
    terms = [f"@{'n' * 12}{number:03}" for number in range(100)]
    queries = packed(["#tea", *terms])
    assert all(len(query) <= LONGEST for query in queries)
    whole = sum(len(one) + 4 for one in ["#tea", *terms])
    assert len(queries) == -(-whole // (LONGEST - len("() -is:retweet")))
    assert {term for query in queries for term in query.replace("(", "").replace(")", "").split()} >= {*terms, "#tea"}
    assert all(query.endswith(" -is:retweet") for query in queries)


def test_one_term_needs_no_parentheses_and_one_that_is_too_long_is_left_out() -> None:
    assert packed(["#tea"]) == ("#tea -is:retweet",)
    assert packed(["#tea", "#" + "a" * 600]) == ("#tea -is:retweet",)
    assert packed([]) == ()
