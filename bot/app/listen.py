"""One account's ears: the inbox, and the sessions that are near, on, or just over.

Effects are idempotent and cursors move only behind what was taken, so a crash anywhere costs a second look, never a
post. When a platform does not answer, the account rests, a little longer each time, and says so once.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Final

from bot.app.converse import Converse
from bot.app.errors import Misconfigured, Transient
from bot.app.ingest import Ingest
from bot.app.journal import Journal, PostsSkipped, SourceChanged
from bot.app.ports import Page, Source
from bot.app.rest import Rest
from bot.app.shelves import SessionRow, Storage
from bot.domain.attendance import gap_before
from bot.domain.chat import (
    CALLED_UNTIL,
    SWEEPS,
    WATCHED_BEFORE,
    Chat,
    Session,
    belongs_until,
    session_at,
    sessions_between,
)
from bot.domain.model import Moment, Post

log = logging.getLogger("missed")

LIVE_UNTIL: Final = timedelta(minutes=10)
"""How long after the end a session is still read at every tick."""

LATE_EVERY: Final = timedelta(minutes=10)
"""How often a session is read in the day after: calls may still come."""

THREADS_EVERY: Final = timedelta(minutes=1)
"""How often the questions' threads are read for answers without the tag."""

HEARD_SINCE: Final = timedelta(days=1)
"""How far back the very first reading of the inbox goes."""

PAGES_AT_MOST: Final = 200
"""Pages of one reading in one tick; the next tick goes on from the cursor."""


class Listen:
    """Reads one source. Not for two threads at once."""

    def __init__(
        self,
        source: Source,
        storage: Storage,
        ingest: Ingest,
        converse: Converse,
        chats: Mapping[str, Chat],
        journal: Journal,
    ) -> None:
        self._source = source
        self._storage = storage
        self._ingest = ingest
        self._converse = converse
        self._chats = chats
        self._journal = journal
        self._rests: dict[str, Rest] = {}
        self._threads_read: dict[str, Moment] = {}

    def tick(self, now: Moment) -> bool:
        """Read what is new. False where something did not answer, or rests from that; the rest is read all the same.

        What is on comes first: re-reading what is over may take longer than a process that has trouble lives.
        """
        inbox = self._tried("the inbox", self._hear, now)
        in_order = sorted(self._chats.values(), key=lambda one: not _is_on(one, now))
        chats = [self._tried(one.hashtag, partial(self._watch_chat, one), now) for one in in_order]
        return inbox and all(chats)

    def _tried(self, what: str, read: Callable[[Moment], None], now: Moment) -> bool:
        rest = self._rests.setdefault(what, Rest())
        if rest.lasts(now):
            return False
        try:
            read(now)
        except (Transient, Misconfigured) as error:
            retry_at = rest.begin(now, getattr(error, "retry_at", None))
            is_known = any(one.is_about(str(error)) for one in self._rests.values())
            rest.note(str(error))
            if not is_known:
                self._journal(
                    SourceChanged(source=f"{self._source.name}, {what}", trouble=str(error), retry_at=retry_at)
                )
            return False
        if rest.end() and not any(one.is_resting for one in self._rests.values()):
            self._journal(SourceChanged(source=self._source.name, trouble=""))
        return True

    def _watch_chat(self, chat: Chat, now: Moment) -> None:
        for planned in reversed(sessions_between(chat, now - CALLED_UNTIL, now + WATCHED_BEFORE)):
            session = self._known(planned)
            if now < belongs_until(chat, session):
                self._watch(session, now)

    def _known(self, planned: Session) -> Session:
        """Return the session under which an evening is known already, if its time was corrected in the meantime."""
        with self._storage.work() as work:
            rows = [row.session for row in work.sessions.open() if row.session.chat == planned.chat]
        overlapping = (one for one in rows if one.starts_at < planned.ends_at and planned.starts_at < one.ends_at)
        return next(overlapping, planned)

    def _hear(self, now: Moment) -> None:
        name = f"{self._source.name}/inbox"
        for _ in range(PAGES_AT_MOST):
            with self._storage.work() as work:
                cursor = work.cursors.get(name)
            page = self._source.inbox(cursor, now - HEARD_SINCE)
            for post in page.posts:
                self._take_safely(post, now)
            if page.cursor is not None:
                with self._storage.work() as work:
                    work.cursors.set(name, page.cursor)
            if page.skipped:
                self._journal(PostsSkipped(source=name, ids=page.skipped))
            if not page.has_more:
                return

    def _take_safely(self, post: Post, now: Moment) -> None:
        """Take a message; one that nobody foresaw is passed over, for behind it may be somebody's STOP."""
        try:
            self._take(post, now)
        except (Transient, Misconfigured):
            raise
        except Exception:
            log.exception("post %s cannot be taken and is passed over", post.id)
            self._journal(PostsSkipped(source=f"{self._source.name}/inbox", ids=(post.id,)))

    def _take(self, post: Post, now: Moment) -> None:
        self._converse.take(post, now)
        session = None if post.is_direct else self._meant(post)
        if session is not None:
            self._ingest.take(Page(posts=(post,)), session, cursor="", bots=(self._source.me,), to_us=True)

    def _meant(self, post: Post) -> Session | None:
        """Say which session a public mention of the bot belongs to: by its tag, or the only one that is on."""
        tagged = [chat for tag, chat in self._chats.items() if tag in post.tags]
        near = [session_at(chat, post.created_at) for chat in tagged or self._chats.values()]
        found = [session for session in near if session is not None]
        live = [session for session in found if session.is_live(post.created_at)]
        meant = live[:1] or found[:1] if tagged else live if len(live) == 1 else []
        return self._known(meant[0]) if meant else None

    def _watch(self, session: Session, now: Moment) -> None:
        with self._storage.work() as work:
            row = work.sessions.ensure(session)
        if row.sweeps < len(SWEEPS) and now >= session.ends_at + SWEEPS[row.sweeps]:
            self._sweep(row, now)
        elif _is_due(row, now):
            self._read(session, f"{self._source.name}/{session.id}", now)
        self._read_threads(session, now)

    def _sweep(self, row: SessionRow, now: Moment) -> None:
        session = row.session
        self._read(session, "", now)
        made = sum(now >= session.ends_at + after for after in SWEEPS)
        with self._storage.work() as work:
            fresh = work.sessions.ensure(session)
            work.sessions.put(fresh.model_copy(update={"sweeps": made}))

    def _read(self, session: Session, cursor_name: str, now: Moment) -> None:
        """Read a session's posts from its cursor on, or from its beginning where it has no name (a sweep)."""
        cursor = None
        if cursor_name:
            with self._storage.work() as work:
                cursor = work.cursors.get(cursor_name)
        for _ in range(PAGES_AT_MOST):
            page = self._source.chat(session.chat, cursor, session.starts_at - WATCHED_BEFORE)
            taken = page if cursor_name else page.model_copy(update={"cursor": None})
            self._ingest.take(taken, session, cursor=cursor_name, bots=(self._source.me,))
            cursor = page.cursor or cursor
            if not page.has_more:
                self._has_read(session, now)
                return

    def _has_read(self, session: Session, now: Moment) -> None:
        """Everything until now is known; that we were not there for a while is a row."""
        with self._storage.work() as work:
            fresh = work.sessions.ensure(session)
            gap = gap_before(session, fresh.watched_until, now)
            if gap is not None:
                work.sessions.miss(gap)
            work.sessions.put(fresh.model_copy(update={"watched_until": now}))

    def _read_threads(self, session: Session, now: Moment) -> None:
        last = self._threads_read.get(session.id)
        if now >= session.ends_at + LIVE_UNTIL:
            self._threads_read.pop(session.id, None)
            return
        if last is not None and now < last + THREADS_EVERY:
            return
        with self._storage.work() as work:
            asked = [one.post_id for one in work.sessions.questions(session.id)]
        if asked:
            self._threads_read[session.id] = now
            self._ingest.take(self._source.threads(asked), session, cursor="", bots=(self._source.me,))


def _is_on(chat: Chat, now: Moment) -> bool:
    """Say whether the chat has a session that is read at every tick."""
    return bool(sessions_between(chat, now - LIVE_UNTIL, now + WATCHED_BEFORE))


def _is_due(row: SessionRow, now: Moment) -> bool:
    session, last = row.session, row.watched_until
    return last is None or now < session.ends_at + LIVE_UNTIL or now >= last + LATE_EVERY
