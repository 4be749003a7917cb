"""From a page of posts to what is known: stored once, recognised, attended; the cursor moves along with them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.app.closeness import strengthen
from bot.app.journal import Event, Journal, PostRead, PostsSkipped, QuestionAsked
from bot.app.ports import Page
from bot.app.shelves import CallRow, Storage, UnitOfWork
from bot.domain.attendance import Attendance
from bot.domain.chat import WATCHED_BEFORE, Chat, Session, belongs_until
from bot.domain.model import Member, Moment, Person, Platform, Post
from bot.domain.recognise import Recogniser
from bot.domain.recognise.observations import Asked, Attended, Called, Scene

COUNTS_UNTIL = timedelta(minutes=10)
"""A post that long after the end still means its author was there; later ones are about the chat, not in it."""


class Ingest:
    """Takes pages of a session's posts. Taking the same page twice changes nothing."""

    def __init__(self, storage: Storage, recogniser: Recogniser, chats: Mapping[str, Chat], journal: Journal) -> None:
        self._storage = storage
        self._recogniser = recogniser
        self._chats = chats
        self._journal = journal

    def take(self, page: Page, session: Session, *, cursor: str, bots: Sequence[Person], to_us: bool = False) -> int:
        """Store and recognise a page of one session's posts; return how many were new.

        `cursor` is the name of the cursor that moves with the page (nothing moves where the page has none);
        `bots` are our own accounts; `to_us` says that the posts mention the bot itself.
        """
        events: list[Event] = []
        begin, until = session.starts_at - WATCHED_BEFORE, belongs_until(self._chats[session.chat], session)
        with self._storage.work() as work:
            row = work.sessions.ensure(session)
            if row.erased_at is not None:
                return 0  # other people's names were forgotten for good
            roster: tuple[Person, ...] | None = None  # of a large chat it costs more than most pages have to say
            new = 0
            for post in page.posts:
                if post.is_repost or not begin <= post.created_at < until or not work.posts.add(post, session.id):
                    continue
                new += 1
                roster = work.members.roster(session.chat) if roster is None else roster
                self._recognise(work, post, session, roster, bots, events, to_us=to_us)
            for one in page.seen:
                _attend(work, Attended(person=one.person, post_id="", at=one.at), one.person.platform, session)
            if new and row.settled_at is not None:
                work.sessions.put(row.model_copy(update={"settled_at": None}))  # late evidence: count once more
            if page.cursor is not None:
                work.cursors.set(cursor, page.cursor)
        if page.skipped:
            events.append(PostsSkipped(source=cursor or session.id, ids=page.skipped))
        for event in events:
            self._journal(event)
        return new

    def _recognise(
        self,
        work: UnitOfWork,
        post: Post,
        session: Session,
        roster: tuple[Person, ...],
        bots: Sequence[Person],
        events: list[Event],
        *,
        to_us: bool,
    ) -> None:
        parent = post.in_reply_to_id
        scene = Scene(
            chat=self._chats[session.chat],
            roster=roster,
            bots=frozenset(bot.id for bot in bots if bot.platform is post.platform),
            is_chat_thread=parent is not None and work.posts.belongs_to(post.platform, parent, session.id),
            is_to_us=to_us,
            replied_to=work.posts.author(post.platform, parent) if parent is not None else None,
        )
        calls: list[Called] = []
        for observation in self._recogniser.observe(post, scene):
            match observation:
                case Attended():
                    _attend(work, observation, post.platform, session)
                case Asked():
                    if work.sessions.ask(session.id, observation):
                        asked = QuestionAsked(session_id=session.id, number=observation.number, text=observation.text)
                        events.append(asked)
                case call:
                    _record(work, call, session, post.platform)
                    calls.append(call)
        strengthen(work, post, scene.replied_to, calls, session.chat)
        events.append(PostRead(session_id=session.id, post=post, calls=tuple(calls)))


def _attend(work: UnitOfWork, seen: Attended, platform: Platform, session: Session) -> None:
    if seen.at >= session.ends_at + COUNTS_UNTIL:
        return
    member = work.members.by_account(platform, seen.person.id)
    if member is not None and session.chat in member.chats:
        row = Attendance(member_id=member.id, session_id=session.id, first_at=seen.at, last_at=seen.at, how=seen.how)
        work.attendances.add(row)


def _record(work: UnitOfWork, call: Called, session: Session, platform: Platform) -> None:
    member = work.members.by_account(platform, call.target.id)
    is_theirs = member is not None and session.chat in member.chats
    if member is None or not is_theirs or member.is_person(platform, call.caller.id):
        return
    work.calls.add(
        CallRow(
            session_id=session.id,
            platform=platform,
            post_id=call.post_id,
            url=call.url,
            member_id=member.id,
            caller_id=call.caller.id,
            caller_name=call.caller.called,
            kind=call.kind,
            phrase=call.phrase,
            at=call.at,
        )
    )


def was_here(work: UnitOfWork, member: Member, session: Session, since: Moment) -> bool:
    """Say whether anything shows the member in the session since then: a post, a reply, HERE."""
    if work.attendances.get(member.id, session.id) is not None:
        return True
    accounts = [(one.platform, one.account_id) for one in member.identities]
    return any(at >= since for _, at in work.posts.by_authors(session.id, accounts))
