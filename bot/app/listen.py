"""One account's ears: the inbox, and the sessions that are near, on, or just over.

Effects are idempotent and cursors move only behind what was taken, so a crash anywhere costs a second look, never a
post. When a platform does not answer, the account rests, a little longer each time, and says so once.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from bot.app.converse import Converse
from bot.app.errors import Misconfigured, Transient
from bot.app.ingest import Ingest
from bot.app.journal import Journal, PostsSkipped, SourceChanged
from bot.app.ports import Page, Source
from bot.app.rest import Rest
from bot.app.shelves import SessionRow, Storage
from bot.domain.chat import CALLED_UNTIL, SWEEPS, WATCHED_BEFORE, Chat, Session, sessions_between
from bot.domain.model import Moment, Post

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
        self._rest = Rest()
        self._threads_read: dict[str, Moment] = {}

    def tick(self, now: Moment) -> bool:
        """Read what is new. False where the platform did not answer or the account rests from that."""
        if self._rest.lasts(now):
            return False
        try:
            self._hear(now)
            for chat in self._chats.values():
                for session in sessions_between(chat, now - CALLED_UNTIL, now + WATCHED_BEFORE):
                    self._watch(session, now)
        except (Transient, Misconfigured) as error:
            retry_at = self._rest.begin(now, getattr(error, "retry_at", None))
            if self._rest.is_news(str(error)):
                self._journal(SourceChanged(source=self._source.name, trouble=str(error), retry_at=retry_at))
            return False
        if self._rest.end():
            self._journal(SourceChanged(source=self._source.name, trouble=""))
        return True

    def _hear(self, now: Moment) -> None:
        name = f"{self._source.name}/inbox"
        for _ in range(PAGES_AT_MOST):
            with self._storage.work() as work:
                cursor = work.cursors.get(name)
            page = self._source.inbox(cursor, now - HEARD_SINCE)
            for post in page.posts:
                self._take(post, now)
            if page.cursor is not None:
                with self._storage.work() as work:
                    work.cursors.set(name, page.cursor)
            if page.skipped:
                self._journal(PostsSkipped(source=name, ids=page.skipped))
            if not page.has_more:
                return

    def _take(self, post: Post, now: Moment) -> None:
        self._converse.take(post, now)
        if post.is_direct:
            return
        for session in self._meant(post):
            self._ingest.take(Page(posts=(post,)), session, cursor="", bots=(self._source.me,), to_us=True)

    def _meant(self, post: Post) -> list[Session]:
        """Say which session a public mention of the bot belongs to: by its tag, or the only one that is on."""
        at = post.created_at
        tagged = [chat for tag, chat in self._chats.items() if tag in post.tags]
        chats = tagged or list(self._chats.values())
        found = [s for chat in chats for s in sessions_between(chat, at - CALLED_UNTIL, at + WATCHED_BEFORE)]
        return found[-1:] if tagged else [s for s in found if s.is_live(at)][:1]

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
                with self._storage.work() as work:
                    fresh = work.sessions.ensure(session)
                    work.sessions.put(fresh.model_copy(update={"watched_until": now}))
                return

    def _read_threads(self, session: Session, now: Moment) -> None:
        last = self._threads_read.get(session.id)
        if now >= session.ends_at + LIVE_UNTIL or (last is not None and now < last + THREADS_EVERY):
            return
        with self._storage.work() as work:
            asked = [one.post_id for one in work.sessions.questions(session.id)]
        if asked:
            self._threads_read = {session.id: now}
            self._ingest.take(self._source.threads(asked), session, cursor="", bots=(self._source.me,))


def _is_due(row: SessionRow, now: Moment) -> bool:
    session, last = row.session, row.watched_until
    return last is None or now < session.ends_at + LIVE_UNTIL or now >= last + LATE_EVERY
