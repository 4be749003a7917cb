"""A past chat goes the way of a live one, in its own time: read, decided, dispatched; only nothing leaves the house.

Nothing is decided here. The storage that is handed in should be empty, and is of no use afterwards.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from heapq import heappop, heappush
from typing import Final

from bot.app.compose import Compose, TagPage
from bot.app.decide import Decide
from bot.app.dispatch import Dispatch
from bot.app.ingest import Ingest
from bot.app.journal import Decided, Event, Moved, PostRead
from bot.app.ports import Page, Receipt
from bot.app.rehearsal import Found, Rehearsal, Totals, found, outcome, rehearsal
from bot.app.replay_sessions import place
from bot.app.season import Season
from bot.app.settle import Settle
from bot.app.shelves import Storage
from bot.app.transcript import EPOCH, Line, Transcript
from bot.domain.chat import CALLED_UNTIL, SWEEPS, Chat, Session
from bot.domain.model import Consent, Identity, Member, Moment, Person, Platform
from bot.domain.outbox import OutboxMessage, State
from bot.domain.policy import QuietHours
from bot.domain.recognise import Recogniser
from bot.domain.rules import Decision, Remind, Rule
from bot.domain.wording import LIMIT, Wording

LOOK_EVERY: Final = timedelta(minutes=2)
"""A bot looks more often; nothing but the waiting of whoever rehearses depends on it."""


class Stage:
    """The clock of the transcript, and a courier who carries nothing anywhere."""

    def __init__(self, now: Moment) -> None:
        self.at = now

    def now(self) -> Moment:
        """Return the time in the transcript."""
        return self.at

    def room_for(self, handle: str) -> int:  # noqa: ARG002 - every handle has the same room here
        """Return how long a message may be."""
        return LIMIT

    def send(self, message: OutboxMessage, text: str) -> Receipt:  # noqa: ARG002 - nothing is sent
        """Pretend."""
        return Receipt(id=message.id, at=self.at)

    def find(self, message: OutboxMessage) -> Receipt | None:  # noqa: ARG002 - nothing is ever there
        """Find nothing."""
        return None


class Replay:
    """One rehearsal of one transcript; for another one make another."""

    def __init__(
        self,
        storage: Storage,
        recogniser: Recogniser,
        rules: Sequence[Rule],
        wording: Wording,
        chat: Chat,
        quiet: QuietHours,
        tag_page: TagPage,
    ) -> None:
        chats: Mapping[str, Chat] = {chat.tag: chat}
        self._storage = storage
        self._chat = chat
        self._stage = Stage(EPOCH)
        self._ingest = Ingest(storage, recogniser, chats, self._hear)
        self._decide = Decide(storage, rules, chats, self._hear)
        self._dispatch = Dispatch(
            storage,
            self._stage,
            couriers={Platform.MASTODON: self._stage},
            witnesses={},
            compose=Compose(storage, wording, chats, tag_page),
            chats=chats,
            quiet=quiet,
            journal=self._hear,
        )
        self._settle = Settle(storage, chats)
        self._alarms: list[tuple[Moment, bool]] = []
        self._here: set[tuple[str, str]] = set()
        self._called: set[str] = set()
        self._calls: list[Found] = []
        self._decisions: list[Decided] = []
        self._messages: dict[str, OutboxMessage] = {}
        self._weighed: Counter[str] = Counter()
        self._season = Season()

    def run(
        self, transcript: Transcript, roster: Iterable[Person] = (), *, told: Callable[[], None] = lambda: None
    ) -> Rehearsal:
        """Replay a transcript; `roster` are people who may be meant though they do not appear in it.

        `told` is called after every line.
        """
        placed = place(transcript.lines, self._chat)
        if placed:
            self._enrol(roster, [line for _, line in placed])
        outside = 0
        for session, line in placed:
            if session.id not in self._season.sessions:
                self._attend_to(session)
            self._pass_time(line.post.created_at)
            page = Page(posts=(line.post,) if line.is_in_chat else ())
            is_taken = self._ingest.take(page, session, cursor="", bots=()) > 0
            self._season.add(session, line, is_taken=is_taken)
            outside += not is_taken
            if session.id in self._called:
                self._look(line.post.created_at)
            told()
        self._pass_time(None)
        return self._summed(transcript, outside)

    def _attend_to(self, session: Session) -> None:
        """Look at a session every now and then while it is on, once late posts are read, and a day later."""
        for look in range((session.ends_at - session.starts_at) // LOOK_EVERY):
            self._wake_at(session.starts_at + look * LOOK_EVERY, is_only_to_look=True)
        for after in (timedelta(), SWEEPS[-1], CALLED_UNTIL):
            self._wake_at(session.ends_at + after)

    def _enrol(self, roster: Iterable[Person], lines: Sequence[Line]) -> None:
        """Make everybody a member who confirmed, so that what is decided about them can be seen.

        They join when they first appear, by their own post or another's: nobody was absent before that.
        """
        begin = lines[0].post.created_at
        joined: dict[str, tuple[Person, Moment]] = {one.id: (one, begin) for one in roster}
        for post in (line.post for line in lines):
            for one in (post.author, *post.mentions):
                joined.setdefault(one.id, (one, post.created_at))
        with self._storage.work() as work:
            for one, now in joined.values():
                self._season.names[one.id] = one.name or one.handle
                identity = Identity(platform=one.platform, account_id=one.id, handle=one.handle, name=one.name)
                member = Member(
                    id=one.id,
                    consent=Consent.LIVE,
                    identities=(identity,),
                    chats=(self._chat.tag,),
                    zone=self._chat.zone if self._chat.slots else "UTC",
                    language=self._chat.language,
                    joined_at=now,
                    last_heard_at=now,
                )
                work.members.put(member)

    def _wake_at(self, at: Moment, *, is_only_to_look: bool = False) -> None:
        if at >= self._stage.at:
            heappush(self._alarms, (at, is_only_to_look))

    def _pass_time(self, until: Moment | None) -> None:
        """Do what falls due before `until`; without it, everything that is left."""
        while self._alarms and (until is None or self._alarms[0][0] < until):
            now, is_only_to_look = heappop(self._alarms)
            self._look(now)
            if not is_only_to_look:
                self._dispatch.tick(now)
                self._settle.tick(now)

    def _look(self, now: Moment) -> None:
        """Decide at `now`, everything written so far having been read. What becomes due rings for itself."""
        self._stage.at = now
        with self._storage.work() as work:
            for row in work.sessions.open():
                is_swept = now >= row.session.ends_at + SWEEPS[-1]
                read = {"watched_until": now, "sweeps": len(SWEEPS) if is_swept else row.sweeps}
                work.sessions.put(row.model_copy(update=read))
        self._decide.tick(now)
        self._decide.afterwards(now)

    def _hear(self, event: Event) -> None:
        match event:
            case PostRead(session_id=where, post=post, calls=calls):
                for call in calls:
                    is_greeting = (where, call.target.id) in self._here
                    self._calls.append(found(call, post, where, is_greeting=is_greeting))
                    self._called.add(where)
                self._here.add((where, post.author.id))
            case Decided() if event.is_news:
                self._decisions.append(event)
            case Decided(decision=decision):
                self._weighed[_named(decision)] += 1
            case Moved(message=message):
                self._messages[message.id] = message
                if message.state is State.PENDING:
                    self._wake_at(message.not_before)

    def _summed(self, transcript: Transcript, outside: int) -> Rehearsal:
        with self._storage.work() as work:
            rows = {session_id: work.sessions.get(session_id) for session_id in self._season.sessions}
        totals = Totals(
            posts=len(transcript.lines),
            repeated=transcript.repeated,
            malformed=len(transcript.malformed),
            outside=outside,
            people=len(transcript.people),
            sessions=len(rows),
            weighed=dict(self._weighed),
        )
        outcomes = [outcome(one) for one in self._messages.values()]
        return rehearsal(totals, self._calls, self._decisions, outcomes, self._season, rows)


def _named(decision: Decision) -> str:
    return decision.rule if isinstance(decision, Remind) else str(decision.reason)
