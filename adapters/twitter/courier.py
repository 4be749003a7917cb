"""Sends one direct message to one person, and finds again what may have been sent.

docs.x.com/x-api/direct-messages/create-dm-message-by-participant-id. There is no idempotency key: after an ambiguous
failure the conversation is read, and an old 403 was seen with the message delivered, so a refusal is checked too.
"""

import html
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import quote

from adapters.twitter.client import Api, Closed, Gone
from adapters.twitter.inbox import EVENT_FIELDS
from adapters.twitter.profile import Introduction
from adapters.twitter.translate import HOST
from adapters.wire import items, opaque, utc
from bot.app.errors import Misconfigured, Permanent, Transient, Uncertain
from bot.app.ports import Receipt
from bot.domain.outbox import OutboxMessage

ROOM: Final = 1000
"""Characters of a message: X takes 10,000, nobody reads them."""

SKEW: Final = timedelta(minutes=2)
SETTLES_AFTER: Final = timedelta(seconds=60)
"""How long a request that was cut off may still be at work."""

PAGES: Final = (5, 50, 100)


class XCourier:
    """A Courier (`bot.app.ports`). For one thread at a time."""

    def __init__(self, api: Api, introduction: Introduction, *, settles_after: timedelta = SETTLES_AFTER) -> None:
        self._api = api
        self._introduction = introduction
        self._settles_after = settles_after

    def room_for(self, handle: str) -> int:  # noqa: ARG002 - a direct message names nobody
        """Return how many characters a message may have."""
        return ROOM

    def send(self, message: OutboxMessage, text: str) -> Receipt:
        """Send it.

        Raises:
            Transient: it was certainly not sent: no connection, a limit, no credit.
            Permanent: X never delivers to this person.
            Uncertain: it may have been sent.
            Misconfigured: the credentials are worth nothing, or the bot's account is suspended.
        """
        route = f"/2/dm_conversations/with/{quote(message.account_id, safe='')}/messages"
        try:
            answer = self._api.post("send a message", route, {"text": text}, use="dm_send")
        except Closed:
            if (found := self._delivered_all_the_same(message)) is not None:
                return found
            raise
        data = answer.get("data")
        event = opaque(data.get("dm_event_id")) if isinstance(data, Mapping) else None
        talk = opaque(data.get("dm_conversation_id")) if isinstance(data, Mapping) else None
        if event is None:
            raise Uncertain("X took the message and does not say which one it is")
        try:
            self._api.till.bill("dm_sent", [event], self._api.now())
        except (Transient, Misconfigured) as error:  # of the database: it was sent, whatever can be written just now
            raise Uncertain(f"X took the message, and its cost could not be noted: {error}") from None
        return Receipt(id=event, url=_url(talk), at=self._api.now())

    def find(self, message: OutboxMessage) -> Receipt | None:
        """Read the conversation (docs.x.com/x-api/direct-messages/get-dm-events-by-participant-id), 30 days of it.

        Raises:
            Transient: could not look, or it is too early to say that it is not there.
            Uncertain: the conversation could not be read back to the attempt.
        """
        if message.attempted_at is None:
            return None
        if message.text is None:
            raise Uncertain("nobody knows what was sent: no text was kept")
        found, is_whole = self._look(message, message.attempted_at - SKEW)
        if found is not None:
            self._api.till.bill("dm_sent", [found.id], found.at)
            return found
        if not is_whole:
            raise Uncertain("the message was not found, and the conversation could not be read back to its attempt")
        if self._api.now() < (settled := message.attempted_at + self._settles_after):
            raise Transient("the message is not there yet, but may still be on its way", settled)
        return None

    def _delivered_all_the_same(self, message: OutboxMessage) -> Receipt | None:
        try:
            found, _ = self._look(message, (message.attempted_at or self._api.now()) - SKEW)
        except (Transient, Permanent, Misconfigured) as error:
            raise Uncertain(f"X refused the message, and it cannot be seen whether it is there: {error}") from None
        return found

    def _look(self, message: OutboxMessage, since: datetime) -> tuple[Receipt | None, bool]:
        """Return the message if it is there, and whether everything since then was read."""
        route = f"/2/dm_conversations/with/{quote(message.account_id, safe='')}/dm_events"
        params = {"dm_event.fields": EVENT_FIELDS, "event_types": "MessageCreate"}
        for size in PAGES:
            try:
                answer = self._api.get(
                    "read a conversation", route, params, use="dm_read", kind="dm_read", most=size, least=1
                )
            except Gone:
                return None, True
            except Permanent as error:
                raise Transient(str(error)) from None
            if "data" not in answer and items(answer.get("errors")):
                raise Transient("read a conversation: X shows nothing of it just now")
            events = items(answer.get("data"))
            for event in events:
                if self._is(event, message, since):
                    return self._receipt(event), True
            times = [utc(event.get("created_at")) for event in events]
            meta = answer.get("meta")
            has_more = isinstance(meta, Mapping) and meta.get("next_token")
            if not has_more or any(at is not None and at < since for at in times):
                return None, True
        return None, False

    def _is(self, event: Mapping[str, Any], message: OutboxMessage, since: datetime) -> bool:
        at, text = utc(event.get("created_at")), event.get("text")
        return (
            at is not None
            and at >= since
            and opaque(event.get("id")) is not None
            and opaque(event.get("sender_id")) == self._introduction.me().id
            and isinstance(text, str)
            and _bare(html.unescape(text)) == _bare(message.text or "")
        )

    def _receipt(self, event: Mapping[str, Any]) -> Receipt:
        return Receipt(
            id=opaque(event.get("id")) or "",
            url=_url(opaque(event.get("dm_conversation_id"))),
            at=utc(event.get("created_at")) or self._api.now(),
        )


def _url(conversation: str | None) -> str:
    """Return where the conversation is read; its id is part of the proof."""
    return f"https://{HOST}/messages/{conversation}" if conversation else ""


def _bare(text: str) -> str:
    """Reduce a text to what X keeps of it: it shortens addresses."""
    return " ".join(unicodedata.normalize("NFC", re.sub(r"https?://\S+", "", text)).split())
