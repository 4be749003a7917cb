"""What is written to the bot: its mentions (cheap where it owns the app) and its direct messages.

There is no cursor for direct messages, and each one that an answer holds is billed once a day. So the bot looks at
the newest one only, and reads on, with growing pages, as long as that brings what it does not know.
"""

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from adapters.twitter.client import Api
from adapters.twitter.directory import Directory
from adapters.twitter.names import Nouns, fields
from adapters.twitter.paging import PAGE, Mark, mark_of, parsed, read, span
from adapters.twitter.profile import Introduction
from adapters.twitter.translate import Unreadable, items, message, opaque, post, utc
from bot.app.errors import Misconfigured, Permanent, Transient
from bot.app.ports import Page
from bot.domain.model import Moment, Post

EVENT_FIELDS: Final = "id,text,event_type,created_at,dm_conversation_id,sender_id"
PAGES: Final = (1, 5, 25, 100)
MORE_PAGES: Final = 10
SKEW: Final = timedelta(seconds=2)

log = logging.getLogger(__name__)


class Inbox:
    """Reads mentions at every call, direct messages every `direct_every`. For one thread at a time."""

    def __init__(
        self,
        api: Api,
        introduction: Introduction,
        directory: Directory,
        noun: Nouns,
        *,
        direct_every: timedelta | None,
        owns_app: bool,
    ) -> None:
        self._api = api
        self._introduction = introduction
        self._directory = directory
        self._noun: Nouns = noun
        self._direct_every = direct_every
        self._mention_kind = "owned_read" if owns_app else "post_read"
        self._direct_at: datetime | None = None

    def read(self, cursor: str | None, since: Moment) -> Page:
        """Read what is new, oldest first."""
        marks = parsed(cursor)
        mentions, mention_mark, skipped = self._mentions(mark_of(marks.get("mention")), since)
        direct, direct_mark, unread = self._directly(mark_of(marks.get("direct")), since)
        kept = {
            name: mark.as_json()
            for name, mark in (("mention", mention_mark), ("direct", direct_mark))
            if mark is not None
        }
        posts = sorted([*mentions, *direct], key=lambda one: one.created_at)
        return Page(
            posts=tuple(posts),
            cursor=json.dumps(kept) if kept and kept != marks else None,
            skipped=(*skipped, *unread),
        )

    def _mentions(self, mark: Mark | None, since: Moment) -> tuple[list[Post], Mark | None, list[str]]:
        """Read mentions of the bot (docs.x.com/x-api/posts/user-mention-timeline-by-user-id)."""
        me = self._introduction.me()

        def fetch(more: dict[str, str]) -> Mapping[str, Any]:
            return self._asked(
                "read mentions",
                f"/2/users/{me.id}/mentions",
                {**fields(self._noun), **more},
                use="mentions",
                kind=self._mention_kind,
                most=PAGE,
                least=5,
            )

        leaf = read(fetch, span(mark, since, self._api.now()), token="pagination_token")  # noqa: S106 - no password
        tweets = items(list(leaf.items))
        self._directory.learn_from(tweets)
        self._name(key for one in tweets if (key := opaque(one.get("author_id"))) and key != me.id)
        posts, skipped = self._translated(leaf.items, lambda one: post(one, self._directory.known))
        newest = leaf.mark if leaf.mark and (mark is None or leaf.mark.at >= mark.at) else mark
        return [one for one in posts if any(person.id == me.id for person in one.mentions)], newest, skipped

    def _directly(self, mark: Mark | None, since: Moment) -> tuple[list[Post], Mark | None, list[str]]:
        now = self._api.now()
        if self._direct_every is None or (self._direct_at is not None and now < self._direct_at):
            return [], mark, []
        self._direct_at = now + self._direct_every
        try:
            raw = self._events(mark, since)
        except Transient as error:
            if error.retry_at is None:
                raise
            # Mentions must not wait for direct messages, whose limit is twenty times tighter.
            self._direct_at = min(error.retry_at, now + timedelta(minutes=15))
            log.info("direct messages are read again at %s: %s", self._direct_at, error)
            return [], mark, []
        me = self._introduction.me()
        theirs = [one for one in raw if not isinstance(one, Mapping) or opaque(one.get("sender_id")) != me.id]
        senders = [opaque(one.get("sender_id")) for one in items(theirs)]
        self._name(key for key in senders if key)
        posts, skipped = self._translated(theirs, lambda one: message(one, me, self._directory.known))
        begin = (mark.at if mark else since) - SKEW
        times = {key: at for one in items(raw) if (key := opaque(one.get("id"))) and (at := utc(one.get("created_at")))}
        newest = max(times, key=lambda key: times[key], default=None)
        moved = Mark(newest, times[newest]) if newest and (mark is None or times[newest] > mark.at) else mark
        known = mark.id if mark else None
        return [one for one in posts if one.created_at >= begin and one.id != known], moved, skipped

    def _name(self, keys: Iterable[str]) -> None:
        """Learn who they are; where a limit forbids it, go on without: a member's STOP waits for nobody's name."""
        try:
            self._directory.look_up(keys)
        except Transient as error:
            if error.retry_at is None:
                raise
            log.info("names are asked for again at %s: %s", error.retry_at, error)

    def _events(self, mark: Mark | None, since: Moment) -> list[Any]:
        """Read from the newest message back to what is known (docs.x.com/x-api/direct-messages/get-dm-events)."""
        found: dict[str, Any] = {}
        strange: list[Any] = []
        more: dict[str, str] = {}
        for number in range(len(PAGES) + MORE_PAGES):
            size = PAGES[min(number, len(PAGES) - 1)]
            params = {"dm_event.fields": EVENT_FIELDS, "event_types": "MessageCreate", **more}
            answer = self._asked(
                "read direct messages",
                "/2/dm_events",
                params,
                use="dm_read",
                kind="dm_read",
                most=size,
                least=1,
            )
            data = answer.get("data")
            page = data if isinstance(data, list) else []
            fresh = {key: one for one in items(page) if (key := opaque(one.get("id"))) and key not in found}
            strange += [one for one in page if not isinstance(one, Mapping) or opaque(one.get("id")) is None]
            found |= fresh
            if not fresh or self._reaches_known(page, mark, since):
                break
            meta = answer.get("meta")
            following = meta.get("next_token") if isinstance(meta, Mapping) else None
            if number >= len(PAGES) - 1:
                if not isinstance(following, str) or not following:
                    break
                # Smaller pages begin anew: what they repeat was billed today and is free.
                more = {"pagination_token": following}
            elif len(items(page)) < size:
                break
        return [*found.values(), *strange]

    @staticmethod
    def _reaches_known(page: list[Any], mark: Mark | None, since: Moment) -> bool:
        if mark is None:
            return any((at := utc(one.get("created_at"))) is not None and at < since for one in items(page))
        return any(
            opaque(one.get("id")) == mark.id or ((at := utc(one.get("created_at"))) is not None and at < mark.at - SKEW)
            for one in items(page)
        )

    def _asked(self, what: str, route: str, params: Mapping[str, str], **more: Any) -> Mapping[str, Any]:
        try:
            return self._api.get(what, route, params, **more)
        except Permanent as error:
            raise Misconfigured(f"{error}; does the app have access to this?") from None

    @staticmethod
    def _translated(raw: Any, translate: Callable[[Any], Post]) -> tuple[list[Post], list[str]]:
        posts: dict[str, Post] = {}
        skipped: list[str] = []
        for item in raw:
            try:
                one = translate(item)
            except Unreadable as error:
                skipped.append(error.id)
            else:
                posts[one.id] = one
        return list(posts.values()), list(dict.fromkeys(skipped))
