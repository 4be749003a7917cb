"""Sends one direct message to one person, and proves it.

A server answers 200 also to a message that reaches nobody (an unknown or blocking recipient), and anti-spam answers
200 and stores nothing. So the proof is the recipient's id in the answer, and a second look. Only Mastodon honours the
Idempotency-Key, for an hour (docs.joinmastodon.org/methods/statuses/#create): what may have been sent is looked for.
"""

import logging
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final
from urllib.parse import quote

from adapters.mastodon.client import Api, Broken, Gone
from adapters.mastodon.paging import key_of
from adapters.mastodon.profile import DEFAULT_ROOM, Introduction
from adapters.mastodon.readback import SETTLES_AFTER, ReadBack, mentioned, receipt_of
from bot.app.errors import Misconfigured, Permanent, Transient, Uncertain
from bot.app.ports import Clock, Receipt
from bot.domain.outbox import OutboxMessage

# Wherever Mastodon, GoToSocial or Takahe may read a mention; not in addresses like https://a.example/@ana/1.
_MENTION: Final = re.compile(r"(?<![=/\w])@\w")

log = logging.getLogger(__name__)


class MastodonCourier:
    """A Courier (`bot.app.ports`). For one thread at a time.

    `settles_after`: how long a request that was cut off may still be at work on the server; absence counts from then.
    """

    def __init__(
        self, api: Api, introduction: Introduction, clock: Clock, *, settles_after: timedelta = SETTLES_AFTER
    ) -> None:
        self._api = api
        self._introduction = introduction
        self._clock = clock
        self._readback = ReadBack(api, introduction, clock, settles_after=settles_after)

    def room_for(self, handle: str) -> int:
        """Return the server's limit less the mention, counted in full, and a space; 500 where it cannot be asked."""
        try:
            room = self._introduction.profile().room
        except Transient:
            room = DEFAULT_ROOM
        return max(0, room - len(f"@{handle} "))

    def send(self, message: OutboxMessage, text: str) -> Receipt:
        """Send it (docs.joinmastodon.org/methods/statuses/#create).

        Where the post to answer is gone the message goes without a thread: the recipient's server may then file it
        under filtered requests, as it does with strangers, which is better than nothing.

        Raises:
            Transient: it was certainly not sent: no connection, or a limit is reached.
            Permanent: it is refused, reaches nobody, or its text would reach somebody else too.
            Uncertain: it may have been sent.
            Misconfigured: the token is worth nothing, or not enough.
        """
        if _MENTION.search(text):
            raise Permanent("the text holds an @name: whoever goes by it would get the message too")
        answer = self._post(message, text)
        post_id = key_of(answer)
        if post_id is None:
            raise Uncertain("the server took the message and does not say which post it is")
        proof = answer if _says_to_whom(answer) else self._seen(post_id)
        if proof is None or not _says_to_whom(proof):
            raise Uncertain("the server took the message and does not say to whom", post_id)
        if proof["visibility"] != "direct" or message.account_id not in mentioned(proof):
            self._withdraw(post_id)
            raise Permanent("the recipient cannot be reached: the server delivered to nobody")
        if proof is answer:
            self._seen(post_id)
        return receipt_of(proof, self._clock.now())

    def find(self, message: OutboxMessage) -> Receipt | None:
        """Read back what the server holds, see `ReadBack`."""
        return self._readback.find(message)

    def _post(self, message: OutboxMessage, text: str) -> Mapping[str, Any]:
        thread = message.in_reply_to_id
        try:
            return self._create(message, text, thread)
        except Gone:
            if thread is None:
                raise
        except Permanent:
            # Where a server refuses an unknown thread in other words, the post itself tells.
            if thread is None or not self._is_gone(thread):
                raise
        log.info("the post to answer is gone: sending outside its thread")
        return self._create(message, text, None)

    def _create(self, message: OutboxMessage, text: str, thread: str | None) -> Mapping[str, Any]:
        address = self._address(message.handle)
        with self._api.sending("send a message") as client:
            answer: Any = client.status_post(
                f"{address} {text}",
                in_reply_to_id=thread,
                visibility="direct",
                language=message.language.partition("-")[0],
                idempotency_key=message.key,
            )
        return answer if isinstance(answer, Mapping) else {}

    def _address(self, handle: str) -> str:
        # In full also on the own server, which all dialects understand; but none reads a port in a mention.
        local, _, host = handle.partition("@")
        return f"@{local}" if ":" in host and host == self._introduction.profile().domain else f"@{handle}"

    def _is_gone(self, post_id: str) -> bool:
        # Takahe answers 500 to every id that it does not know: that says nothing.
        try:
            with suppress(Broken), self._api.asking("see whether the post to answer is there") as client:
                client.status(quote(post_id, safe=""))
        except Gone:
            return True
        return False

    def _seen(self, post_id: str) -> Mapping[str, Any] | None:
        try:
            with self._api.asking("see whether the message is there") as client:
                seen: Any = client.status(quote(post_id, safe=""))
        except Gone:
            raise Uncertain("the server took the message and does not show it", post_id) from None
        except (Transient, Permanent, Misconfigured) as error:
            log.debug("the first answer has to do for a proof: %s", error)
            return None
        return seen if isinstance(seen, Mapping) else None

    def _withdraw(self, post_id: str) -> None:
        try:
            with self._api.asking("take back a message that reached nobody") as client:
                client.status_delete(quote(post_id, safe=""))
        except (Transient, Permanent, Misconfigured) as error:
            log.warning("a message that reached nobody stays on the server: %s", error)


def _says_to_whom(status: Mapping[str, Any]) -> bool:
    return isinstance(status.get("mentions"), list) and isinstance(status.get("visibility"), str)
