from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app.errors import Misconfigured
from bot.domain.chat import next_session, sessions_between
from bot.domain.recognise import Recogniser
from bot.domain.wording import Wording
from config import catalogue
from config.chats import ChatEntry
from config.settings import Settings, file_schema

NOW = datetime(2026, 11, 16, tzinfo=UTC)


@pytest.mark.parametrize("tag", catalogue.tags())
def test_a_chat_of_the_catalogue_meets_again_and_says_what_is_uncertain(tag: str) -> None:
    entry = catalogue.entry(tag)
    assert entry.tag == tag
    assert entry.note.startswith("Check with the host: ")
    assert next_session(entry.to_chat(), NOW) is not None


def test_the_catalogue_is_worth_the_name() -> None:
    assert len(catalogue.tags()) > 12
    assert "lrnchat" in catalogue.tags()


@pytest.mark.parametrize(
    ("tag", "starts"),
    [
        ("lrnchat", ["2026-11-20T01:30", "2026-11-27T01:30"]),
        ("aussieed", ["2026-11-22T09:30", "2026-11-29T09:30"]),
        ("chat2lrn", ["2026-11-19T16:00"]),  # every other Thursday
        ("pstweetchat", []),  # the first Friday of the month
    ],
)
def test_what_the_catalogue_says_becomes_sessions(tag: str, starts: list[str]) -> None:
    found = sessions_between(catalogue.entry(tag).to_chat(), NOW, NOW + timedelta(days=14))
    assert [f"{one.starts_at:%Y-%m-%dT%H:%M}" for one in found] == starts


def test_a_monthly_chat_meets_on_the_first_friday() -> None:
    coming = next_session(catalogue.entry("pstweetchat").to_chat(), NOW)
    assert coming is not None
    assert coming.starts_at == datetime(2026, 12, 4, 18, tzinfo=UTC)


def test_a_tag_that_is_not_there_is_said_with_those_that_are() -> None:
    with pytest.raises(Misconfigured, match=r"'nochat' is not in the catalogue; it has aussieed, .*lrnchat"):
        catalogue.entry("nochat")


def test_what_ships_can_be_used() -> None:
    assert [rule.kind for rule in catalogue.rules()] == ["called", "called", "lapsed"]
    assert "en" in Wording(catalogue.messages()).languages
    Recogniser(catalogue.phrasebooks())


def test_a_rules_file_of_ones_own_is_explained_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text('[[rule]]\nname = "x"\nkind = "called"\n[rule.when]\nphas = "live"\ncalls_at_least = 0\n')
    with pytest.raises(Misconfigured) as caught:
        catalogue.rules(path)
    assert str(caught.value).splitlines() == [
        f"{path}, line 6: rule[1].when.calls_at_least: should be greater than or equal to 1 (it is 0).",
        f"{path}, line 5: rule[1].when.phas: is not a known key. Did you mean 'phase'?",
    ]


def test_a_rules_file_that_is_not_one_is_said(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_bytes(b"\xff")
    with pytest.raises(Misconfigured, match=f"rules: {path} cannot be read: it is not text"):
        catalogue.rules(path)
    path.write_text("rule = [", encoding="utf-8")
    with pytest.raises(Misconfigured, match=f"{path}: is not valid TOML"):
        catalogue.rules(path)
    path.write_text("", encoding="utf-8")
    with pytest.raises(Misconfigured, match=r"rule: is missing\. Add it\."):
        catalogue.rules(path)


def test_the_schema_of_the_file_has_no_place_for_the_token() -> None:
    account = file_schema()["$defs"]["MastodonSection"]
    assert (list(account["properties"]), account["required"]) == (["base_url"], ["base_url"])
    assert set(file_schema()["properties"]) == set(Settings.model_fields)
    assert set(ChatEntry.model_json_schema()["required"]) == {"tag", "title", "zone", "time"}


def refused(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(Misconfigured) as caught:
        catalogue.rules(path)
    return str(caught.value).replace(f"{path}", "mine.toml").splitlines()


def test_rules_that_can_never_decide_are_refused_with_their_lines(tmp_path: Path) -> None:
    text = """\
# first everything
[[rule]]
name = "loud"
kind = "called"
when = { calls_at_least = 1 }

[[rule]]
name = "late"
kind = "called"
[rule.when]
phase = "after"   # then
minutes_left_at_least = 3
calls_at_least = 1

[[rule]]
name = "hidden"
kind = "called"
[rule.when]
callers_at_least = 2
"""
    assert refused(tmp_path, text) == [
        (
            "mine.toml, line 12: rule[2].when.minutes_left_at_least: phase = 'after' and minutes_left_at_least = 3.0 "
            "can never hold together, so the rule never decides."
        ),
        (
            "mine.toml, line 15: rule[3]: 'hidden' never decides: 'loud', before it, always decides first; "
            "put it higher or ask for less."
        ),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("rule = []", "mine.toml, line 1: rule: is empty; write at least one [[rule]]."),
        ("", "mine.toml: rule: is missing. Add it."),
        ('[[rule]]\nname = "x"\n\n\n\nkind = "called"\n', "mine.toml, line 1: rule[1].when: is missing. Add it."),
        (
            '[[rule]]\nname = "x"\nkind = "poke"\nwhen = {}\n',
            "mine.toml, line 3: rule[1].kind: should be 'called' or 'lapsed' (it is 'poke').",
        ),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(tmp_path: Path, text: str, says: str) -> None:
    assert refused(tmp_path, text) == [says]
