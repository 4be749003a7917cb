from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.model import Consent, Identity, Member, Platform
from bot.domain.outbox import ANSWER, OutboxMessage
from bot.domain.policy import EXPIRES, Drop, Hold, QuietHours, Send, judge

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)  # nine in the evening in New York
NIGHT = QuietHours()
NEVER = QuietHours(start=time(0), end=time(0))
SECOND = timedelta(seconds=1)


def member(**changes: object) -> Member:
    one = Identity(platform=Platform.MASTODON, account_id="7", handle="nora@x.example")
    usual = Member(
        id="m",
        consent=Consent.LIVE,
        identities=(one,),
        chats=("lrnchat",),
        zone="America/New_York",
        joined_at=NOW,
        last_heard_at=NOW,
    )
    return usual.model_copy(update=changes)


def message(kind: str = "called", expires_in: timedelta = timedelta(minutes=30)) -> OutboxMessage:
    return OutboxMessage(
        id="o",
        key="k",
        member_id="m",
        platform=Platform.MASTODON,
        account_id="7",
        handle="nora@x.example",
        kind=kind,
        not_before=NOW,
        expires_at=NOW + expires_in,
        created_at=NOW,
    )


def verdict(
    who: Member | None,
    what: OutboxMessage,
    *,
    chat: str | None = "lrnchat",
    present: bool = False,
    unanswered: int = 0,
    is_live: bool = False,
    now: datetime = NOW,
) -> object:
    return judge(what, who, chat=chat, is_present=present, unanswered=unanswered, is_live=is_live, quiet=NIGHT, now=now)


def test_a_reminder_goes_to_a_live_member_who_is_not_there() -> None:
    assert verdict(member(), message()) == Send()


@pytest.mark.parametrize("consent", [c for c in Consent if c is not Consent.LIVE])
def test_a_reminder_goes_to_nobody_who_is_not_live(consent: Consent) -> None:
    assert verdict(member(consent=consent), message()) is Drop.NOT_LIVE


def test_a_reminder_is_dropped_for_each_named_reason() -> None:
    assert verdict(None, message()) is Drop.NO_SUCH_MEMBER
    assert verdict(member(chats=("tea",)), message()) is Drop.NOT_ENROLLED
    assert verdict(member(), message(), chat=None) is Drop.NOT_ENROLLED
    assert verdict(member(), message(), present=True) is Drop.PRESENT
    assert verdict(member(), message(expires_in=timedelta())) is Drop.STALE
    assert verdict(member(), message(), unanswered=3) is Drop.UNANSWERED
    assert verdict(member(), message(), unanswered=2) == Send()


def test_an_answer_goes_to_whoever_wrote_at_any_hour_but_not_when_it_is_stale() -> None:
    three_at_night = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    answer = message(ANSWER, timedelta(days=1))
    assert verdict(None, answer, chat=None) == Send()
    assert verdict(member(consent=Consent.STOPPED), answer, chat=None, now=three_at_night) == Send()
    assert verdict(member(), message(ANSWER, -SECOND), chat=None) is Drop.STALE


def test_in_quiet_hours_a_reminder_waits_if_it_will_still_be_of_use() -> None:
    late = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
    morning = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    assert verdict(member(), message(expires_in=timedelta(days=1)), now=late) == Hold(until=morning)
    assert verdict(member(), message(expires_in=timedelta(hours=3)), now=late) is Drop.STALE_AFTER_QUIET


def test_only_time_makes_a_message_expire() -> None:
    assert {Drop.STALE, Drop.STALE_AFTER_QUIET} == EXPIRES


@pytest.mark.parametrize(
    ("wall", "ends"),
    [
        (time(21, 59), None),
        (time(22, 0), (20, time(7))),
        (time(23, 59), (20, time(7))),
        (time(0, 0), (19, time(7))),
        (time(6, 59), (19, time(7))),
        (time(7, 0), None),
    ],
)
def test_a_night_reaches_over_midnight(wall: time, ends: tuple[int, time] | None) -> None:
    zone = ZoneInfo("Europe/Berlin")
    now = datetime.combine(datetime(2026, 11, 19, tzinfo=UTC).date(), wall, zone).astimezone(UTC)
    until = NIGHT.end_after(now, "Europe/Berlin")
    local = until.astimezone(zone) if until else None
    assert (local and (local.day, local.time())) == ends


def test_quiet_hours_within_a_day_and_none_at_all() -> None:
    siesta = QuietHours(start=time(13), end=time(16))
    assert siesta.end_after(datetime(2026, 7, 1, 12, 30, tzinfo=UTC), "UTC") is None
    assert siesta.end_after(datetime(2026, 7, 1, 14, tzinfo=UTC), "UTC") == datetime(2026, 7, 1, 16, tzinfo=UTC)
    assert NEVER.end_after(NOW, "UTC") is None


@given(
    now=st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 # hypothesis adds the zone
    zone=st.sampled_from(["America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]),
    start=st.times(),
    end=st.times(),
)
def test_quiet_always_ends_within_a_day_and_an_hour_and_is_over_then(
    now: datetime, zone: str, start: time, end: time
) -> None:
    quiet = QuietHours(start=start, end=end)
    until = quiet.end_after(now, zone)
    if until is not None:
        assert until.tzinfo is UTC
        assert timedelta(hours=-1) <= until - now <= timedelta(hours=25)
