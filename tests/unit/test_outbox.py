import itertools
from datetime import UTC, datetime

import pytest

from bot.domain.model import Platform
from bot.domain.outbox import (
    STATES,
    WAITING,
    IllegalMove,
    State,
    advance,
    answer_key,
    daily_key,
    diagram,
    reminder_key,
)

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
