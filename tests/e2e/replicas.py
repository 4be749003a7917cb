"""Several processes on one PostgreSQL: who reads what is looked up in the database, as an operator may."""

from contextlib import suppress

import psycopg
from sqlalchemy import make_url

from tests.e2e.evening import Evening
from tests.e2e.process import Bot, House
from tests.postgres import server


class SharedHouse(House):
    """The same house, whose bots keep everything in PostgreSQL."""

    def __init__(self, house: House, url: str) -> None:
        vars(self).update(vars(house))
        self.url = url
        self.database_name = str(make_url(url).database)

    def environment(self) -> dict[str, str]:
        """What the process is told: the address with its password stands in a file of its own."""
        secret = self.folder / "database_url"
        secret.write_text(self.url, encoding="utf-8")
        return super().environment() | {"MISSED_DATABASE_URL_FILE": str(secret)}

    def rows(self, query: str, *values: str) -> list[tuple[object, ...]]:
        """Look into the bot's database; nothing as long as there are no tables."""
        with suppress(psycopg.errors.UndefinedTable):
            return server().ask(self.database_name, query.replace("?", "%s"), *values)
        return []

    def holder(self, duty: str) -> str:
        """Which process has a duty by a lease that lasts; nobody: empty."""
        found = self.rows("SELECT owner FROM lease WHERE name = ? AND until > clock_timestamp()", f"duty/{duty}")
        return str(found[0][0]) if found else ""

    def living(self) -> int:
        """How many processes are alive."""
        return len(self.rows("SELECT 1 FROM lease WHERE name LIKE ? AND until > clock_timestamp()", "process/%"))


def share(evening: Evening, url: str) -> SharedHouse:
    """Let the evening's bots live on PostgreSQL."""
    house = SharedHouse(evening.house, url)
    evening.house = house
    return house


def owner_of(bot: Bot) -> str:
    """Return the name under which a process keeps its leases, as its log tells it."""
    bot.says("sharing as ")
    return bot.log.split("sharing as ", 1)[1].split()[0]
