"""The theatre of the demo: the network, its people, the clock, and the real bot, put together as `missed run` does."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as WallTime  # noqa: N812 # a keyword below is called `time`
from pathlib import Path
from typing import Any, Final

from adapters.clock import StageClock
from bot import bootstrap
from bot.app.journal import Journal
from bot.app.shelves import Storage
from bot.cli.demo.venues import VENUES, Venue, Where
from bot.domain.chat import Session, sessions_between
from config.chats import ChatEntry
from config.settings import Settings
from sandbox.play import Play, Stage, load_play

TONIGHT: Final = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
"""Thursday 19 November 2026, half past eight in the evening in New York."""

BEFORE: Final = timedelta(minutes=9)
"""The bot wakes up that long before the session; the first people are there a minute later."""


@dataclass(frozen=True)
class Theatre:
    """Everything the demo needs at hand."""

    play: Play
    clock: StageClock
    venue: Venue
    storage: Storage
    bot: bootstrap.Bot
    tonight: Session
    seasons: tuple[Session, ...]
    every: float
    zone: str
    configuration: str

    @property
    def stage(self) -> Stage:
        """Where the cast speaks."""
        return self.venue.stage

    def minute(self) -> float:
        """Return the minute of tonight's session."""
        return (self.clock.now() - self.tonight.starts_at).total_seconds() / 60


def chat_of(play: Play, address: Callable[[str], str]) -> ChatEntry:
    """Describe the chat of the play as a host would in the configuration."""
    hosts = tuple(address(one.acct) for one in play.cast if one.role == "host")
    return ChatEntry(
        tag=play.hashtag,
        title=play.title,
        zone="America/New_York",
        day="thursday",
        time=WallTime(20, 30),
        hosts=hosts,
    )


@contextmanager
def open_theatre(folder: Path, seed: int, journal: Journal, where: Where = Where.MASTODON) -> Iterator[Theatre]:
    """Raise the curtain: `folder` holds the database, every event of the bot's goes to `journal`."""
    play = load_play(seed)
    clock = StageClock(TONIGHT - timedelta(weeks=len(play.weeks), days=1, hours=8))
    with VENUES[where](play, clock.now) as venue:
        entry = chat_of(play, venue.address)
        chat = entry.to_chat()
        begin = TONIGHT - timedelta(weeks=len(play.weeks), days=1)
        sessions = sessions_between(chat, begin, TONIGHT + timedelta(hours=1))
        clock.jump(sessions[0].starts_at - timedelta(days=1, hours=8))
        sections: dict[str, Any] = dict(venue.sections)
        settings = Settings(database_url=f"sqlite:///{folder / 'demo.db'}", chat=(entry,), **sections)
        with bootstrap.storage_of(settings, is_writer=True) as storage:
            those = bootstrap.connections(settings, clock, storage)
            for one in those:
                one.account.open()
            yield Theatre(
                play=play,
                clock=clock,
                venue=venue,
                storage=storage,
                bot=bootstrap.compose(settings, storage, those, clock, journal),
                tonight=sessions[-1],
                seasons=tuple(sessions[:-1]),
                every=settings.watch.every_seconds,
                zone=chat.zone,
                configuration=_as_toml(settings, entry),
            )
            for one in those:
                one.account.close()


def _as_toml(settings: Settings, entry: ChatEntry) -> str:
    """Write what `missed explain` needs to look at the demo's database."""
    lines = [
        f"database_url = {json.dumps(settings.database_url)}",
        "[[chat]]",
        *(f"{key} = {json.dumps(value)}" for key, value in entry.model_dump(mode="json", exclude_unset=True).items()),
    ]
    return "\n".join(lines) + "\n"
