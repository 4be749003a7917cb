from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ties import HALF_LIFE, MENTION, REPLY, Tie, met

NOW = datetime(2026, 11, 20, tzinfo=UTC)
MOMENTS = st.integers(0, 300 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes))


def test_an_answer_counts_more_than_a_name() -> None:
    assert met(None, REPLY, NOW).weight == 2 * met(None, MENTION, NOW).weight == 1


@pytest.mark.parametrize(("lives", "left"), [(0, 1), (1, 0.5), (2, 0.25), (-1, 1)])
def test_half_of_a_tie_is_left_after_eight_weeks(lives: int, left: float) -> None:
    assert Tie(weight=1, at=NOW).weight_at(NOW + lives * HALF_LIFE) == pytest.approx(left)


@given(st.lists(MOMENTS, min_size=1, max_size=6).flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_the_order_in_which_meetings_are_read_does_not_matter(orders: tuple[list[datetime], list[datetime]]) -> None:
    ties: list[Tie] = []
    for order in orders:
        tie: Tie | None = None
        for moment in order:
            tie = met(tie, REPLY, moment)
        assert tie is not None
        ties.append(tie)
    assert ties[0].at == ties[1].at
    assert ties[0].weight == pytest.approx(ties[1].weight)
    later = NOW + timedelta(weeks=60)
    each = sum(met(None, REPLY, moment).weight_at(later) for moment in orders[0])
    assert ties[0].weight_at(later) == pytest.approx(each)
