"""The commands that look: tables for people, JSON for programs, a sentence where there is nothing."""

import re
from pathlib import Path

import pytest

from bot.domain.model import Consent
from config import catalogue
from tests.cli import evening
from tests.cli.conftest import Missed, document
from tests.cli.evening import NORA, SESSION

LOOKS = (("members",), ("sessions",), ("outbox",), ("explain", "nora"))


def times(value: object) -> list[str]:
    """Return everything in a document that is called a time."""
    if isinstance(value, dict):
        named = [
            text
            for key, text in value.items()
            if isinstance(text, str) and (key.endswith("_at") or key in {"at", "since"})
        ]
        return named + [text for one in value.values() for text in times(one)]
    return [text for one in value for text in times(one)] if isinstance(value, list) else []


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("words", [*LOOKS, ("chats",), ("chats", "--catalogue")])
def test_tables_fit_eighty_columns_and_tell_no_words(missed: Missed, words: tuple[str, ...]) -> None:
    shown = missed(*words).stdout
    if words[0] != "explain":
        assert max(len(line) for line in shown.splitlines() if "`" not in line) <= 80
    assert evening.WORDS not in shown
    assert "Ana" not in shown
    assert "\x1b" not in shown


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("words", [*LOOKS, ("chats",), ("chats", "--catalogue")])
def test_json_is_one_document_and_its_times_are_utc(missed: Missed, words: tuple[str, ...]) -> None:
    found = document(missed(*words, "--json"))
    assert len(found) == 1
    seen = times(found)
    assert seen
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", one) for one in seen), seen


@pytest.mark.usefixtures("filled")
def test_json_keys_are_stable(missed: Missed) -> None:
    keys = {name: set(document(missed(name, "--json"))[key][0]) for name, key in (
        ("members", "members"), ("sessions", "sessions"), ("outbox", "messages"), ("chats", "chats"),
    )}  # fmt: skip
    assert keys == {
        "members": {
            "id", "handles", "consent", "is_live", "chats", "zone", "language", "since", "last_heard_at",
            "last_reminder", "refusing",
        },
        "sessions": {
            "id", "chat", "starts_at", "ends_at", "state", "held", "observed", "questions", "people", "present",
            "calls",
        },
        "outbox": {
            "id", "kind", "platform", "to", "member", "session", "state", "reason", "attempts", "created_at",
            "not_before", "expires_at", "done_at", "link",
        },
        "chats": {
            "tag", "title", "zone", "minutes", "hosts", "source", "next_at", "next_local", "is_live", "note",
        },
    }  # fmt: skip
    (told,) = document(missed("explain", "nora", "--json"))["sessions"]
    assert set(told) == {
        "member", "handles", "consent", "is_enrolled", "session", "present_since", "present_by", "calls",
        "decisions", "messages",
    }  # fmt: skip


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    ("words", "key", "sentence"),
    [
        (("members",), "members", "Nobody has signed up yet. People do by sending START to the bot"),
        (("sessions",), "sessions", "No session has been watched yet. `missed chats` says when the next one is."),
        (("sessions", "--chat", "#Tea"), "sessions", "No session of #tea has been watched yet."),
        (("outbox",), "messages", "No message has been written yet. `missed chats` says when the next session is."),
        (("outbox", "--state", "failed"), "messages", "No message is failed. `missed outbox` lists those in any state"),
    ],
)
def test_where_there_is_nothing_a_sentence_says_what_next(
    missed: Missed, words: tuple[str, ...], key: str, sentence: str
) -> None:
    assert sentence in missed(*words).stdout
    assert document(missed(*words, "--json")) == {key: []}


@pytest.mark.parametrize("words", LOOKS)
def test_looking_makes_no_database(missed: Missed, configured: Path, words: tuple[str, ...]) -> None:
    result = missed(*words, exits=2)
    assert "missed.db does not exist yet. `missed run` creates it" in result.stderr
    assert [path.name for path in configured.iterdir()] == ["missed.toml"]


@pytest.mark.parametrize("words", [*LOOKS, ("chats",), ("run",)])
def test_without_a_configuration_the_way_to_one_is_shown(
    missed: Missed, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MISSED_MASTODON_TOKEN")
    assert "missed.toml: there is no such file. `missed init` writes one" in missed(*words, exits=2).stderr


@pytest.mark.usefixtures("filled")
def test_members_are_listed_with_what_other_commands_take(missed: Missed) -> None:
    shown = missed("members").stdout
    for part in (NORA[:8], "@nora@home.example", "America/New_York", "#lrnchat", Consent.STOPPED, "2026-11-20"):
        assert part in shown
    assert "@nora@home.example in" in missed("explain", NORA[:8]).stdout


@pytest.mark.usefixtures("filled")
def test_sessions_are_listed_whole_however_narrow_the_terminal(missed: Missed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    (row,) = [line.split() for line in missed("sessions").stdout.splitlines() if SESSION.id in line]
    assert row == [SESSION.id, "settled", "yes", "yes", "3", "14", "1", "3"]


@pytest.mark.usefixtures("filled")
def test_the_outbox_shows_state_reason_and_time(missed: Missed) -> None:
    shown = missed("outbox").stdout
    for part in (
        "d1d1d1d1",
        "pending",
        "from  2026-11-20 01:53",
        "until 2026-11-20 02:25",
        "not sure",
        "2026-11-20 01:53",
    ):
        assert part in shown
    assert "pending" not in missed("outbox", "--state", "sent").stdout
    assert "c1c1c1c1" not in missed("outbox", "--limit", "1").stdout


@pytest.mark.usefixtures("configured")
def test_chats_are_listed_with_their_own_clock_and_source(missed: Missed) -> None:
    shown = missed("chats").stdout
    for part in ("tea", "Tue", "20:00", "Europe/Berlin", "@olive@example.social", "own", "lrnchat", "catalogue"):
        assert part in shown
    notes = {one["tag"]: one["note"] for one in document(missed("chats", "--json"))["chats"]}
    assert notes == {"tea": "Bring a cup.", "lrnchat": catalogue.entry("lrnchat").note}


def test_the_catalogue_needs_no_configuration(missed: Missed) -> None:
    shown = missed("chats", "--catalogue").stdout
    assert all(f"\n{tag} " in shown for tag in catalogue.tags())
    assert "check with their hosts" in shown
    found = document(missed("chats", "--catalogue", "--json"))["chats"]
    assert {one["tag"] for one in found} == set(catalogue.tags())
    assert all(one["note"].startswith("Check with the host") for one in found)


@pytest.mark.usefixtures("filled")
def test_an_explanation_reads_from_the_call_to_the_message(missed: Missed) -> None:
    shown = missed("explain", "@nora@home.example", "--session", "2026-11-19").stdout
    for line in (
        "@nora@home.example in lrnchat@2026-11-20T01:30Z",
        "The session is over; it took place; the bot watched.",
        "There since 2026-11-20 02:01, by a post. Consent: live. Signed up for this chat.",
        "2 calls",
        "  2026-11-20 01:42  where is (where), post p1  https://a.example/@ana/p1",
        "2026-11-20 01:42  no reminder: no rule applies",
        '  rule "called while it is on"',
        "    ✗ calls: 1 (at least 2 wanted)",
        '2026-11-20 01:50  remind, by the rule "called while it is on"',
        "  ✓ was not there",
        "    ✓ phase: live (live wanted)",
        "  useful from 2026-11-20 01:50 until 2026-11-20 02:25",
        "  ✗ had a reminder in this session already",
        "Message b1b1b1b1 to @nora@home.example: sent at 2026-11-20 01:53 (1 try)",
    ):
        assert line in shown.splitlines(), line


@pytest.mark.usefixtures("filled")
def test_an_explanation_of_nothing_says_so(missed: Missed) -> None:
    assert "Nothing is known of pat in any session yet" in missed("explain", "pat").stdout
    assert "was not confirmed" not in missed("explain", "sam").stdout
    assert "✗ had not confirmed yet: no word came back after START" in missed("explain", "sam").stdout


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("zoe",), 1, "nobody called zoe is a member. `missed members` lists them."),
        (("nora", "--session", "2026-01-01"), 1, "no session of theirs was watched on 2026-01-01."),
        (("nora", "--session", "#tea@2026-11-20T01:30Z"), 1, "there is no session tea@2026-11-20T01:30Z."),
        (("nora", "--session", "soon"), 2, "'soon' is neither a date like 2026-11-19 nor a session"),
        ((), 2, "Missing argument"),
    ],
)
def test_what_cannot_be_explained_is_a_sentence(
    missed: Missed, words: tuple[str, ...], code: int, sentence: str
) -> None:
    assert sentence in missed("explain", *words, exits=code).stderr


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("words", [("outbox", "--state", "lost"), ("sessions", "--limit", "0"), ("nonsense",)])
def test_wrong_use_exits_with_two(missed: Missed, words: tuple[str, ...]) -> None:
    assert missed(*words, exits=2).stderr
