"""The bot's ears: every account's inbox, and the sessions that are near, on, or just over.

Effects are idempotent and cursors move only behind what was taken, so a crash anywhere costs a second look, never a
post. When a platform does not answer, the account rests, a little longer each time, and says so once.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Final

from bot.app.converse import Converse
from bot.app.errors import Misconfigured, Transient
from bot.app.ingest import Ingest
from bot.app.journal import Journal, PostsSkipped, SourceChanged
from bot.app.ports import Page, Source, Watch
from bot.app.rest import Rest
from bot.app.shelves import Reading, SessionRow, Storage, UnitOfWork
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
from bot.domain.model import Consent, Identity, Moment, Person, Platform, Post, Value

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


class Due(Value):
    """One session that is read at one source in this tick, and whether it is read again from its beginning."""

    place: int
    session: Session
    reading: Reading
    is_sweep: bool = False


class Listen:
    """Reads every source. Not for two threads at once."""

    def __init__(
        self,
        sources: Sequence[Source],
        storage: Storage,
        ingest: Ingest,
        converse: Converse,
        chats: Mapping[str, Chat],
        journal: Journal,
        *,
        names: Sequence[str] | None = None,
        is_ours: Callable[[str, Moment], bool] = lambda _name, _now: True,
    ) -> None:
        """Read of the sources, which `names` names in rows, those that `is_ours`; others are other processes'."""
        self._sources = tuple(sources)
        self._names = tuple(names or (str(place) for place in range(len(sources))))
        self._is_ours = is_ours
        self._storage = storage
        self._ingest = ingest
        self._converse = converse
        self._chats = chats
        self._journal = journal
        self._rests: dict[tuple[int, str], Rest] = {}
        self._threads_read: dict[tuple[int, str], Moment] = {}

    def tick(self, now: Moment) -> bool:
        """Read what is new. False where something did not answer, or rests from that; the rest is read all the same.

        What is on comes first: re-reading what is over may take longer than a process that has trouble lives.
        """
        near = [session for chat in self._chats.values() for session in self._near(chat, now)]
        near.sort(key=lambda session: now >= session.ends_at + LIVE_UNTIL)
        ours = [place for place, name in enumerate(self._names) if self._is_ours(name, now)]
        due = [one for session in near for place in ours if (one := self._due(place, session, now)) is not None]
        self._announce(ours, due, now)
        inboxes = [self._tried(place, "the inbox", partial(self._hear, self._sources[place]), now) for place in ours]
        read = [self._tried(one.place, f"#{one.session.chat}", partial(self._read_one, one), now) for one in due]
        threads = [
            self._tried(place, f"#{session.chat}", partial(self._read_threads, place, session), now)
            for session in near
            for place in ours
        ]
        return all((*inboxes, *read, *threads))

    def _announce(self, ours: Sequence[int], due: Sequence[Due], now: Moment) -> None:
        """Tell every source what this tick reads there, so that it may ask for all of it at once."""
        with self._storage.work() as work:
            watches = [(one.place, self._watch(work, one.session, now)) for one in due]
        for place in ours:
            self._sources[place].watching([watch for where, watch in watches if where == place], self._member)

    def _member(self, platform: Platform, account_id: str) -> Person | None:
        with self._storage.work() as work:
            member = work.members.by_account(platform, account_id)
        accounts = member.identities if member is not None else ()
        return next(
            (_person(one) for one in accounts if (one.platform, one.account_id) == (platform, account_id)), None
        )

    def _watch(self, work: UnitOfWork, session: Session, now: Moment) -> Watch:
        """Look out for members without the tag only while the session is on: afterwards nobody means it."""
        is_on = now < session.ends_at + LIVE_UNTIL
        members = [one for one in work.members.of_chat(session.chat) if one.consent is Consent.LIVE]
        roll = tuple(_person(one) for member in members for one in member.identities)
        return Watch(
            tag=session.chat,
            since=session.starts_at - WATCHED_BEFORE,
            until=session.ends_at,
            hosts=self._chats[session.chat].hosts,
            people=roll if is_on else (),
            roll=roll,
        )

    def _tried(self, place: int, what: str, read: Callable[[Moment], None], now: Moment) -> bool:
        rest = self._rests.setdefault((place, what), Rest())
        if rest.lasts(now):
            return False
        try:
            read(now)
        except (Transient, Misconfigured) as error:
            retry_at = rest.begin(now, getattr(error, "retry_at", None))
            is_known = any(one.is_about(str(error)) for one in self._of(place))
            rest.note(str(error))
            if not is_known:
                name = f"{self._name(place)}, {what}"
                self._journal(SourceChanged(source=name, trouble=str(error), retry_at=retry_at))
            return False
        if rest.end() and not any(one.is_resting for one in self._of(place)):
            self._journal(SourceChanged(source=self._name(place), trouble=""))
        return True

    def _of(self, place: int) -> list[Rest]:
        return [rest for (whose, _), rest in self._rests.items() if whose == place]

    def _name(self, place: int) -> str:
        try:
            return self._sources[place].name
        except (Transient, Misconfigured):  # it was never reached, so it cannot say who it is
            return f"account {place + 1}"

    def _near(self, chat: Chat, now: Moment) -> list[Session]:
        planned = sessions_between(chat, now - CALLED_UNTIL, now + WATCHED_BEFORE)
        known = [self._known(one) for one in planned]
        return [one for one in known if now < belongs_until(chat, one)]

    def _due(self, place: int, session: Session, now: Moment) -> Due | None:
        with self._storage.work() as work:
            row = work.sessions.ensure(session)
            reading = _readings(work, row, self._names)[place]
        is_sweep = reading.sweeps < len(SWEEPS) and now >= session.ends_at + SWEEPS[reading.sweeps]
        is_due = is_sweep or _is_due(session, reading.until, now)
        return Due(place=place, session=session, reading=reading, is_sweep=is_sweep) if is_due else None

    def _known(self, planned: Session) -> Session:
        """Return the session under which an evening is watched already, if its time was corrected in the meantime.

        One that is only announced, because somebody asked for a heads-up, does not hold its time against a correction.
        """
        with self._storage.work() as work:
            rows = [row for row in work.sessions.open() if row.session.chat == planned.chat]
        watched = [row.session for row in rows if row.watched_until is not None]
        overlapping = (one for one in watched if one.starts_at < planned.ends_at and planned.starts_at < one.ends_at)
        return next(overlapping, planned)

    def _hear(self, source: Source, now: Moment) -> None:
        name = f"{source.name}/inbox"
        for _ in range(PAGES_AT_MOST):
            with self._storage.work() as work:
                cursor = work.cursors.get(name)
            page = source.inbox(cursor, now - HEARD_SINCE)
            for post in page.posts:
                self._take_safely(post, source, now)
            if page.cursor is not None:
                with self._storage.work() as work:
                    work.cursors.set(name, page.cursor)
            if page.skipped:
                self._journal(PostsSkipped(source=name, ids=page.skipped))
            if not page.has_more:
                return

    def _take_safely(self, post: Post, source: Source, now: Moment) -> None:
        """Take a message; one that nobody foresaw is passed over, for behind it may be somebody's STOP."""
        try:
            self._take(post, source, now)
        except (Transient, Misconfigured):
            raise
        except Exception:
            log.exception("post %s cannot be taken and is passed over", post.id)
            self._journal(PostsSkipped(source=f"{source.name}/inbox", ids=(post.id,)))

    def _take(self, post: Post, source: Source, now: Moment) -> None:
        self._converse.take(post, now)
        session = None if post.is_direct else self._meant(post)
        if session is not None:
            self._ingest.take(Page(posts=(post,)), session, cursor="", bots=(source.me,), to_us=True)

    def _meant(self, post: Post) -> Session | None:
        """Say which session a public mention of the bot belongs to: by its tag, or the only one that is on."""
        tagged = [chat for tag, chat in self._chats.items() if tag in post.tags]
        near = [session_at(chat, post.created_at) for chat in tagged or self._chats.values()]
        found = [session for session in near if session is not None]
        live = [session for session in found if session.is_live(post.created_at)]
        meant = live[:1] or found[:1] if tagged else live if len(live) == 1 else []
        return self._known(meant[0]) if meant else None

    def _read_one(self, due: Due, now: Moment) -> None:
        """Read a session's posts from its cursor on; from its beginning in a sweep, where late posts come to light."""
        session, source = due.session, self._sources[due.place]
        name = "" if due.is_sweep and source.brings_late else f"{source.name}/{session.id}"
        cursor = None
        if name:
            with self._storage.work() as work:
                cursor = work.cursors.get(name)
        for _ in range(PAGES_AT_MOST):
            page = source.chat(session.chat, cursor, session.starts_at - WATCHED_BEFORE)
            self._take_page(page if name else page.model_copy(update={"cursor": None}), session, source, name)
            cursor = page.cursor or cursor
            if not page.has_more:
                self._has_read(due, now)
                return
        raise Transient(f"#{session.chat}: there is more than {PAGES_AT_MOST} pages; the next tick goes on")

    def _has_read(self, due: Due, now: Moment) -> None:
        """Note how far this source is; the session is known only as far as every source has told."""
        swept = sum(now >= due.session.ends_at + after for after in SWEEPS) if due.is_sweep else due.reading.sweeps
        with self._storage.work() as work:
            work.sessions.note(due.reading.model_copy(update={"until": now, "sweeps": swept}))
            row = work.sessions.ensure(due.session)
            readings = _readings(work, row, self._names)
            sweeps, ends = min(one.sweeps for one in readings), [one.until for one in readings if one.until is not None]
            until = min(ends) if len(ends) == len(readings) else None
            if until is not None and (row.watched_until is None or until > row.watched_until):
                gap = gap_before(due.session, row.watched_until, until)
                if gap is not None:
                    work.sessions.miss(gap)  # that we were not there for a while is a row
                work.sessions.put(row.model_copy(update={"watched_until": until, "sweeps": sweeps}))

    def _take_page(self, page: Page, session: Session, source: Source, name: str) -> None:
        """Take posts with the tag, and before them those without it that speak to a member."""
        with self._storage.work() as work:
            theirs = {one.id for one in work.members.roster(session.chat)}
        untagged = [p for p in page.posts if session.chat not in p.tags and any(m.id in theirs for m in p.mentions)]
        if untagged:
            named = Page(posts=tuple(untagged))
            self._ingest.take(named, session, cursor="", bots=(source.me,), to_us=True)
        kept = tuple(one for one in page.posts if one not in untagged)
        self._ingest.take(page.model_copy(update={"posts": kept}), session, cursor=name, bots=(source.me,))

    def _read_threads(self, place: int, session: Session, now: Moment) -> None:
        source, key = self._sources[place], (place, session.id)
        last = self._threads_read.get(key)
        if now >= session.ends_at + LIVE_UNTIL:
            self._threads_read.pop(key, None)
            return
        if last is not None and now < last + THREADS_EVERY:
            return
        me = source.me  # whoever has to ask for it, asks outside the unit of work: asking is counted in another one
        with self._storage.work() as work:
            asked = [one.post_id for one in work.sessions.questions(session.id)]
            asked = [one for one in asked if work.posts.belongs_to(me.platform, one, session.id)]
        if asked:
            self._threads_read[key] = now
            self._ingest.take(source.threads(asked), session, cursor="", bots=(me,))


def _person(identity: Identity) -> Person:
    return Person(
        platform=identity.platform,
        id=identity.account_id,
        handle=identity.handle,
        name=identity.name,
        is_bot=identity.is_bot,
        wants_no_bots=identity.wants_no_bots,
    )


def _readings(work: UnitOfWork, row: SessionRow, names: Sequence[str]) -> list[Reading]:
    """Return how far each source is, in order of the names; who has not begun is as far as the session is known."""
    known = {one.source: one for one in work.sessions.readings(row.session.id)}
    so_far = Reading(session_id=row.session.id, source="", until=row.watched_until, sweeps=row.sweeps)
    return [known.get(name, so_far.model_copy(update={"source": name})) for name in names]


def _is_due(session: Session, last: Moment | None, now: Moment) -> bool:
    return last is None or now < session.ends_at + LIVE_UNTIL or now >= last + LATE_EVERY
