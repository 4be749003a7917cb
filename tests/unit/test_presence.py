from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.presence import Standing, half_year_of, presence, usual_arrival

WEEKLY = half_year_of(timedelta(weeks=1))
RECORDS = st.lists(st.sampled_from([0, 1, 2]), max_size=150).map(bytes)


def past(text: str) -> bytes:
    """Read a past: 1 came, 0 did not, 2 was seen in a session that does not count; a number repeats what it follows."""
    return bytes(int(char) for char in text)


@pytest.mark.parametrize(
    ("record", "standing"),
    [
        ("", Standing.NEW),
        ("0000000000", Standing.NEW),
        ("11", Standing.NEW),
        ("1100000", Standing.NEW),
        ("111", Standing.OCCASIONAL),
        ("1111", Standing.REGULAR),
        ("01010101", Standing.REGULAR),
        ("001001010", Standing.OCCASIONAL),
        ("1" * 8 + "0" * 8 + "1", Standing.REGULAR),
        ("1" * 7 + "0" * 9 + "1", Standing.OCCASIONAL),
        ("1" * 16 + "0", Standing.REGULAR),
        ("1" * 16 + "00", Standing.LAPSED),
        ("1111" + "00", Standing.LAPSED),
        ("111" + "00", Standing.OCCASIONAL),
        ("1" * 16 + "0" * 25, Standing.LAPSED),
        ("1" * 16 + "0" * 26, Standing.GONE),
        ("1" * 16 + "002", Standing.REGULAR),
        ("22222", Standing.NEW),
    ],
)
def test_standing_is_told_from_the_past(record: str, standing: Standing) -> None:
    assert presence(past(record), WEEKLY).standing is standing


def test_a_monthly_chat_is_left_after_six_sessions() -> None:
    monthly = half_year_of(timedelta(days=30.4))
    assert monthly == 6
    assert presence(past("1111100000"), monthly).standing is Standing.LAPSED
    assert presence(past("11111000000"), monthly).standing is Standing.GONE


def test_who_said_that_they_are_away_is_excused_whatever_they_were() -> None:
    assert presence(past("1111100"), WEEKLY, is_excused=True).standing is Standing.EXCUSED


@pytest.mark.parametrize(
    ("record", "gap"),
    [
        ("", 0),
        ("1", 0),
        ("11110", 0),
        ("1010101", 1),
        ("1110111011101110111", 1),
        ("110011001100110011", 2),
        ("111111" + "00000" + "111111", 0),
        ("110011", 2),
        ("1001101100111011", 2),
    ],
)
def test_a_usual_gap_is_what_came_more_than_once(record: str, gap: int) -> None:
    assert presence(past(record), WEEKLY).usual_gap == gap


def test_a_run_no_longer_than_usual_is_no_lapse() -> None:
    assert presence(past("110011001100110011" + "00"), WEEKLY).standing is Standing.REGULAR
    assert presence(past("110011001100110011" + "000"), WEEKLY).standing is Standing.LAPSED


@pytest.mark.parametrize(
    ("record", "is_off"),
    [
        ("0101010101", True),
        ("1010101010", False),
        ("10101010100", True),
        ("101010101000", False),
        ("1001001001", True),
        ("10010010010", True),
        ("100100100100", False),
        ("1111111111", False),
        ("10101", False),
        ("1011001011", False),
    ],
)
def test_an_own_rhythm_leaves_sessions_out(record: str, is_off: bool) -> None:
    assert presence(past(record), WEEKLY).is_off_week is is_off


def test_a_single_missed_turn_of_ones_own_rhythm_is_no_lapse() -> None:
    assert presence(past("101010101" + "00"), WEEKLY).standing is Standing.REGULAR
    assert presence(past("101010101" + "000"), WEEKLY).standing is Standing.LAPSED


def test_who_comes_every_other_week_is_expected_every_other_week() -> None:
    off, on = presence(past("01" * 10), WEEKLY), presence(past("10" * 10), WEEKLY)
    assert off.p_attend < 0.25
    assert on.p_attend > 0.6
    assert on.surprise < 1


def test_an_absence_surprises_the_more_the_steadier_somebody_was() -> None:
    steady, loose = presence(past("1" * 12 + "00"), WEEKLY), presence(past("110101101011" + "00"), WEEKLY)
    assert steady.surprise > loose.surprise > 0
    assert presence(past("1" * 12), WEEKLY).surprise == 0
    assert presence(past("0" * 12), WEEKLY).surprise == 0
    assert presence(past("0" * 70), WEEKLY).surprise == 0
    assert presence(past("1" * 12 + "0" * 80), WEEKLY).surprise > 20


@given(st.integers(0, 80), st.integers(1, 80))
def test_who_only_came_is_expected_more_with_every_visit_and_less_with_every_absence(came: int, away: int) -> None:
    visits = b"\1" * came
    assert presence(visits + b"\1", WEEKLY).p_attend >= presence(visits, WEEKLY).p_attend
    away_for, longer = visits + b"\0" * away, visits + b"\0" * (away + 1)
    assert presence(longer, WEEKLY).p_attend <= presence(away_for, WEEKLY).p_attend
    assert presence(longer, WEEKLY).surprise >= presence(away_for, WEEKLY).surprise


def test_the_latest_sessions_count_most() -> None:
    assert presence(past("0" * 8 + "1" * 8), WEEKLY).p_attend > presence(past("1" * 8 + "0" * 8), WEEKLY).p_attend


@given(RECORDS)
def test_a_chance_is_a_chance_whatever_the_past(record: bytes) -> None:
    now = presence(record, WEEKLY)
    assert 0 < now.p_attend < 1
    assert now.surprise >= 0
    assert now.absent_run <= len(record)
    assert presence(record + b"\1", WEEKLY).absent_run == presence(record + b"\2", WEEKLY).absent_run == 0


@given(RECORDS, st.integers(0, 90))
def test_while_they_stay_away_they_surprise_more(record: bytes, run: int) -> None:
    some = presence(record + b"\1" + b"\0" * run, WEEKLY)
    more = presence(record + b"\1" + b"\0" * (run + 1), WEEKLY)
    assert more.surprise > some.surprise


@pytest.mark.parametrize(
    ("arrivals", "minutes"),
    [([], None), ([4], 4), ([2, 3, 40], 3), ([30] * 8 + [5] * 8, 5), ([20, 20, 20, 5, 5, 5], 5), ([-5, -5, 1], -5)],
)
def test_a_usual_arrival_is_the_median_of_late(arrivals: list[float], minutes: float | None) -> None:
    assert usual_arrival(arrivals) == (None if minutes is None else timedelta(minutes=minutes))
    assert presence(b"", WEEKLY, arrivals=arrivals).usual_arrival == usual_arrival(arrivals)


@pytest.mark.parametrize(("days", "sessions"), [(1, 182), (7, 26), (14, 13), (30.4, 6), (90, 2), (400, 2)])
def test_half_a_year_is_so_many_sessions(days: float, sessions: int) -> None:
    assert half_year_of(timedelta(days=days)) == sessions
