"""Looks whether the server holds a message that may have been sent."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import quote

from adapters.mastodon.client import Api, Broken
from adapters.mastodon.paging import PAGE, Leaf, at_of, backward, key_of
from adapters.mastodon.profile import Introduction
from adapters.mastodon.translate import plain
from adapters.wire import items, opaque
from bot.app.errors import Permanent, Transient, Uncertain
from bot.app.ports import Clock, Receipt
from bot.domain.outbox import OutboxMessage

SKEW: Final = timedelta(minutes=2)
"""How far the server's clock may be behind ours."""

SETTLES_AFTER: Final = timedelta(seconds=60)
"""How long a request may go on after we lost it: web servers give one up to a minute. Takahe also needs some
seconds to show a new post."""

PAGES: Final = 10

OWN: Final = "own statuses"
HOME: Final = "home timeline"
THREAD: Final = "thread"


class ReadBack:
    """Reads the bot's own direct messages, wherever this server shows them.

    Mastodon and GoToSocial list them among the account's statuses (docs.joinmastodon.org/methods/accounts/#statuses),
    Takahe only in the home timeline. A place that has never shown one proves nothing by not showing this one.
    """

    def __init__(self, api: Api, introduction: Introduction, clock: Clock, *, settles_after: timedelta) -> None:
        self._api = api
        self._introduction = introduction
        self._clock = clock
        self._settles_after = settles_after
        self._shows: set[str] = set()

    def find(self, message: OutboxMessage) -> Receipt | None:
        """Return the receipt of the message, None if it is certainly not there: by id first, by its text second.

        Raises:
            Transient: could not look, or it is too early to say that it is not there.
            Uncertain: it is not there, but this server has never shown such a message.
        """
        if message.attempted_at is None:
            return None
        if (named := self._named(message)) is not None:
            return receipt_of(named, self._clock.now())
        return self._searched(message, message.attempted_at)

    def _searched(self, message: OutboxMessage, attempted_at: datetime) -> Receipt | None:
        if message.text is None:
            raise Uncertain("nobody knows what was sent: no text was kept")
        since = attempted_at - SKEW
        is_proven = False
        for place, leaf in self._places(message, since):
            ours = [status for status in items(list(leaf.items)) if self._is_ours(status)]
            for status in ours:
                if _is(status, message, since):
                    return receipt_of(status, self._clock.now())
            if ours:
                self._shows.add(place)
            if place != THREAD and place in self._shows and leaf.is_whole:
                is_proven = True
                break
        if not is_proven:
            raise Uncertain("the message was not found, and this server was never seen to show one that was sent")
        if self._clock.now() < (settled := attempted_at + self._settles_after):
            raise Transient("the message is not there yet, but may still be on its way", settled)
        return None

    def _named(self, message: OutboxMessage) -> Mapping[str, Any] | None:
        """Return the status of the id that the server named when it took the message, if it shows it by now."""
        if message.receipt_id is None:
            return None
        try:
            with self._api.asking("see whether the message is there") as client:
                status: Any = client.status(quote(message.receipt_id, safe=""))
        except (Permanent, Broken):
            return None
        is_it = isinstance(status, Mapping) and self._is_ours(status) and message.account_id in mentioned(status)
        return status if is_it else None

    def _places(self, message: OutboxMessage, since: datetime) -> Iterator[tuple[str, Leaf]]:
        me = quote(self._introduction.profile().me.id, safe="")

        def own(span: dict[str, str]) -> Any:
            with self._api.reading("read the bot's own messages") as client:
                return client.account_statuses(me, exclude_reblogs=True, limit=PAGE, **span)

        def home(span: dict[str, str]) -> Any:
            with self._api.reading("read the home timeline") as client:
                return client.timeline_home(limit=PAGE, **span)

        yield OWN, backward(own, since, pages=PAGES)
        yield HOME, backward(home, since, pages=PAGES)
        if message.in_reply_to_id is not None:
            yield THREAD, self._thread(message.in_reply_to_id)

    def _thread(self, post_id: str) -> Leaf:
        try:
            with self._api.asking("read the message's thread") as client:
                context: Any = client.status_context(quote(post_id, safe=""))
        except (Permanent, Broken):
            return Leaf()
        return Leaf(tuple(items(context.get("descendants")))) if isinstance(context, Mapping) else Leaf()

    def _is_ours(self, status: Mapping[str, Any]) -> bool:
        author = status.get("account")
        return (
            status.get("visibility") == "direct"
            and isinstance(author, Mapping)
            and opaque(author.get("id")) == self._introduction.profile().me.id
        )


def mentioned(status: Mapping[str, Any]) -> frozenset[str]:
    """Return the ids of whom the server recognised in a status."""
    return frozenset(key for person in items(status.get("mentions")) if (key := key_of(person)))


def receipt_of(status: Mapping[str, Any], now: datetime) -> Receipt:
    """Make a receipt of a status that has an id."""
    url = status.get("url")
    return Receipt(id=key_of(status) or "", url=url if isinstance(url, str) else "", at=at_of(status) or now)


def _is(status: Mapping[str, Any], message: OutboxMessage, since: datetime) -> bool:
    at, thread, content = at_of(status), opaque(status.get("in_reply_to_id")), status.get("content")
    return (
        at is not None
        and at >= since
        and message.account_id in mentioned(status)
        # A message whose post to answer was gone has no thread; two equal answers have different ones.
        and thread in {None, message.in_reply_to_id}
        and isinstance(content, str)
        and _bare(plain(content)) == _bare(message.text or "")
    )


def _bare(text: str) -> str:
    """Reduce a text to what every server keeps of it: not the mention, the spaces, or how an address is written."""
    words = re.sub(r"https?://\S+", "", re.sub(r"^(@\S+\s+)+", "", text))
    return " ".join(unicodedata.normalize("NFC", words).split())
