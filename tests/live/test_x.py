"""The adapter on a real server that speaks X API v2. Skipped unless MISSED_LIVE_X names a JSON file of this form:

    {
      "api_url": "https://api.x.com",
      "oauth1": {"consumer_key": "…", "consumer_secret": "…", "access_token": "…", "access_token_secret": "…"},
      "bot_id": "…",
      "member_id": "…",
      "tag": "tea",
      "names": "tweet"
    }

`bearer` (a user's token) may stand in place of `oauth1`. `member_id` is somebody who wrote to the bot first: they get
one message; without it none is sent. Neither working search operators nor ordered results nor an end of paging are
needed, so a playground will do. It reads at most a few hundred posts, which X bills:

    MISSED_LIVE_X=x.json python -m pytest tests/live/test_x.py
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal
from uuid import uuid4

import pytest
from pydantic import BaseModel, ConfigDict

from adapters.clock import SystemClock
from adapters.twitter import LIMITS, Keys, Options, connect, fixed
from bot.app.ports import Clock, Watch
from bot.app.till import Till
from bot.domain.model import Platform
from bot.domain.outbox import OutboxMessage
from tests.fakes import FakeStorage
from tests.world import knowing

NAMED: Final = os.environ.get("MISSED_LIVE_X", "")


class Server(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid")

    api_url: str
    bot_id: str
    bearer: str = ""
    oauth1: dict[str, str] | None = None
    member_id: str = ""
    tag: str = "tea"
    names: Literal["tweet", "post"] = "tweet"


@pytest.mark.skipif(not NAMED, reason="MISSED_LIVE_X names no server")
def test_the_adapter_speaks_to_a_real_server() -> None:
    look_around(Server.model_validate_json(Path(NAMED).read_text(encoding="utf-8")), SystemClock())


def look_around(server: Server, clock: Clock) -> None:
    """Say who the bot is, read twice, and send one message that is found again."""
    keys = Keys(**server.oauth1) if server.oauth1 else fixed(server.bearer)
    till = Till("x", FakeStorage(), LIMITS, {"post_read": 5000}, 5_000_000)
    options = Options(base_url=server.api_url, noun=server.names)
    with connect(keys, till, clock, options) as account:
        assert account.open().id == server.bot_id
        since = clock.now() - timedelta(days=1)
        watch = Watch(tag=server.tag, since=since, until=clock.now())
        account.source.watching([watch], knowing())
        first = account.source.chat(server.tag, None, since)
        assert all(server.tag in one.tags for one in first.posts)
        assert all(one.created_at.tzinfo is UTC for one in first.posts)
        again = account.source.chat(server.tag, first.cursor, since)
        behind = first.posts[-1].created_at - timedelta(minutes=2) if first.posts else since
        # A server that heeds no span gives everything again: taken twice it changes nothing.
        assert {one.id for one in again.posts if one.created_at < behind} <= {one.id for one in first.posts}
        account.source.inbox(None, since)
        account.witness.latest_posts(server.bot_id, since)
        if server.member_id:
            message = _message(server.member_id, clock.now())
            receipt = account.courier.send(message, message.text or "")
            found = account.courier.find(message)
            assert found is not None
            assert found.id == receipt.id


def _message(member_id: str, now: datetime) -> OutboxMessage:
    return OutboxMessage(
        id=uuid4().hex,
        key=uuid4().hex,
        member_id="m",
        platform=Platform.X,
        account_id=member_id,
        handle="member@x.com",
        kind="answer",
        text=f"A test of You Were Missed, {uuid4().hex[:8]}. Nothing to do.",
        attempts=1,
        attempted_at=now,
        not_before=now,
        created_at=now,
        expires_at=now + timedelta(hours=1),
    )
