from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.chat import Chat, Session, Slot, next_session, sessions_between, zone_of

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
    assert found[0].starts_at.tzinfo is UTC
    assert_by_the_wall(found[0].starts_at, day, at, zone)


def assert_by_the_wall(starts_at: datetime, day: date, at: time, zone: str) -> None:
    """It starts when the clock on the wall first shows that time; one that is left out, by the clock before."""
    wanted = datetime.combine(day, at)
    local = starts_at.astimezone(ZoneInfo(zone))
    if local.replace(tzinfo=None) == wanted:
        assert local.fold == 0
        return
    before, after = (starts_at + timedelta(hours=sign * 30) for sign in (-1, 1))
    jump = after.astimezone(ZoneInfo(zone)).utcoffset() - before.astimezone(ZoneInfo(zone)).utcoffset()  # type: ignore[operator] # aware
    assert local.replace(tzinfo=None) == wanted + jump


def clock_changes(zone: str, year: int) -> list[datetime]:
    """Find the hours of a year in which a zone's clocks change."""
    hours = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(hours=hour) for hour in range(0, 366 * 24, 24)]
    offsets = [hour.astimezone(ZoneInfo(zone)).utcoffset() for hour in hours]
    return [hour for hour, before, after in zip(hours[1:], offsets, offsets[1:], strict=False) if before != after]


@settings(deadline=None, max_examples=50)
@given(zone=st.sampled_from(ZONES), year=st.integers(2015, 2030), hour=st.integers(-30, 30), minute=st.integers(0, 59))
def test_around_every_change_of_the_clocks_a_daily_session_starts_once_a_day(
    zone: str, year: int, hour: int, minute: int
) -> None:
    for change in clock_changes(zone, year):
        wall = (change + timedelta(hours=hour, minutes=minute)).astimezone(ZoneInfo(zone)).time().replace(tzinfo=None)
        daily = chat("FREQ=DAILY", wall, zone)
        days = [(change + timedelta(days=n)).astimezone(ZoneInfo(zone)).date() for n in range(-3, 4)]
        for day in days:
            expected = datetime.combine(day, wall.replace(fold=0), ZoneInfo(zone)).astimezone(UTC)
            found = [one.starts_at for one in sessions_between(daily, expected, expected + timedelta(minutes=1))]
            assert found.count(expected) == 1
            assert_by_the_wall(expected, day, wall, zone)
        around = sessions_between(daily, change - timedelta(days=3), change + timedelta(days=3))
        assert len({one.id for one in around}) == len(around)


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


def test_a_moved_session_takes_place_then_and_only_then() -> None:
    moved = (
        {"day": date(2026, 11, 26), "to": date(2026, 11, 24)},
        {"day": date(2026, 12, 3), "to": date(2026, 12, 3), "time": time(12)},
        {"day": date(2026, 12, 8), "to": date(2026, 12, 9)},  # a Tuesday, on which nothing was planned
    )
    one = Chat.model_validate({**chat().model_dump(), "moved": moved})
    found = sessions_between(one, datetime(2026, 11, 21, tzinfo=UTC), datetime(2026, 12, 12, tzinfo=UTC))
    assert [f"{session.starts_at:%m-%d %H:%M}" for session in found] == ["11-25 01:30", "12-03 17:00", "12-11 01:30"]
    far = sessions_between(one, datetime(2026, 11, 25, 1, tzinfo=UTC), datetime(2026, 11, 25, 2, tzinfo=UTC))
    assert [session.id for session in far] == ["lrnchat@2026-11-25T01:30Z"]


def test_what_was_moved_can_be_skipped_after_all() -> None:
    moved = ({"day": date(2026, 11, 26), "to": date(2026, 11, 24)},)
    for day in (date(2026, 11, 26), date(2026, 11, 24)):
        one = Chat.model_validate({**chat().model_dump(), "moved": moved, "skipped": (day,)})
        assert not sessions_between(one, datetime(2026, 11, 21, tzinfo=UTC), datetime(2026, 11, 28, tzinfo=UTC))


def test_a_one_off_is_one_more_and_at_the_time_of_another_it_is_the_same() -> None:
    extra = (
        {"day": date(2026, 11, 24), "time": time(18), "zone": "America/New_York", "minutes": 90},
        {"day": date(2026, 11, 26), "time": time(20, 30), "zone": "America/New_York"},
    )
    one = Chat.model_validate({**chat().model_dump(), "extra": extra})
    found = sessions_between(one, datetime(2026, 11, 21, tzinfo=UTC), datetime(2026, 11, 28, tzinfo=UTC))
    assert [f"{session.starts_at:%m-%d %H:%M}" for session in found] == ["11-24 23:00", "11-27 01:30"]
    assert found[0].ends_at - found[0].starts_at == timedelta(minutes=90)


def test_several_a_week() -> None:
    twice = chat("FREQ=WEEKLY;BYDAY=TU,TH")
    found = sessions_between(twice, datetime(2026, 11, 16, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC))
    assert [f"{session.starts_at:%m-%d}" for session in found] == ["11-18", "11-20"]


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


def test_a_session_is_planned_by_the_clock_of_its_own_slot() -> None:
    both = Chat.model_validate(
        {
            "tag": "tea",
            "title": "Tea",
            "slots": [
                {"repeats": "FREQ=DAILY", "time": time(20), "zone": "Europe/Berlin", "last": date(2027, 6, 30)},
                {"repeats": "FREQ=DAILY", "time": time(21), "zone": "Europe/London", "first": date(2027, 7, 1)},
            ],
            "extra": [{"day": date(2026, 11, 24), "time": time(9), "zone": "Asia/Tokyo", "minutes": 60}],
        }
    )
    for now, zone in (
        (datetime(2026, 11, 24, 12, tzinfo=UTC), "Europe/Berlin"),
        (datetime(2027, 7, 2, 12, tzinfo=UTC), "Europe/London"),
        (datetime(2026, 11, 23, 23, tzinfo=UTC), "Asia/Tokyo"),
    ):
        session = next_session(both, now)
        assert session is not None
        assert zone_of(both, session) == zone
    elsewhere = Session(chat="tea", starts_at=now, ends_at=now + timedelta(hours=1))
    assert zone_of(both, elsewhere) == "Europe/London"
