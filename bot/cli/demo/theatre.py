"""The theatre of the demo: the network, its people, the clock, and the real bot, put together as `missed run` does."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as WallTime  # noqa: N812 # a keyword below is called `time`
from pathlib import Path
from typing import Final

from pydantic import SecretStr

from adapters.clock import StageClock
from bot import bootstrap
from bot.app.journal import Journal
from bot.domain.chat import Session, sessions_between
from config.chats import ChatEntry
from config.settings import MastodonSection, Settings
from sandbox import Account, Sandbox
from sandbox.play import Play, Stage, load_play

DOMAIN: Final = "learn.example"
BOT: Final = "missed"
SCOPES: Final = (
    "read:statuses read:notifications read:accounts read:search write:statuses write:notifications write:follows"
)
TONIGHT: Final = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
"""Thursday 19 November 2026, half past eight in the evening in New York."""

BEFORE: Final = timedelta(minutes=9)
"""The bot wakes up that long before the session; the first people are there a minute later."""


@dataclass(frozen=True)
class Theatre:
    """Everything the demo needs at hand."""

    play: Play
    clock: StageClock
    sandbox: Sandbox
    stage: Stage
    bot: bootstrap.Bot
    bot_account: Account
    tonight: Session
    seasons: tuple[Session, ...]
    every: float
    zone: str
    configuration: str

    def minute(self) -> float:
        """Return the minute of tonight's session."""
        return (self.clock.now() - self.tonight.starts_at).total_seconds() / 60


def chat_of(play: Play) -> ChatEntry:
    """Describe the chat of the play as a host would in the configuration."""
    hosts = tuple(_address(one.acct) for one in play.cast if one.role == "host")
    return ChatEntry(
        tag=play.hashtag,
        title=play.title,
        zone="America/New_York",
        day="thursday",
        time=WallTime(20, 30),
        hosts=hosts,
    )


@contextmanager
def open_theatre(folder: Path, seed: int, journal: Journal) -> Iterator[Theatre]:
    """Raise the curtain: `folder` holds the database, every event of the bot's goes to `journal`."""
    play = load_play(seed)
    entry = chat_of(play)
    chat = entry.to_chat()
    begin = TONIGHT - timedelta(weeks=len(play.weeks), days=1)
    sessions = sessions_between(chat, begin, TONIGHT + timedelta(hours=1))
    clock = StageClock(sessions[0].starts_at - timedelta(days=1, hours=8))
    with Sandbox(now=clock.now, domain=DOMAIN) as sandbox:
        tokens = {
            one.handle: sandbox.add_account(one.handle, display_name=one.name, domain=one.domain, unlimited=True).token
            for one in play.cast
        }
        bot_account = sandbox.add_account(BOT, display_name="You Were Missed", bot=True, scopes=SCOPES)
        settings = Settings(
            database_url=f"sqlite:///{folder / 'demo.db'}",
            chat=(entry,),
            mastodon=MastodonSection(base_url=sandbox.base_url, token=SecretStr(bot_account.token)),
        )
        account = bootstrap.mastodon_account(settings, clock)
        account.open()
        with (
            bootstrap.storage_of(settings, is_writer=True) as storage,
            Stage(sandbox.base_url, tokens, BOT, play.hashtag, play=play) as stage,
        ):
            yield Theatre(
                play=play,
                clock=clock,
                sandbox=sandbox,
                stage=stage,
                bot=bootstrap.compose(settings, storage, account, clock, journal),
                bot_account=bot_account,
                tonight=sessions[-1],
                seasons=tuple(sessions[:-1]),
                every=settings.watch.every_seconds,
                zone=chat.zone,
                configuration=_as_toml(settings, entry),
            )


def _as_toml(settings: Settings, entry: ChatEntry) -> str:
    """Write what `missed explain` needs to look at the demo's database."""
    lines = [
        f"database_url = {json.dumps(settings.database_url)}",
        "[[chat]]",
        *(f"{key} = {json.dumps(value)}" for key, value in entry.model_dump(mode="json", exclude_unset=True).items()),
    ]
    return "\n".join(lines) + "\n"


def _address(acct: str) -> str:
    return acct if "@" in acct else f"{acct}@{DOMAIN}"
