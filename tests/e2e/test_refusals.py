"""What a person has to mend ends the command with 2 and a sentence, and touches nothing."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from adapters.storage import open_storage
from tests.e2e.evening import Evening
from tests.e2e.process import Bot, House
from tests.e2e.together import scenario

DOWN = "http://127.0.0.1:9"
WITHOUT_PRIVILEGE = """
import ctypes, os, sys
ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE: root obeys file modes as well
os.execv(sys.argv[1], sys.argv[1:])
"""


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path, DOWN, "sesame-4711-of-ours")


def refused(house: House, *, prefix: tuple[str, ...] = ()) -> str:
    """What the command says before it ends with 2."""
    with Bot(house, prefix=prefix) as bot:
        assert bot.ended() == 2, bot.log
    assert "Traceback" not in bot.log
    assert house.token not in bot.log
    return bot.log


@scenario()
def test_a_second_bot_on_the_same_database_is_refused_and_the_first_goes_on(evening: Evening) -> None:
    first = evening.watching()
    assert "already used by another process: stop that bot first" in refused(evening.house)
    evening.write("START")
    assert "Hello!" in evening.arrives(1).text
    assert first.stop() == 0


@scenario()
def test_a_worthless_token_is_told_without_showing_it(evening: Evening) -> None:
    evening.sandbox.revoke_token(evening.missed.token)
    assert "the server refuses the access token" in refused(evening.house)


def test_all_mistakes_of_a_configuration_are_told_at_once(house: House) -> None:
    mistakes = {
        "every_seconds = 1": "every_seconds = 0",
        'zone = "Etc/': 'zone = "Mars/',
        "minutes = 60": "minuets = 60",
    }
    written = house.config.read_text(encoding="utf-8")
    for right, wrong in mistakes.items():
        written = written.replace(right, wrong)
    house.write(written)
    said = refused(house)
    assert said.count("missed.toml: ") == len(mistakes), said
    for words in ("every_seconds: ", "zone: is not a time zone", "Did you mean 'minutes'?"):
        assert words in said


def test_a_database_of_a_newer_version_stays_as_it_is(house: House) -> None:
    open_storage(f"sqlite:///{house.database}").close()
    with closing(sqlite3.connect(house.database)) as connection, connection:
        connection.execute("UPDATE missed_version SET version_num = 'r999'")
    before = house.database.read_bytes()
    assert "written by a newer version of this program (schema r999)" in refused(house)
    assert house.database.read_bytes() == before


def test_another_programs_database_stays_as_it_is(house: House) -> None:
    with closing(sqlite3.connect(house.database)) as connection, connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    before = house.database.read_bytes()
    assert "belongs to another program" in refused(house)
    assert house.database.read_bytes() == before


def test_a_database_that_may_not_be_written_stays_as_it_is(house: House) -> None:
    open_storage(f"sqlite:///{house.database}").close()
    before = house.database.read_bytes()
    house.database.chmod(0o444)
    said = refused(house, prefix=(sys.executable, "-c", WITHOUT_PRIVILEGE))
    assert "may not be written: give this user the right to" in said
    assert house.database.read_bytes() == before
