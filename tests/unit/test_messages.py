"""Every message in every language: complete, short enough, harmless, with the way out, and its commands understood."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app.advice import ADVISED
from bot.domain.outbox import BEFORE
from bot.domain.pace import Progress
from bot.domain.recap import RecapWords, recap
from bot.domain.vocabulary import Command
from bot.domain.wording import LIMIT, ReminderWords
from tests.world import UNDERSTANDING, WORDING

LANGUAGES = WORDING.languages
LONG_NAME = "Maria-Magdalena Wolfeschlegelsteinhausen"
LONGEST = {
    "chats": "list:#twittersmarter\x1f#internationaledchat\x1f#contentmarketing",
    "chat": "#internationaledchat",
    "zone": "America/Argentina/ComodRivadavia",
    "zones": "choice:America/Toronto\x1fAmerica/New_York\x1fAmerica/Chicago\x1fAmerica/Denver",
    "choices": "choice:HEADS-UP\x1fLANGUAGE",
    "until": "day:2027-09-22",
    "one": "day:2027-09-22",
    "two": "day:2027-09-23",
    "at": "at:2027-09-22T10:00:00+00:00",
    "before": "at:2027-09-22T10:00:00+00:00",
    "since": "day:2027-09-22",
    "start": "time:22:00",
    "end": "time:07:00",
    "consent": "asked",
    "away": "until",
    "guess": "yes",
    "quiet": "some",
    "lifted": "yes",
    "headsup": "none",
    "headsups": "",
    "next": "none",
    "nexts": "",
    "recap": "none",
    "recaps": "",
    "accounts": "list:wolfeschlegelsteinhausen@mastodon.example",
    "example": "CANCEL #internationaledchat",
    "code": "ABCD-EFGH",
    "covered": "list:#twittersmarter\x1f#internationaledchat\x1f#contentmarketing",
    "dated": "yes",
    "phase": "live",
    "known": "some",
    "linked": "yes",
    "coming": "yes",
    "said": "",
    "friends": "number:2",
    "day": "day:2027-09-22",
    "links": "https://mastodon.example/@somebody/116000000000000000 " * 3,
    "is-on": "yes",
    "language": "name:pt",
} | dict.fromkeys(
    (
        "minutes",
        "sessions",
        "reminders",
        "callers",
        "calls",
        "count",
        "live",
        "people",
        "here",
        "called",
        "run",
        "questions",
    ),
    "number:28",
)
REMINDERS = [("called", True), ("called", False), ("lapsed", True), ("heads-up", True), ("next", True)]
OPENING = {"welcome", "welcome-explained", "started", "started-again", "next"}


def notes(language: str) -> list[str]:
    return sorted(note for note in WORDING.notes(language) if not note.startswith("pattern-"))


def reminder(kind: str, *, is_live: bool, question: str = "What? " * 60, **more: object) -> ReminderWords:
    progress = Progress(
        number=3, of=6, text=question, url="", on_for=timedelta(minutes=3), left_for=timedelta(minutes=34), next_in=None
    )
    words = ReminderWords(
        kind=kind,
        is_live=is_live,
        callers=(LONG_NAME, LONG_NAME[::-1], "Ana", "Ben", "Cem"),
        hashtag="#internationaledchat",
        progress=progress,
        link="https://mastodon.example/@wolfeschlegelsteinhausen/116000000000000000",
        zone="America/New_York",
        next_at=datetime(2027, 9, 23, 1, 30, tzinfo=UTC),
    )
    return words.model_copy(update=more)


def test_there_are_seven_languages_and_each_is_read_as_well_as_spoken() -> None:
    assert LANGUAGES == ("de", "en", "es", "fr", "ja", "nl", "pt")
    assert set(UNDERSTANDING.languages) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_with_the_same_values(language: str) -> None:
    assert WORDING.notes(language) == WORDING.notes("en")
    for note in WORDING.notes("en"):
        extra = WORDING.values_in(note, language) - WORDING.values_in(note, "en") - {"callers"}
        missing = WORDING.values_in(note, "en") - WORDING.values_in(note, language) - {"callers"}
        assert not extra | missing, (note, extra, missing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_fits_and_leaves_nothing_open(language: str) -> None:
    for note in notes(language):
        said = WORDING.say(note, LONGEST, language, "America/New_York")
        assert said, note
        assert "{" not in said, (note, said)
        assert "  " not in said, (note, said)
        assert len(said) <= LIMIT - 20 or note == "status", (note, len(said))
        assert len(said) <= LIMIT + 60, (note, len(said))
        assert not re.search(r"(?<![=/\w])@", said), (note, said)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "is_live"), REMINDERS)
def test_every_reminder_fits_with_the_longest_names_and_question(language: str, kind: str, *, is_live: bool) -> None:
    for next_at in (datetime(2027, 9, 23, 1, 30, tzinfo=UTC), None):
        if kind in BEFORE and next_at is None:
            continue
        said = WORDING.remind(reminder(kind, is_live=is_live, next_at=next_at), language)
        assert len(said) <= LIMIT
        assert said.endswith((")", "）"))
        assert "STOP" in said.rpartition("\n")[2]
        assert "https://mastodon.example/@wolfeschlegelsteinhausen/116000000000000000" in said


def recapped(**more: object) -> RecapWords:
    link = "https://mastodon.example/@wolfeschlegelsteinhausen/116000000000000000"
    words = RecapWords(
        hashtag="#internationaledchat",
        starts_at=datetime(2027, 9, 16, 1, 30, tzinfo=UTC),
        questions=tuple((number, "What? " * 60) for number in range(1, 7)),
        friends=(LONG_NAME, LONG_NAME[::-1], "Ana", "Ben", "Cem"),
        said=(f"{link}1", f"{link}2"),
        link=link,
        zone="America/New_York",
        next_at=datetime(2027, 9, 23, 1, 30, tzinfo=UTC),
    )
    return words.model_copy(update=more)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_recap_fits_and_questions_give_way_first(language: str) -> None:
    for more in ({}, {"next_at": None}, {"said": ()}, {"friends": ("Ana",)}, {"friends": (), "said": ()}):
        said = recap(WORDING, recapped(**more), language, room=480)
        assert len(said) <= 480
        assert "STOP" in said.rpartition("\n")[2]
        assert [line[:2] for line in said.splitlines() if line[0].isdigit() and line[1] == "."] == [
            f"{number}." for number in range(1, 7)
        ]
        assert "\n\n" not in said
        assert recapped().link in said


def test_a_recap_says_what_there_is_and_nothing_else() -> None:
    short = recapped(
        questions=((1, "Why?"), (3, "")), friends=("Ana", "Ben"), said=("https://x.example/1",), zone="UTC"
    )
    assert recap(WORDING, short, "en") == (
        f"You asked to hear of #internationaledchat on Thursday 16 September 2027: {short.link}\n1. Why?\n"
        "Ana and Ben were there: https://x.example/1\nThe next one is on Thursday 23 September, 01:30.\n"
        "(RECAP OFF ends this, STOP ends everything.)"
    )
    bare = recap(WORDING, recapped(questions=(), friends=(), said=(), next_at=None), "de")
    assert len(bare.splitlines()) == 2


def test_short_questions_leave_their_room_to_long_ones() -> None:
    words = recapped(questions=((1, "Why?"), (2, "What? " * 60)), friends=(), said=())
    said = recap(WORDING, words, "en", room=480)
    assert "1. Why?\n" in said
    assert len(said) > 460


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_quiet_hours_hide_is_said_within_the_limit(language: str) -> None:
    hidden = WORDING.say("quiet-covers", LONGEST, language)
    for note in ADVISED:
        said = WORDING.say(note, LONGEST, language)
        assert len(f"{said}\n{hidden}") <= 500, note
    for way_out in re.findall(r"[A-ZÀ-Ü]{4,} [A-ZÀ-Ü]{2,}(?: [A-ZÀ-Ü]{4,})?|静かな時間 [ァ-ヶー]+(?:以外)?", hidden):
        assert UNDERSTANDING.read(way_out, language).command is Command.QUIET, way_out


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_opens_names_the_way_out(language: str) -> None:
    for note in OPENING:
        assert "STOP" in WORDING.say(note, LONGEST, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_and_many_are_told_apart(language: str) -> None:
    for note in ("heads-up-set", "host-who", "why-called", "status"):
        one = {**LONGEST, **dict.fromkeys(("minutes", "live", "callers", "sessions"), "number:1")}
        assert WORDING.say(note, one, language) != WORDING.say(note, LONGEST, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_names_words_that_are_understood(language: str) -> None:
    said = WORDING.say("help", {}, language)
    named = [
        one
        for line in said.splitlines()
        for one in re.split(r"[:：] ", line)[0].split("、" if language == "ja" else ", ")
    ]
    last = [one.split(":")[0].strip() for one in re.split(r"[.。] ?", said.splitlines()[-1])]
    found = {one: UNDERSTANDING.read(one, language).command for one in (*named, *last) if one}
    assert Command.OTHER not in found.values(), found
    personal = set(Command) - {Command.CANCEL, Command.MOVE, Command.WHO, Command.DECLINE, Command.THANKS, Command.HELP}
    assert set(found.values()) >= personal - {Command.UNCLEAR, Command.OTHER}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_in_our_answers_is_understood(language: str) -> None:
    wanted = {
        "away-open": Command.AWAY,
        "which-day": Command.AWAY,
        "heads-up-how": Command.HEADS_UP,
        "zone-how": Command.ZONE,
        "zone-now": Command.ZONE,
        "language-how": Command.LANGUAGE,
        "host-how": Command.MOVE,
        "quiet-how": Command.QUIET,
    }
    for note, command in wanted.items():
        example = re.split(r"[:：] ", WORDING.say(note, {**LONGEST, "zone": "X"}, language))[-1]
        assert UNDERSTANDING.read(example, language).command is command, (note, example)
    for note, command in {"forget-sure": Command.FORGET, "link-start": Command.START}.items():
        said = WORDING.say(note, LONGEST, language)
        loud = re.findall(r"[A-ZÀ-Ý]{4,}|忘れて", said)
        assert UNDERSTANDING.read(loud[0], language).command is command, (note, loud)


NAMES = st.text(st.characters(codec="utf-8"), max_size=60) | st.sampled_from(
    [
        "@ana@far.example",
        "#nobot",
        "<b>x</b>",
        "https://evil.example",
        "\u202eevil",
        "👩‍👩‍👧‍👦 Ana",
        "list:a\x1fb",
        "at:never",
        "{ $x }",
    ]
)


@given(st.lists(NAMES, min_size=1, max_size=6).map(tuple), st.sampled_from(LANGUAGES), st.sampled_from(REMINDERS))
def test_no_name_gets_out_of_its_place(names: tuple[str, ...], language: str, what: tuple[str, bool]) -> None:
    kind, is_live = what
    asked = recapped(questions=((1, names[0]),), friends=names, said=(), link="", hashtag="")
    summed_up = recap(WORDING, asked, language)
    assert "#" not in summed_up
    assert "https://" not in summed_up
    assert not re.search(r"(?<![=/\w])@", summed_up)
    said = WORDING.remind(reminder(kind, is_live=is_live, callers=names, question=names[0]), language)
    assert len(said) <= LIMIT
    assert not re.search(r"(?<![=/\w])@", said)
    assert said.count("#") == 1
    assert said.count("https://") == 1
    assert "\u202e" not in said


def test_times_are_by_the_members_clock_and_in_their_words() -> None:
    at = {"chat": "tea", "at": "at:2026-11-20T01:30:00+00:00"}
    assert [WORDING.say("chats-line", at, language, "Europe/Berlin") for language in ("en", "de", "fr", "ja")] == [
        "#tea: Friday 20 November, 02:30",
        "#tea: Freitag, 20. November, 02:30 Uhr",
        "#tea : vendredi 20 novembre à 02:30",
        "#tea: 11月20日(金曜日) 02:30",
    ]


def test_a_long_schedule_leaves_out_what_has_no_room() -> None:
    words = {f"#chat{number}": "" for number in range(40)}
    said = WORDING.schedule(words, "en", "UTC")
    assert len(said) <= LIMIT
    assert said.endswith("(times in UTC)")


def test_a_long_list_is_cut_and_a_foreign_item_is_harmless() -> None:
    many = "list:" + "\x1f".join(f"#chat{number}" for number in range(40))
    assert len(WORDING.say("welcome", {"chats": many}, "en")) < LIMIT
    assert "#chat0, #chat1" in WORDING.say("welcome", {"chats": many}, "en")
    assert WORDING.say("recap-off", {"chats": "list:@a\x1f#b<c"}, "en").endswith("a and #b‹c.")


def test_a_name_of_a_language_is_plain() -> None:
    assert WORDING.say("link-code", {"code": "name:@x"}, "en").startswith("Write this to me")
