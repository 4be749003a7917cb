import pickle
from datetime import time
from pathlib import Path

import pytest

from bot.app.errors import Misconfigured
from config import catalogue
from config.chats import DAYS, RULE_LIKE
from config.settings import Settings, chats_of, load
from tests.config.conftest import ACCOUNT, TOKEN, Write, read, refused

REFUSED = (
    "mastodon.token: is a secret and does not belong in this file. "
    "Remove it, and set MISSED_MASTODON_TOKEN or MISSED_MASTODON_TOKEN_FILE."
)
CHAT = '[[chat]]\ntag = "tea"\ntitle = "Tea"\nzone = "UTC"\nday = "monday"\ntime = "20:00"\n'


def test_without_anything_there_are_defaults() -> None:
    settings = load(None)
    assert (settings.mastodon, settings.chat, settings.catalogue, settings.rules) == (None, (), (), None)
    assert (settings.quiet.start, settings.quiet.end, settings.watch.every_seconds) == (time(22), time(7), 15)


@pytest.mark.usefixtures("token")
def test_the_environment_wins_over_the_file(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(f'database_url = "sqlite:///file.db"\n{ACCOUNT}[watch]\nevery_seconds = 20\n')
    monkeypatch.setenv("MISSED_DATABASE_URL", "sqlite:////var/lib/missed.db")
    monkeypatch.setenv("MISSED_MASTODON_BASE_URL", "https://b.example/")
    monkeypatch.setenv("MISSED_QUIET_HOURS_START", "21:30")
    settings = read(path)
    assert settings.mastodon is not None
    assert (settings.database_url, settings.mastodon.base_url) == ("sqlite:////var/lib/missed.db", "https://b.example")
    assert (settings.quiet.start, settings.quiet.end, settings.watch.every_seconds) == (time(21, 30), time(7), 20)


def test_an_empty_variable_is_none(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISSED_RULES", "")
    assert read(write(CHAT)).rules is None


@pytest.mark.parametrize("said", ['["lrnchat", "sschat"]', "lrnchat,sschat", " #lrnchat , sschat"])
def test_the_catalogue_may_be_chosen_by_the_environment(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISSED_CATALOGUE", said)
    assert load(None).catalogue == ("lrnchat", "sschat")


def test_a_secret_is_read_from_the_file_that_is_named(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "token"
    secret.write_text(f"{TOKEN}\n", encoding="utf-8")
    monkeypatch.setenv("MISSED_MASTODON_TOKEN_FILE", str(secret))
    settings = read(write(ACCOUNT))
    assert settings.mastodon is not None
    assert settings.mastodon.token is not None
    assert settings.mastodon.token.get_secret_value() == TOKEN


def test_a_secret_file_that_cannot_be_read_is_named(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISSED_MASTODON_TOKEN_FILE", str(tmp_path / "none"))
    (line,) = refused(write(ACCOUNT))
    assert line.startswith(f"MISSED_MASTODON_TOKEN_FILE: {tmp_path / 'none'} cannot be read: No such file or directory")
    (tmp_path / "none").write_bytes(b"\xff\xfe")
    assert "it is not text" in refused(write(ACCOUNT))[0]


def test_an_empty_secret_file_is_not_a_token(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token").touch()
    monkeypatch.setenv("MISSED_MASTODON_TOKEN_FILE", str(tmp_path / "token"))
    assert refused(write(ACCOUNT)) == ["MISSED_MASTODON_TOKEN_FILE in the environment: is empty."]


def test_a_token_in_the_file_is_refused_and_not_repeated(write: Write) -> None:
    (line,) = refused(write(f'{ACCOUNT}token = "{TOKEN}"\n'))
    assert line == REFUSED


@pytest.mark.parametrize(
    "text",
    [
        f'{ACCOUNT}token = "{TOKEN}"\ntokn = "{TOKEN}"\n[watch]\nevery_seconds = 0\n',
        f'mastodon = "{TOKEN}"\n',
        f'[mastodon]\nbase_url = "https://me:{TOKEN}@a.example"\n',
        f'{ACCOUNT}tokken = "{TOKEN}"\n',
        f'{ACCOUNT}token = ["{TOKEN}"]\n',
    ],
)
def test_what_may_be_a_secret_is_in_no_error(write: Write, text: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        read(write(text))
    assert TOKEN not in str(caught.value)
    assert TOKEN not in repr(caught.value)
    assert caught.value.__suppress_context__  # pydantic's own error, behind it, is not printed


def test_a_token_from_the_environment_is_in_no_error(write: Write, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISSED_MASTODON", token)
    monkeypatch.setenv("MISSED_MASTODON_TOKN", token)
    assert token not in " ".join(refused(write('[mastodon]\nbase_url = "nowhere"\n')))


def test_a_token_is_in_no_text_of_the_settings(write: Write, token: str) -> None:
    settings = read(write(ACCOUNT))
    for text in (str(settings), repr(settings), settings.model_dump_json(), str(settings.model_dump())):
        assert token not in text
    assert pickle.loads(pickle.dumps(settings.quiet)) == settings.quiet


def test_everything_that_is_wrong_is_said_at_once(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISSED_WATCH_EVERY_SECONDS", "0")
    path = write(
        'databse_url = "x"\ncatalogue = ["lrnchatt", "xyz"]\n[watch]\nevery_second = 3\n'
        f'[mastodon]\ntoken = "{TOKEN}"\n'
        '[[chat]]\ntag = "a b"\ntitel = "x"\nzone = "Mars"\nday = "funday"\ntime = 2000\nminutes = 5\n'
        'hosts = ["olive"]\nquestion = "Q"\nskipped = ["soon"]\nrepeats = "never"\n'
    )
    assert sorted(refused(path)) == sorted(
        [
            "MISSED_WATCH_EVERY_SECONDS in the environment: should be greater than or equal to 1 (it is '0').",
            "catalogue[1]: is not in the catalogue; perhaps 'lrnchat' is meant (it is 'lrnchatt').",
            "catalogue[2]: is not in the catalogue; `missed chats --catalogue` lists it (it is 'xyz').",
            f"chat[1].day: is not a weekday; choose one of {', '.join(DAYS)} (it is 'funday').",
            "chat[1].hosts[1]: is not a whole handle; write it like '@host@example.social' (it is 'olive').",
            "chat[1].minutes: should be greater than or equal to 10 (it is 5).",
            "chat[1].question: lacks {n}, which stands for the number; write it like 'Q{n}' (it is 'Q').",
            f"chat[1].repeats: is not a recurrence rule; {RULE_LIKE} (RFC 5545) (it is 'never').",
            "chat[1].skipped[1]: is not a date; write it like '2026-12-29' (it is 'soon').",
            "chat[1].tag: is not a hashtag; write it like 'lrnchat' (it is 'a b').",
            "chat[1].time: is not a time; write it like '20:30' (it is 2000).",
            "chat[1].titel: is not a known key. Did you mean 'title'?",
            "chat[1].title: is missing. Add it.",
            "chat[1].zone: is not a time zone; write it like 'America/New_York' or 'Europe/Berlin' (it is 'Mars').",
            "databse_url: is not a known key. Did you mean 'database_url'?",
            "mastodon.base_url: is missing. Add it to the file, or set MISSED_MASTODON_BASE_URL.",
            REFUSED,
            "watch.every_second: is not a known key. Did you mean 'every_seconds'?",
        ]
    )


def test_a_missing_token_is_asked_for_where_it_belongs(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    remedy = "Set MISSED_MASTODON_TOKEN, or MISSED_MASTODON_TOKEN_FILE to the name of a file that holds it."
    assert refused(write(ACCOUNT)) == [f"mastodon.token: is missing. {remedy}"]
    monkeypatch.setenv("MISSED_MASTODON_TOKEN", "")
    assert refused(write(ACCOUNT)) == [f"mastodon.token: is missing. {remedy}"], "an empty variable is none"


def test_a_variable_that_sets_nothing_is_said(write: Write, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISSED_MASTODON_TOKN", token)
    assert refused(write(ACCOUNT)) == [
        "MISSED_MASTODON_TOKN in the environment: sets nothing. Did you mean 'MISSED_MASTODON_TOKEN'?"
    ]


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize(
    "url",
    [
        "http://a.example",
        "http://203.0.113.9",
        "http://[2001:db8::1]",
        "http://10.0.0.7:3000",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
    ],
)
def test_a_token_never_travels_unencrypted_to_another_host(write: Write, url: str) -> None:
    assert refused(write(f'[mastodon]\nbase_url = "{url}"\n')) == [
        f"mastodon.base_url: would send the token unencrypted; use https (it is '{url}')."
    ]


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:8080", "http://[::1]:8080", "http://localhost", "http://sandbox:3000", "https://a.example"],
)
def test_this_machine_and_the_container_beside_it_need_no_encryption(write: Write, url: str) -> None:
    settings = read(write(f'[mastodon]\nbase_url = "{url}/"\n'))
    assert settings.mastodon is not None
    assert settings.mastodon.base_url == url


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize(
    "url", ["a.example", "ftp://a.example", "https://", "https://a.example/web", "https://a:x", "https://[::1", ""]
)
def test_a_server_is_an_address_and_nothing_more(write: Write, url: str) -> None:
    (line,) = refused(write(f'[mastodon]\nbase_url = "{url}"\n'))
    assert line.startswith("mastodon.base_url: is not a server's address; write it like 'https://example.social'")


@pytest.mark.parametrize(
    "url", ["missed.db", "sqlite:///", "postgresql://db", "postgresql://u@db:x/y?sesame", "mysql://db/y"]
)
def test_a_database_is_named_by_an_address(write: Write, url: str) -> None:
    (line,) = refused(write(f'database_url = "{url}"\n'))
    assert "sesame" not in line
    assert line.startswith("database_url: is not a database's address; write it like 'sqlite:///missed.db'")


@pytest.mark.parametrize("url", ["postgresql+psycopg://u:sesame@db/y", "postgresql://u@db/y?password=sesame"])
def test_a_databases_password_does_not_stand_in_the_file(
    write: Write, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (line,) = refused(write(f'database_url = "{url}"\n'))
    assert line.startswith("database_url: holds a password, which does not belong in this file")
    assert "sesame" not in line
    monkeypatch.setenv("MISSED_DATABASE_URL", url)
    settings = load(None, needs_account=False)
    assert settings.database_url == url
    assert "sesame" not in repr(settings)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ('day = "monday"', ""),
        ('repeats = "FREQ=WEEKLY;BYDAY=MO"', ""),
        ('repeats = "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO"', ""),
        ('repeats = "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"\nfirst = 2026-01-05', ""),
        ('repeats = "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"', "needs `first`, the series' first day"),
        ('repeats = "FREQ=WEEKLY;INTERVAL=12;BYDAY=MO"', "needs `first`, the series' first day"),
        ('repeats = "FREQ=SECONDLY"', "should begin with FREQ=, by the day, week, month or year"),
        ('repeats = "FREQ=DAILY;BYHOUR=9,10"', "should name days only"),
        ('repeats = "FREQ=WEEKLY;UNTIL=20261231T000000Z"', "is not a recurrence rule"),
        ('day = "monday"\nfirst = 2026-01-05\nlast = 2026-01-04', "ends on 2026-01-04, before it begins on 2026-01-05"),
        ("", "needs either `day` or `repeats`, and not both"),
        ('day = "monday"\nrepeats = "FREQ=WEEKLY;BYDAY=MO"', "needs either `day` or `repeats`, and not both"),
    ],
)
def test_a_chat_has_one_rhythm(write: Write, change: str, problem: str) -> None:
    path = write(CHAT.replace('day = "monday"', change))
    if problem:
        assert problem in refused(path)[0]
    else:
        assert read(path).chat[0].tag == "tea"


@pytest.mark.parametrize("said", ['"20:00+02:00"', "20", '"late"', "true"])
def test_a_time_is_by_the_clock_on_the_wall(write: Write, said: str) -> None:
    (line,) = refused(write(CHAT.replace('"20:00"', said)))
    assert line.startswith("chat[1].time: ")
    assert "write it like '20:30'" in line


def test_a_toml_time_and_a_capital_day_are_understood(write: Write) -> None:
    chat = read(write(CHAT.replace('"20:00"', "20:00:00").replace("monday", " Monday"))).chat[0]
    assert (chat.time, chat.day) == (time(20), "monday")


def test_a_chat_is_described_once(write: Write) -> None:
    (line,) = refused(write(CHAT + CHAT.replace('"tea"', '"#Tea"')))
    assert line == "chat: #tea is described more than once; keep one [[chat]] of it."


def test_a_chat_of_ones_own_wins_over_the_catalogue(write: Write) -> None:
    settings = read(write('catalogue = ["lrnchat"]\n' + CHAT.replace('"tea"', '"lrnchat"')))
    assert [chat.title for chat in chats_of(settings).values()] == ["Tea"]


def test_without_a_chat_there_is_nothing_to_watch() -> None:
    with pytest.raises(Misconfigured, match="no chat is configured"):
        chats_of(Settings())


def test_the_rules_lie_where_the_file_lies(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path.parent)
    settings = read(write('rules = "own.toml"\n'))
    assert settings.rules == tmp_path / "own.toml"
    with pytest.raises(Misconfigured, match=r"rules: .*own\.toml cannot be read: No such file or directory"):
        catalogue.rules(settings.rules)


def test_a_file_that_is_not_there_is_said_with_a_way_out(tmp_path: Path) -> None:
    path = tmp_path / "missed.toml"
    assert refused(path) == ["there is no such file. `missed init` writes one to start from."]
    assert refused(tmp_path) == ["cannot be read: Is a directory."]
    path.write_bytes(b"\xff")
    assert refused(path)[0].startswith("is not valid TOML: ")
    path.write_text("a = ", encoding="utf-8")
    assert refused(path)[0].startswith("is not valid TOML: ")


@pytest.mark.parametrize("written", ["x = 5", 'x = "words"', "[[x]]\napi_url = 'https://a.example'", "[[watch]]"])
def test_a_table_that_is_none_is_refused_whatever_the_environment_says(
    write: Write, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setenv("MISSED_X_CONSUMER_KEY", "key")
    monkeypatch.setenv("MISSED_WATCH_EVERY_SECONDS", "20")
    name = "watch" if "watch" in written else "x"
    assert refused(write(f"{written}\n")) == [f"{name}: should be one table. Write [{name}] above what it sets."]


@pytest.mark.parametrize("seconds", [1, 10, 59])
def test_direct_messages_are_not_looked_for_more_often_than_x_allows(
    write: Write, monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    for name in ("CONSUMER_KEY", "CONSUMER_SECRET", "ACCESS_TOKEN", "ACCESS_TOKEN_SECRET"):
        monkeypatch.setenv(f"MISSED_X_{name}", "secret")
    (said,) = refused(write(f"[x]\ndirect_every_seconds = {seconds}\n"))
    assert said.startswith("x.direct_every_seconds: should be 60 or more, for X allows fifteen looks in 15 minutes")


def test_a_chat_in_the_environment_is_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISSED_CHAT", "tea")
    assert refused(None) == ["MISSED_CHAT in the environment: should be a list (it is 'tea')."]


def test_a_secret_that_is_given_twice_is_refused(
    write: Write, token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "token").write_text("another", encoding="utf-8")
    monkeypatch.setenv("MISSED_MASTODON_TOKEN_FILE", str(tmp_path / "token"))
    with pytest.raises(Misconfigured, match="are both set") as raised:
        read(write(ACCOUNT))
    assert token not in str(raised.value)
