"""The example is the documentation of the settings: whole, true, and loaded here."""

import re
import tomllib
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from pydantic import BaseModel

from bot.domain.chat import sessions_between
from config import catalogue
from config.chats import ChatEntry, ExtraEntry, MovedEntry, SlotEntry
from config.errors import model_in
from config.settings import MastodonSection, Settings, chats_of
from config.x import SECRETS, SIGNED, PricesSection, XSection
from tests.config.conftest import Write, read, refused

KEYS = re.compile(r"^(?:# )?(\w+) = ", re.MULTILINE)


def paths(model: type[BaseModel], above: str = "") -> set[str]:
    """Return every key of a model, as `table.key`."""
    found = set()
    for name, field in model.model_fields.items():
        inner = model_in(field.annotation)
        found |= paths(inner, f"{name}.") if inner else {above + name}
    return found


def written() -> set[str]:
    """Return every key that the example writes down, commented out or not."""
    found, table = set(), ""
    for line in catalogue.example().splitlines():
        if head := re.match(r"(?:# )?\[+(?:\w+\.)?(\w+)\]+", line):
            table = f"{head[1]}."
        elif key := KEYS.match(line):
            found.add(table + key[1])
    return found


def test_every_key_there_is_stands_in_the_example_and_no_other() -> None:
    assert written() == paths(Settings) - {"mastodon.token", *(f"x.{name}" for name in SECRETS)}


def test_the_token_is_explained_and_not_given() -> None:
    assert "MISSED_MASTODON_TOKEN_FILE" in catalogue.example()
    assert "token" not in tomllib.loads(catalogue.example())["mastodon"]


@pytest.mark.usefixtures("token")
def test_the_example_is_loaded_whole(write: Write) -> None:
    settings = read(write(catalogue.example()))
    assert settings.mastodon is not None
    assert settings.mastodon.base_url == "https://example.social"
    assert (settings.catalogue, settings.database_url) == (("lrnchat",), "sqlite:///missed.db")
    (tea,) = settings.chat
    assert (tea.tag, tea.zone, tea.day, tea.time, tea.hosts) == (
        "tea", "Europe/Berlin", "tuesday", time(20), ("olive@example.social",),
    )  # fmt: skip
    assert (tea.skipped, tea.first) == ((date(2026, 12, 29),), date(2026, 1, 6))
    assert set(chats_of(settings)) == {"lrnchat", "tea"}
    starts = [
        f"{session.starts_at:%Y-%m-%d %H:%M}"
        for session in sessions_between(
            tea.to_chat(), datetime(2026, 12, 16, tzinfo=UTC), datetime(2027, 1, 6, tzinfo=UTC)
        )
    ]
    assert starts == ["2026-12-21 18:00", "2026-12-30 17:00", "2027-01-05 19:00"]
    moved = sessions_between(tea.to_chat(), datetime(2027, 6, 28, tzinfo=UTC), datetime(2027, 7, 3, tzinfo=UTC))
    assert [f"{session.starts_at:%a %H:%M}" for session in moved] == ["Tue 18:00", "Thu 20:00"]


@pytest.mark.usefixtures("token")
def test_what_is_commented_out_can_be_used(write: Write) -> None:
    text = catalogue.example()
    for line in ('# rules = "rules.toml"', '# repeats = "FREQ=MONTHLY;BYDAY=1FR"'):
        assert line in text
        text = text.replace(line, line.removeprefix("# "))
    settings = read(write(text.replace('day = "tuesday"', "# ")))
    assert settings.rules is not None
    assert settings.chat[0].repeats == "FREQ=MONTHLY;BYDAY=1FR"


@pytest.mark.usefixtures("token")
def test_the_table_of_x_can_be_used_and_shows_the_defaults(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    names = "|".join(XSection.model_fields)
    text = re.sub(rf"^# (?=\[x\]|(?:{names}) = )", "", catalogue.example(), flags=re.MULTILINE)
    for name in SIGNED:
        monkeypatch.setenv(f"MISSED_X_{name.upper()}", "one two three")
    found = read(write(text)).x
    assert found is not None
    assert found.given("consumer_key") == "one two three"
    assert found.monthly_micros == 20_000_000
    shown = tomllib.loads(text)["x"]
    assert set(shown) == set(XSection.model_fields) - set(SECRETS)
    for name in shown.keys() - {"monthly_limit"}:
        assert str(shown[name]) == str(getattr(XSection(), name)), name
    prices = tomllib.loads(text)["prices"]
    assert PricesSection(**prices) == PricesSection()
    assert PricesSection().micros()["post_read"] == 5000


def test_secrets_of_x_are_refused_in_the_file_and_asked_for(write: Write) -> None:
    lines = refused(write('[x]\nconsumer_secret = "hidden-thing"\n'))
    assert "hidden-thing" not in "".join(lines)
    assert lines[0].startswith("x.consumer_secret: is a secret")
    assert [line.split(":")[0] for line in lines[1:]] == ["x.consumer_key", "x.access_token", "x.access_token_secret"]


def test_oauth_2_needs_a_client_id_only(write: Write) -> None:
    found = read(write('[x]\nclient_id = "abc"\n')).x
    assert found is not None
    assert found.client_id == "abc"


@pytest.mark.usefixtures("token")
def test_the_values_shown_are_the_defaults(write: Write) -> None:
    shown: dict[str, Any] = tomllib.loads(catalogue.example())
    plain = Settings()
    assert shown["database_url"] == plain.database_url
    assert shown["watch"] == plain.watch.model_dump()
    assert {name: time.fromisoformat(text) for name, text in shown["quiet_hours"].items()} == (
        plain.quiet_hours.model_dump()
    )
    for name in ("minutes", "questions", "question", "held_by", "language", "note"):
        assert shown["chat"][0][name] == ChatEntry.model_fields[name].default, name


def test_every_field_has_a_description() -> None:
    entries = (ChatEntry, MovedEntry, ExtraEntry, SlotEntry)
    for model in (Settings, MastodonSection, XSection, PricesSection, *entries):
        for name, field in model.model_fields.items():
            assert field.description, f"{model.__name__}.{name}"
