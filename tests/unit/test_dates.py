"""Dates, spans and times of day as people write them."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import clock_span, clock_time, end_of, time_in, until
from tests.world import UNDERSTANDING

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # a Monday
THIRD, FORTNIGHT, WEEK = date(2027, 3, 3), date(2026, 12, 7), date(2026, 11, 30)
TOMORROW, TUESDAY, MONTH = date(2026, 11, 24), date(2026, 11, 24), date(2026, 12, 23)


def days(text: str, language: str, zone: str = "Europe/Berlin") -> tuple[date, ...]:
    return until(text, UNDERSTANDING.in_order(language)[:2], zone, NOW)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "until March 3rd!", THIRD),
        ("en", "two weeks, thanks", FORTNIGHT),
        ("en", "a couple of weeks", FORTNIGHT),
        ("en", "2027-03-03", THIRD),
        ("en", "13/4", date(2027, 4, 13)),
        ("en", "until next tuesday", TUESDAY),
        ("de", "bis zum 3. März", THIRD),
        ("de", "eine Woche", WEEK),
        ("de", "bis zum 3.4.", date(2027, 4, 3)),
        ("de", "im Urlaub bis 5.12.", date(2026, 12, 5)),
        ("de", "vom 1. bis 12. Dezember", date(2026, 12, 12)),
        ("de", "einen Monat", MONTH),
        ("fr", "jusqu'au 3 mars", THIRD),
        ("fr", "lundi prochain", WEEK),
        ("es", "hasta el 3 de marzo", THIRD),
        ("es", "dos semanas", FORTNIGHT),
        ("pt", "até 3 de março", THIRD),
        ("pt", "próxima segunda-feira", WEEK),
        ("nl", "tot 3 maart", THIRD),
        ("nl", "twee weken", FORTNIGHT),
        ("ja", "3月3日まで", THIRD),
        ("ja", "二週間", FORTNIGHT),
        ("ja", "明日まで", TOMORROW),
        ("fr", "two weeks", FORTNIGHT),
    ],
)
def test_a_day_is_read_in_the_persons_language(language: str, text: str, day: date) -> None:
    assert days(text, language) == (day,)


def test_a_date_in_figures_has_two_readings_in_english_only() -> None:
    assert days("until 3/4", "en") == (date(2027, 3, 4), date(2027, 4, 3))
    assert days("until 4/4", "en") == (date(2027, 4, 4),)
    assert days("29/2", "en") == (date(2028, 2, 29),)
    assert days("jusqu'au 3/4", "fr") == (date(2027, 4, 3),)


@pytest.mark.parametrize("text", ["", "nothing", "for ever and ever", "31/2", "99999999999999 weeks"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert days(text, "en") == ()


def test_a_day_that_the_parser_chokes_on_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def choke(*_args: object, **_more: object) -> None:
        raise OverflowError

    monkeypatch.setattr("bot.domain.dates.dateparser.parse", choke)
    assert days("tomorrow", "en") == ()


def test_tomorrow_is_tomorrow_where_the_person_is() -> None:
    assert days("tomorrow", "en", "Pacific/Auckland") == (date(2026, 11, 25),)
    assert end_of(THIRD, "Europe/Berlin") == datetime(2027, 3, 2, 23, tzinfo=UTC)


@given(st.text(max_size=200))
def test_no_text_breaks_it_and_no_day_is_over(text: str) -> None:
    for day in days(text, "en"):
        assert day >= NOW.date()
    clock_span(text)
    time_in(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("22:00", time(22)),
        ("22", time(22)),
        ("10pm", time(22)),
        ("12 am", time(0)),
        ("22 Uhr", time(22)),
        ("22h30", time(22, 30)),
        ("7時", time(7)),
        ("24", time(0)),
        ("25", None),
        ("13 pm", None),
        ("22:75", None),
        ("soon", None),
    ],
)
def test_a_time_of_day(text: str, found: time | None) -> None:
    assert clock_time(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("22:00-07:00", (time(22), time(7))),
        ("from 10pm to 7am please", (time(22), time(7))),
        ("22 Uhr bis 7 Uhr", (time(22), time(7))),
        ("de 22h à 7h", (time(22), time(7))),
        ("22時から7時", (time(22), time(7))),
        ("99-3", None),
        ("always", None),
    ],
)
def test_a_span_of_the_day(text: str, found: tuple[time, time] | None) -> None:
    assert clock_span(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("to tomorrow 21:00 please", time(21)),
        ("at 9 pm", time(21)),
        ("to 9:30 pm", time(21, 30)),
        ("auf 21 Uhr", time(21)),
        ("later", None),
    ],
)
def test_a_time_somewhere_in_a_text(text: str, found: time | None) -> None:
    assert time_in(text) == found
