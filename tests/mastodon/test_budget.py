from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.mastodon.budget import Budget, RateLimit, Told, Use, Window, told, uses_of

NOW = datetime(2026, 11, 19, 20, 30, tzinfo=UTC)
READ = frozenset({Use.ANY})
PAGED = frozenset({Use.ANY, Use.PAGED})
WRITE = frozenset({Use.ANY, Use.WRITE})


def spent(uses: frozenset[Use], times: int, *, every: timedelta = timedelta(0)) -> Budget:
    budget = Budget()
    for number in range(times):
        budget = budget.spend(uses, NOW + number * every)
    return budget


def test_a_limit_is_true_while_one_may_call() -> None:
    assert RateLimit()
    assert not RateLimit(NOW)


@pytest.mark.parametrize(
    ("method", "url", "uses"),
    [
        ("GET", "https://a.example/api/v1/timelines/tag/x?limit=40", READ),
        ("GET", "https://a.example/api/v1/timelines/tag/x?min_id=01&limit=40", PAGED),
        ("GET", "https://a.example/api/v1/notifications?max_id=7&types%5B%5D=mention", PAGED),
        ("GET", "https://a.example/api/v1/timelines/home?since_id=7", PAGED),
        ("POST", "https://a.example/api/v1/statuses", WRITE),
        ("PUT", "https://a.example/api/v1/statuses/7", WRITE),
        ("DELETE", "https://a.example/api/v1/statuses/7", READ),
        ("GET", "https://a.example/api/v1/statuses/7/context", READ),
        ("POST", "https://a.example/api/v1/tags/lrnchat/follow", READ),
    ],
)
def test_what_a_request_spends(method: str, url: str, uses: frozenset[Use]) -> None:
    assert uses_of(method, url) == uses


def test_reading_leaves_a_tenth_to_messages() -> None:
    budget = spent(READ, 269)
    assert budget.look(READ, NOW)
    budget = budget.spend(READ, NOW)
    assert budget.look(READ, NOW).retry_at == NOW + timedelta(minutes=5)
    assert budget.look(WRITE, NOW)
    assert budget.look(READ, NOW + timedelta(minutes=5))


def test_paging_and_posting_have_windows_of_their_own() -> None:
    every = timedelta(seconds=2)
    paged = spent(PAGED, 300, every=every)
    at = NOW + 300 * every
    assert paged.look(PAGED, at).retry_at == NOW + timedelta(minutes=15)
    assert paged.look(READ, at + timedelta(minutes=1))
    written = spent(WRITE, 300, every=timedelta(seconds=30))
    at = NOW + 300 * timedelta(seconds=30)
    assert written.look(WRITE, at).retry_at == NOW + timedelta(hours=3)
    assert written.look(READ, at)


@given(st.lists(st.integers(0, 400), max_size=200), st.booleans())
def test_no_window_ever_holds_more_than_its_limit(gaps: list[int], is_message: bool) -> None:
    window, now = Window(20, timedelta(minutes=5), reserve=2), NOW
    allowed: list[datetime] = []
    for gap in gaps:
        now += timedelta(seconds=gap)
        look = window.look(now, is_message=is_message)
        if look:
            window, allowed = window.spend(now), [*allowed, now]
        else:
            assert look.retry_at is not None
            assert now < look.retry_at <= now + timedelta(minutes=5)
            assert window.look(look.retry_at, is_message=is_message)
    most = 20 if is_message else 18
    assert all(sum(at <= other < at + timedelta(minutes=5) for other in allowed) <= most for at in allowed)


def test_headers_are_read_or_left() -> None:
    headers = {
        "X-RateLimit-Limit": "300",
        "X-RateLimit-Remaining": "7",
        "X-RateLimit-Reset": "2026-11-19T20:33:00.000Z",
    }
    assert told(200, headers, NOW) == Told(300, 7, NOW + timedelta(minutes=3))
    assert told(429, {"Retry-After": "30"}, NOW) == Told(reset=NOW + timedelta(seconds=30), is_refused=True)
    assert told(200, {"Retry-After": "Thu, 19 Nov 2026 20:31:00 GMT"}, NOW).reset == NOW + timedelta(minutes=1)
    epoch = str(int(NOW.timestamp()) + 60)
    assert told(200, {"X-RateLimit-Reset": epoch}, NOW).reset == NOW + timedelta(minutes=1)


@pytest.mark.parametrize("junk", ["", "soon", "-1", "9" * 400, "٣", "2026-13-45", "2020-01-01T00:00:00Z"])
def test_headers_without_sense_say_nothing(junk: str) -> None:
    headers = dict.fromkeys(("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "Retry-After"), junk)
    said = told(200, headers, NOW)
    assert said.reset is None
    Budget().learn(READ, said, NOW)


def test_a_server_that_says_nothing_remains_is_believed() -> None:
    reset = NOW + timedelta(minutes=4)
    budget = Budget().learn(READ, Told(300, 0, reset), NOW)
    assert budget.look(READ, NOW).retry_at == reset
    assert budget.look(WRITE, NOW).retry_at == reset
    assert budget.look(READ, reset)


def test_what_is_scarce_on_the_server_is_left_to_messages() -> None:
    reset = NOW + timedelta(minutes=4)
    budget = Budget().learn(READ, Told(100, 10, reset), NOW)
    assert budget.look(READ, NOW).retry_at == reset
    assert budget.look(WRITE, NOW)
    assert Budget().learn(READ, Told(100, 11, reset), NOW).look(READ, NOW)


def test_a_full_limit_of_posting_does_not_stop_reading() -> None:
    reset = NOW + timedelta(hours=2)
    budget = Budget().learn(WRITE, Told(300, 0, reset), NOW)
    assert budget.look(WRITE, NOW).retry_at == reset
    assert budget.look(PAGED, NOW)


def test_a_full_limit_of_paging_does_not_stop_the_rest() -> None:
    for minutes in (3, 12):
        reset = NOW + timedelta(minutes=minutes)
        budget = Budget().learn(PAGED, Told(300, 0, reset), NOW)
        assert budget.look(PAGED, NOW).retry_at == reset
        assert budget.look(READ, NOW)
        assert budget.look(WRITE, NOW)


def test_a_refusal_without_a_time_holds_for_a_minute_and_no_time_is_absurd() -> None:
    budget = Budget().learn(READ, Told(is_refused=True), NOW)
    assert budget.look(READ, NOW).retry_at == NOW + timedelta(minutes=1)
    budget = Budget().learn(READ, Told(reset=NOW + timedelta(days=400), is_refused=True), NOW)
    assert budget.look(READ, NOW).retry_at == NOW + timedelta(minutes=5)


def test_what_is_left_is_counted() -> None:
    assert spent(WRITE, 3).left(NOW) == {Use.ANY: 297, Use.PAGED: 300, Use.WRITE: 297}
