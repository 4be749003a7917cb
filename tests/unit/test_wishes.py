"""What members ask for, and the answers that say what was understood."""

from datetime import UTC, datetime, time

import pytest

from bot.domain.model import AWAY_OPEN, Consent, Preferences
from bot.domain.wishes import Listener, Wish, wish
from bot.domain.zones import zones_called
from tests.unit.test_conversation import member
from tests.world import UNDERSTANDING

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NORA = member(Consent.LIVE, ("lrnchat", "tea")).model_copy(update={"zone": "Europe/Berlin"})


def ask(text: str, **wants: object) -> Wish:
    ear = Listener(understanding=UNDERSTANDING, languages=("en",), now=NOW)
    who = NORA.model_copy(update={"preferences": Preferences().model_copy(update=wants)})
    return wish(who, UNDERSTANDING.read(text, "en"), ear)


def test_away_until_a_day_ends_as_that_day_begins_where_they_are() -> None:
    asked = ask("AWAY until 3 March")
    assert (asked.note, asked.words) == ("away", {"until": "day:2027-03-03"})
    assert asked.member.preferences.away_until == datetime(2027, 3, 2, 23, tzinfo=UTC)
    assert asked.member.is_away(NOW)
    assert not asked.member.is_away(datetime(2027, 3, 3, tzinfo=UTC))
    assert not NORA.is_away(NOW)


def test_away_without_a_day_is_until_back() -> None:
    away = ask("away")
    assert (away.note, away.member.preferences.away_until) == ("away-open", AWAY_OPEN)
    assert ask("BACK", away_until=AWAY_OPEN).member.preferences.away_until is None


def test_what_can_be_read_in_two_ways_is_asked_back_and_changes_nothing() -> None:
    asked = ask("AWAY until 3/4")
    assert (asked.note, asked.words) == ("which-day", {"one": "day:2027-03-04", "two": "day:2027-04-03"})
    assert asked.member.preferences == Preferences()


def test_away_until_today_is_over() -> None:
    assert ask("AWAY until 23/11").note == "away-past"


@pytest.mark.parametrize(
    ("text", "note", "heads_up"),
    [
        ("HEADS-UP 15 min", "heads-up-set", {"lrnchat": 15, "tea": 15}),
        ("heads up", "heads-up-set", {"lrnchat": 15, "tea": 15}),
        ("HEADS-UP 1 hour #tea", "heads-up-set", {"tea": 60}),
        ("HEADS-UP 0", "heads-up-how", {}),
        ("HEADS-UP 9999", "heads-up-how", {}),
    ],
)
def test_a_heads_up_is_set(text: str, note: str, heads_up: dict[str, int]) -> None:
    asked = ask(text)
    assert (asked.note, asked.member.preferences.heads_up) == (note, heads_up)


def test_a_heads_up_is_ended_for_one_chat() -> None:
    asked = ask("HEADS-UP OFF #tea", heads_up={"lrnchat": 15, "tea": 15})
    assert (asked.note, asked.member.preferences.heads_up) == ("heads-up-off", {"lrnchat": 15})


@pytest.mark.parametrize("text", ["AWAY until Feb 30", "away 500 years", "away until the 31st of nothing"])
def test_an_absence_whose_end_cannot_be_read_is_asked_back(text: str) -> None:
    asked = ask(text)
    assert (asked.note, asked.member.preferences) == ("away-how", Preferences())


@pytest.mark.parametrize(
    ("text", "day"),
    [("AWAY from Dec 1 to Dec 12", "2026-12-12"), ("I am on vacation from Friday to Sunday", "2026-11-29")],
)
def test_of_two_days_the_later_one_is_meant(text: str, day: str) -> None:
    assert ask(text).words == {"until": f"day:{day}"}


def test_an_hour_is_sixty_minutes() -> None:
    assert ask("remind me an hour before").member.preferences.heads_up == {"lrnchat": 60, "tea": 60}


@pytest.mark.parametrize("text", ["HEADS-UP 10 #edchat", "NEXT #edchat", "RECAP ON #edchat"])
def test_a_wish_for_a_chat_they_are_not_in_is_for_no_other(text: str) -> None:
    asked = ask(text)
    assert (asked.note, asked.words, asked.member.preferences) == ("not-in-chat", {"chat": "#edchat"}, Preferences())


def test_next_is_ended() -> None:
    off = ask("next off", next_for=("lrnchat", "tea"))
    assert (off.note, off.member.preferences.next_for) == ("next-off", ())
    assert ask("NEXT OFF #tea", next_for=("lrnchat", "tea")).member.preferences.next_for == ("lrnchat",)


def test_next_and_recap_are_by_chat() -> None:
    assert ask("NEXT #tea").member.preferences.next_for == ("tea",)
    assert ask("NEXT").member.preferences.next_for == ("lrnchat", "tea")
    assert ask("RECAP ON").member.preferences.recap == ("lrnchat", "tea")
    off = ask("RECAP OFF #tea", recap=("lrnchat", "tea"))
    assert (off.note, off.member.preferences.recap) == ("recap-off", ("lrnchat",))


@pytest.mark.parametrize(
    ("text", "note", "quiet", "is_lifted"),
    [
        ("QUIET 23:00-06:30", "quiet-set", (time(23), time(6, 30)), False),
        ("QUIET 23:00-06:30 except sessions", "quiet-set-lifted", (time(23), time(6, 30)), True),
        ("QUIET EXCEPT SESSIONS", "quiet-lifted", None, True),
        ("QUIET OFF", "quiet-off", (time(0), time(0)), False),
        ("QUIET ON", "quiet-usual", None, False),
        ("QUIET soon", "quiet-how", None, False),
    ],
)
def test_quiet_hours(text: str, note: str, quiet: tuple[time, time] | None, *, is_lifted: bool) -> None:
    asked = ask(text)
    wants = asked.member.preferences
    assert (asked.note, wants.quiet, wants.is_quiet_lifted) == (note, quiet, is_lifted)


@pytest.mark.parametrize(
    ("text", "note", "zone"),
    [
        ("ZONE America/New_York", "zone-set", "America/New_York"),
        ("zone new york", "zone-set", "America/New_York"),
        ("zone São Paulo", "zone-set", "America/Sao_Paulo"),
        ("ZONE eastern", "zone-which", "Europe/Berlin"),
        ("ZONE Wien", "zone-set", "Europe/Vienna"),
        ("ZONE Vienna", "zone-set", "Europe/Vienna"),
        ("ZONE Londres", "zone-set", "Europe/London"),
        ("ZONE 東京", "zone-set", "Asia/Tokyo"),
        ("ZONE Berlin time", "zone-set", "Europe/Berlin"),
        ("ZONE I live in New York, please", "zone-set", "America/New_York"),
        ("ZONE CET", "zone-set", "CET"),
        ("ZONE CEST", "zone-set", "CET"),
        ("ZONE Eastern Time", "zone-set", "America/New_York"),
        ("ZONE EST please", "zone-set", "America/New_York"),
        ("ZONE British Summer Time", "zone-set", "Europe/London"),
        ("ZONE no idea", "zone-how", "Europe/Berlin"),
        ("ZONE et", "zone-set", "America/New_York"),
        ("ZONE ∅∅∅", "zone-how", "Europe/Berlin"),
        ("ZONE !", "zone-now", "Europe/Berlin"),
        ("ZONE moi et toi", "zone-how", "Europe/Berlin"),
        ("ZONE ../../etc/passwd", "zone-how", "Europe/Berlin"),
        ("ZONE", "zone-now", "Europe/Berlin"),
    ],
)
def test_a_zone(text: str, note: str, zone: str) -> None:
    asked = ask(text)
    assert (asked.note, asked.member.zone, asked.member.preferences.is_zone_said) == (note, zone, note == "zone-set")


def test_a_zone_that_this_machine_lacks_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_name: str) -> None:
        raise ValueError

    monkeypatch.setattr("bot.domain.zones.ZoneInfo", gone)
    assert zones_called("Berlin") == ()


def test_a_language() -> None:
    asked = ask("LANGUAGE Deutsch")
    assert (asked.note, asked.member.language, asked.member.preferences.is_language_said) == (
        "language-set",
        "de",
        True,
    )
    assert ask("LANGUAGE klingon").note == "language-how"
