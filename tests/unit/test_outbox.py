import itertools
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.model import Platform
from bot.domain.outbox import (
    RETRY_LONGEST,
    STATES,
    WAITING,
    IllegalMove,
    State,
    advance,
    answer_key,
    daily_key,
    diagram,
    reminder_key,
    retry_at,
)
from tests.contract.samples import a_message

START = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(("now", "then"), list(itertools.product(State, State)))
def test_a_message_moves_only_as_the_table_says(now: State, then: State) -> None:
    allowed = then in STATES[now] or (now is then and now in WAITING)
    if allowed:
        assert advance(now, then) is then
    else:
        with pytest.raises(IllegalMove, match=f"from {now} to {then}"):
            advance(now, then)


def test_from_every_state_an_end_can_be_reached() -> None:
    ends = {state for state, after in STATES.items() if not after}
    for state in State:
        seen, ways = set(), {state}
        while ways:
            seen |= ways
            ways = set().union(*(STATES[one] for one in ways)) - seen
        assert seen & ends


def test_uncertain_is_never_sent_again_without_looking_back() -> None:
    assert State.SENDING not in STATES[State.UNCERTAIN]


def test_the_diagram_shows_every_move_and_every_end() -> None:
    drawn = diagram()
    for state, after in STATES.items():
        assert all(f"    {state} --> {then}" in drawn for then in after)
    assert drawn.count("--> [*]") == 4


def test_a_reminder_is_named_by_what_it_is_about() -> None:
    key = reminder_key("m1", "lrnchat", START, "called")
    assert key == reminder_key("m1", "lrnchat", START, "called")
    others = [
        reminder_key("m2", "lrnchat", START, "called"),
        reminder_key("m1", "tea", START, "called"),
        reminder_key("m1", "lrnchat", START.replace(day=27), "called"),
        reminder_key("m1", "lrnchat", START, "lapsed"),
        answer_key(Platform.MASTODON, "m1"),
        daily_key(Platform.MASTODON, "m1", "help", "2026-11-20"),
    ]
    assert len({key, *others}) == 7


def test_parts_of_a_key_do_not_run_together() -> None:
    assert reminder_key("ab", "c", START, "k") != reminder_key("a", "bc", START, "k")


def pauses(message_id: str, useful_for: timedelta) -> list[float]:
    """Return the seconds that a message waits after its first, second, … failure."""
    message = a_message(message_id, expires_at=START + useful_for)
    tried = (message.model_copy(update={"attempts": attempts}) for attempts in range(1, 9))
    return [(retry_at(one, START) - START).total_seconds() for one in tried]


def test_each_pause_is_about_twice_the_one_before_up_to_the_longest() -> None:
    found = pauses("m1", timedelta(days=1))
    for attempt, pause in enumerate(found):
        usual = min(RETRY_LONGEST.total_seconds(), 15 * 2**attempt)
        assert usual <= pause <= usual * 1.2
    assert found == pauses("m1", timedelta(days=1)), "the same failure gives the same time"


def test_what_failed_at_once_is_not_tried_again_at_once() -> None:
    assert len({pauses(f"m{number}", timedelta(days=1))[3] for number in range(20)}) == 20


def test_no_pause_takes_the_rest_of_a_useful_life() -> None:
    assert max(pauses("m1", timedelta(minutes=8))) == 120
    assert set(pauses("m1", timedelta(seconds=20))) == {15}
    assert set(pauses("m1", timedelta(seconds=-20))) == {15}
