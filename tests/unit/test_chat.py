from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.chat import Chat, Session, Slot, next_session, sessions_between

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
ZONES = sorted(available_timezones() - {"localtime", "Factory"})


def chat(
    repeats: str = "FREQ=WEEKLY;BYDAY=TH", at: time = time(20, 30), zone: str = "America/New_York", **more: object
) -> Chat:
    slot = {"repeats": repeats, "time": at, "zone": zone, **more}
    return Chat.model_validate({"tag": "lrnchat", "title": "t", "slots": [slot]})


def test_a_thursday_evening_in_new_york_is_a_friday_in_utc() -> None:
    found = sessions_between(chat(), datetime(2026, 11, 16, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC))
    assert [one.starts_at for one in found] == [datetime(2026, 11, 20, 1, 30, tzinfo=UTC)]
    assert found[0].ends_at == datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
    assert found[0].id == "lrnchat@2026-11-20T01:30Z"


def test_the_wall_time_stays_when_the_clocks_change() -> None:
    found = sessions_between(chat(), datetime(2026, 10, 26, tzinfo=UTC), datetime(2026, 11, 9, tzinfo=UTC))
    assert [one.starts_at for one in found] == [
        datetime(2026, 10, 30, 0, 30, tzinfo=UTC),
        datetime(2026, 11, 6, 1, 30, tzinfo=UTC),
    ]


def test_a_time_that_the_clocks_skip_is_read_with_the_offset_before() -> None:
    spring = chat("FREQ=WEEKLY;BYDAY=SU", time(2, 30))
    found = sessions_between(spring, datetime(2026, 3, 8, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC))
    assert [one.starts_at for one in found] == [datetime(2026, 3, 8, 7, 30, tzinfo=UTC)]
    assert found[0].starts_at.astimezone(ZoneInfo("America/New_York")).time() == time(3, 30)


def test_a_time_that_the_clocks_repeat_is_the_first() -> None:
    autumn = chat("FREQ=WEEKLY;BYDAY=SU", time(1, 30))
    found = sessions_between(autumn, datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC))
    assert [one.starts_at for one in found] == [datetime(2026, 11, 1, 5, 30, tzinfo=UTC)]


@given(
    zone=st.sampled_from(ZONES),
    day=st.dates(date(2020, 1, 1), date(2032, 12, 31)),
    at=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
)
def test_on_every_date_in_every_zone_a_session_starts_once(zone: str, day: date, at: time) -> None:
    one = chat(f"FREQ=WEEKLY;BYDAY={DAYS[day.weekday()]}", at, zone)
    middle = datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
    found = sessions_between(one, middle - timedelta(days=3), middle + timedelta(days=3))
    assert len(found) == 1
    assert found[0].starts_at == middle
    assert found[0].starts_at.tzinfo is UTC


def test_first_friday_and_every_other_week() -> None:
    monthly = chat("FREQ=MONTHLY;BYDAY=1FR", time(13), "America/New_York")
    found = sessions_between(monthly, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
    assert [one.starts_at.date() for one in found] == [date(2026, 1, 2), date(2026, 2, 6), date(2026, 3, 6)]
    biweekly = chat("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", time(20), "Europe/Berlin", first=date(2026, 1, 6))
    found = sessions_between(biweekly, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 5, tzinfo=UTC))
    assert [one.starts_at.date() for one in found] == [date(2026, 1, 6), date(2026, 1, 20), date(2026, 2, 3)]


def test_a_slot_ends_and_another_takes_over() -> None:
    early = {
        "repeats": "FREQ=WEEKLY;BYDAY=TH",
        "time": time(20, 30),
        "zone": "America/New_York",
        "last": date(2026, 6, 30),
    }
    late = {"repeats": "FREQ=WEEKLY;BYDAY=MO", "time": time(12), "zone": "Europe/Paris", "first": date(2026, 7, 1)}
    moved = Chat.model_validate({"tag": "c", "title": "t", "slots": [early, late]})
    found = sessions_between(moved, datetime(2026, 6, 22, tzinfo=UTC), datetime(2026, 7, 10, tzinfo=UTC))
    assert [f"{one.starts_at:%m-%d %H:%M}" for one in found] == ["06-26 00:30", "07-06 10:00"]
    assert moved.zone == "Europe/Paris"
    assert moved.hashtag == "#c"


def test_a_skipped_day_has_no_session() -> None:
    one = chat().model_copy(update={"skipped": (date(2026, 11, 26),)})
    assert next_session(one, datetime(2026, 11, 21, tzinfo=UTC)) == Session(
        chat="lrnchat",
        starts_at=datetime(2026, 12, 4, 1, 30, tzinfo=UTC),
        ends_at=datetime(2026, 12, 4, 2, 30, tzinfo=UTC),
    )


def test_a_session_that_is_on_is_the_next_one_and_one_that_never_comes_is_none() -> None:
    during = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    on = next_session(chat(), during)
    assert on is not None
    assert on.is_live(during)
    assert not on.is_live(on.ends_at)
    assert next_session(chat(last=date(2025, 1, 1)), during) is None


def test_a_rule_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="FREQ"):
        next_session(chat("FREQ=SOMETIMES"), datetime(2026, 1, 1, tzinfo=UTC))


def test_a_slot_lasts_as_many_minutes_as_it_says() -> None:
    assert Slot(repeats="FREQ=DAILY", time=time(1), zone="UTC", minutes=90).lasts_for == timedelta(minutes=90)
