"""What is kept, and the contract of keeping it: one class a shelf, one unit of work over all of them.

`tests/contract` holds every implementation to these docstrings. Rows are values; nothing is kept of people who are
not members beyond what a session needs while it lasts.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from types import TracebackType
from typing import Any, Protocol, Self

from bot.domain.attendance import Attendance, Gap
from bot.domain.chat import Session
from bot.domain.conditions import Wanted
from bot.domain.model import Member, Moment, Person, Platform, Post, Value
from bot.domain.outbox import OutboxMessage, State
from bot.domain.recognise.observations import Asked
from bot.domain.rules import Decision
from bot.domain.ties import Tie


class SessionRow(Value):
    """What is kept of a session.

    `watched_until` is the newest complete reading; `sweeps` how many re-readings after the end were made;
    `settled_at` is set once attendance is final, `erased_at` once other people's words and names are forgotten.
    `people` is how many distinct people posted.
    """

    session: Session
    watched_until: Moment | None = None
    sweeps: int = 0
    settled_at: Moment | None = None
    erased_at: Moment | None = None
    held: bool | None = None
    observed: bool | None = None
    people: int = 0


class Reading(Value):
    """How far one source has read a session: up to `until`, and `sweeps` times once more after its end."""

    session_id: str
    source: str
    until: Moment | None = None
    sweeps: int = 0


class CallRow(Value):
    """A call for a member. The caller and the link (which spells the caller's name) go when the session is erased."""

    session_id: str
    platform: Platform
    post_id: str
    url: str
    member_id: str
    caller_id: str
    caller_name: str
    kind: str
    phrase: str
    at: Moment


class DecisionRow(Value):
    """A decision as it was made, with the facts it was made from."""

    member_id: str
    session_id: str
    decision: Decision
    facts: dict[str, Wanted | None]
    at: Moment


class LinkRow(Value):
    """A code that a member may say from another account of theirs, and who said it there."""

    code_hash: str
    member_id: str
    platform: Platform
    account_id: str
    expires_at: Moment
    claimed_platform: Platform | None = None
    claimed_id: str | None = None
    claimed_handle: str | None = None
    claimed_name: str | None = None
    claimed_thread_id: str | None = None


class ChangeRow(Value):
    """A session that a host has called off, or moved: `day` is its ISO date in the chat's zone."""

    chat: str
    day: str
    moved_to: Moment | None = None
    at: Moment


class Posts(Protocol):
    """Posts, each stored once: never their texts, and who wrote them only while a session needs that."""

    def add(self, post: Post, session_id: str | None) -> bool:
        """Store a post. False if it is already there, by id or by uri, on that platform.

        Outside a session (`session_id` None: a message to the bot) only ids and time are kept, no author.
        """
        ...

    def belongs_to(self, platform: Platform, post_id: str, session_id: str) -> bool:
        """Say whether that post is one of the session's."""
        ...

    def author(self, platform: Platform, post_id: str) -> Person | None:
        """Return who wrote it, while that is known."""
        ...

    def people(self, session_id: str, until: Moment) -> int:
        """Count the distinct authors of the session's posts from before then, bots not included."""
        ...

    def by_authors(self, session_id: str, authors: Iterable[tuple[Platform, str]]) -> list[tuple[str, Moment]]:
        """Return (author id, time) of the session's posts by those authors, oldest first."""
        ...

    def erase(self, session_id: str) -> int:
        """Forget what is other people's in a session: its posts' authors, the callers, the questions' words.

        Return how many posts that were.
        """
        ...


class Cursors(Protocol):
    """Where each reading of each source goes on."""

    def get(self, name: str) -> str | None: ...
    def set(self, name: str, value: str) -> None: ...


class Members(Protocol):
    """Members with their identities and chats."""

    def get(self, member_id: str) -> Member | None: ...
    def by_account(self, platform: Platform, account_id: str) -> Member | None: ...
    def by_handle(self, handle: str) -> Member | None: ...
    def of_chat(self, tag: str) -> list[Member]:
        """Return the members of a chat in whatever state of consent, by id."""
        ...

    def wishing(self, tag: str) -> list[Member]:
        """Return the members of a chat who asked to hear before or after sessions (of any of their chats), by id."""
        ...

    def roster(self, tag: str) -> tuple[Person, ...]:
        """Return the accounts of a chat's members as the people whom posts name, by member and platform."""
        ...

    def everybody(self) -> list[Member]: ...
    def put(self, member: Member) -> None:
        """Insert or replace a member, identities and chats included."""
        ...

    def forget(self, member: Member) -> None:
        """Delete a member and every trace of them on every shelf; in rows of others they are nobody."""
        ...

    def absorb(self, member: Member, other: Member) -> None:
        """Give what is kept of `other` to `member`, and delete `other`; accounts and chats are put afterwards."""
        ...

    def copy(self, member: Member) -> dict[str, list[dict[str, Any]]]:
        """Return every row that is about a member, by table; who called them is left out."""
        ...


class Sessions(Protocol):
    """Sessions and their questions."""

    def ensure(self, session: Session) -> SessionRow: ...
    def get(self, session_id: str) -> SessionRow | None: ...
    def put(self, row: SessionRow) -> None: ...
    def open(self) -> list[SessionRow]:
        """Return the sessions that are not erased yet, oldest first."""
        ...

    def latest(self, chat: str | None, limit: int) -> list[SessionRow]:
        """Return the latest sessions (of one chat), newest first."""
        ...

    def miss(self, gap: Gap) -> bool:
        """Record a gap in watching; False if one that begins then is recorded already."""
        ...

    def gaps(self, session_id: str) -> list[Gap]:
        """Return the session's gaps in order of time."""
        ...

    def readings(self, session_id: str) -> list[Reading]:
        """Return how far each source has read the session, by source; nothing of those that have not begun."""
        ...

    def note(self, reading: Reading) -> None:
        """Keep how far a source has read; the latest counts."""
        ...

    def ask(self, session_id: str, question: Asked) -> bool:
        """Record a question; False if its number or its post is already recorded."""
        ...

    def questions(self, session_id: str) -> list[Asked]:
        """Return the session's questions by number."""
        ...


class Attendances(Protocol):
    """Who of the members was there."""

    def add(self, attendance: Attendance) -> bool:
        """Record presence; widens first and last where a row exists. True if the row is new."""
        ...

    def get(self, member_id: str, session_id: str) -> Attendance | None: ...
    def of_session(self, session_id: str) -> list[Attendance]: ...
    def arrivals(self, session_id: str) -> Iterable[tuple[str, datetime]]:
        """Return who was there and when they were first seen (UTC), in no order, without making values of them."""
        ...

    def count(self, member_id: str) -> int:
        """Return how many sessions a member came to."""
        ...


class Calls(Protocol):
    """Calls for members."""

    def add(self, row: CallRow) -> bool:
        """Record a call; False if that post called that member before."""
        ...

    def of(self, member_id: str, session_id: str) -> list[CallRow]:
        """Return the calls for a member in a session, oldest first."""
        ...

    def counts(self, session_id: str) -> dict[str, int]:
        """Return how often each member was called in a session, by the member's id; who never was is not in it."""
        ...


class Ties(Protocol):
    """What there is between two members, one tie a pair in whatever order they are named."""

    def get(self, one_id: str, other_id: str) -> Tie | None: ...
    def put(self, one_id: str, other_id: str, tie: Tie) -> None: ...
    def of(self, member_id: str) -> dict[str, Tie]:
        """Return a member's ties by the other's id."""
        ...


class Decisions(Protocol):
    """Every decision, each outcome of one shape once per member and session."""

    def add(self, row: DecisionRow) -> bool:
        """Record it; False where the same outcome for the same reason, wanting the same, is recorded already."""
        ...

    def of(self, member_id: str, session_id: str | None = None) -> list[DecisionRow]:
        """Return a member's decisions, oldest first."""
        ...


class Outbox(Protocol):
    """Messages on their way. Every move is guarded by the state it starts from."""

    def add(self, message: OutboxMessage) -> bool:
        """Store a message; False if one with its key exists."""
        ...

    def get(self, message_id: str) -> OutboxMessage | None: ...
    def due(self, now: Moment, limit: int) -> list[OutboxMessage]:
        """Return pending messages whose `not_before` has come: answers first, then soonest useless, then as made.

        Somebody waits for an answer; and "you are in" comes before the first reminder.
        """
        ...

    def claim(
        self, state: State, platforms: Collection[Platform], owner: str, now: Moment, until: Moment, limit: int
    ) -> list[OutboxMessage]:
        """Take messages in hand until then, in the order of `due`, and return them as they are now.

        Only those of a waiting state and those platforms whose `not_before` has come, and that nobody has in hand.
        Several processes that claim at once get different ones, and none waits for another.
        """
        ...

    def free(self, living: Collection[str]) -> int:
        """Let go of what is waiting in the hands of owners that are not among the living; return how many."""
        ...

    def in_state(self, state: State) -> list[OutboxMessage]: ...
    def latest(self, limit: int) -> list[OutboxMessage]: ...
    def has_reminder(self, member_id: str, session_id: str) -> bool:
        """Say whether a reminder for that session exists, whatever became of it; one they asked for is none."""
        ...

    def reminded(self, session_id: str) -> list[str]:
        """Return the ids of the members to whom such a reminder went out, or may still, sorted."""
        ...

    def of_member(self, member_id: str, state: State) -> list[OutboxMessage]: ...
    def move(self, message: OutboxMessage, then: OutboxMessage) -> bool:
        """Replace a message if its state, attempts and owner are still those of `message`; True if it was.

        Raises:
            IllegalMove: the table of states refuses it.
        """
        ...

    def expire(self, now: Moment, reason: str) -> list[OutboxMessage]:
        """Let every pending message expire whose `expires_at` has come; return them as they are now, oldest first."""
        ...

    def erase(self, session_id: str) -> int:
        """Forget the texts of the session's finished messages; return how many."""
        ...

    def is_answered(self, key: str) -> bool:
        """Say whether a message with that key exists."""
        ...

    def latest_answer(self, member_id: str, note: str) -> OutboxMessage | None:
        """Return the latest answer to a member that says that note."""
        ...

    def answers_to(self, platform: Platform, account_id: str, since: Moment) -> list[OutboxMessage]:
        """Return the answers to that account that were made after then, oldest first."""
        ...

    def by_receipt(self, platform: Platform, receipt_id: str) -> OutboxMessage | None:
        """Return the message that the platform knows by that id."""
        ...

    def drop(self, message_id: str) -> None:
        """Delete a message."""
        ...

    def has_unfinished(self, session_id: str) -> bool:
        """Say whether a message about the session is still on its way."""
        ...

    def prune(self, before: Moment) -> int:
        """Delete answers to people who are no members that were done with before then; return how many."""
        ...


class Links(Protocol):
    """Codes on their way from one account of a person to another."""

    def put(self, row: LinkRow) -> None: ...
    def by_code(self, code_hash: str) -> LinkRow | None: ...
    def of(self, member_id: str) -> list[LinkRow]:
        """Return a member's codes, the latest to expire first."""
        ...

    def drop(self, member_id: str) -> None: ...


class Changes(Protocol):
    """Sessions that a host has called off, or moved."""

    def put(self, row: ChangeRow) -> None:
        """Keep a change; the latest of a chat and day counts."""
        ...

    def all(self) -> list[ChangeRow]: ...


class Tallies(Protocol):
    """Counts of what happened to nobody in particular."""

    def add(self, name: str) -> None: ...
    def get(self, name: str) -> int: ...


class Closing(Value):
    """Until when one use of an account is closed, whatever our own count says, and why."""

    use: str
    until: Moment
    why: str


class CostRow(Value):
    """What things of one kind cost an account on one UTC day for one chat (empty: for none in particular).

    `micros` are millionths of a dollar.
    """

    account: str
    day: date
    kind: str
    chat: str
    items: int
    micros: int


class Ledger(Protocol):
    """Requests, closings and costs of the accounts that are counted."""

    def spend(self, account: str, use: str, at: Moment) -> None:
        """Record one request."""
        ...

    def spent(self, account: str, use: str, after: Moment) -> list[Moment]:
        """Return the times of the requests of a use after then, oldest first."""
        ...

    def close(self, account: str, use: str, until: Moment, why: str) -> None:
        """Close a use; a later closing replaces an earlier one."""
        ...

    def closings(self, account: str) -> list[Closing]:
        """Return what was closed, by use, also where its time is over."""
        ...

    def bill(self, account: str, day: date, kind: str, chat: str, keys: Collection[str], price: int) -> int:
        """Charge things of a kind, each once a day whatever the chat; return how many were new."""
        ...

    def owed(self, account: str, since: Moment) -> int:
        """Return what the account owes for the UTC days from then on, in millionths of a dollar."""
        ...

    def costs(self, since: date) -> list[CostRow]:
        """Return the costs of all accounts from that day on, by account, day, kind and chat."""
        ...

    def prune(self, before: Moment) -> int:
        """Forget single requests and billed ids from before then; return how many. Costs stay."""
        ...


class Leases(Protocol):
    """Who of several processes does what, and until when. Safe outside any turn: every change is guarded."""

    def take(self, name: str, owner: str, now: Moment, until: Moment) -> bool:
        """Take or renew a lease; False if somebody else's lasts."""
        ...

    def all(self, now: Moment) -> dict[str, str]:
        """Return the owners of the leases that last, by name."""
        ...

    def give(self, names: Collection[str], owner: str) -> None:
        """Give back those leases of an owner."""
        ...

    def time(self) -> Moment | None:
        """Return the time of the database's own clock; None where it has none but this machine's."""
        ...


class Attic(Protocol):
    """What is too old to be kept."""

    def prune(self, before: Moment, posts_before: Moment, limit: int) -> int:
        """Delete at most about `limit` rows, and return how many: posts written before `posts_before` whose session is
        erased or that belong to none; answers made before `before` that are done with; and what is kept of sessions
        that were erased before `before`, the oldest first. Nothing that is on its way goes, and no session in part
        but for a while.
        """
        ...


class UnitOfWork(Protocol):
    """One transaction: all or nothing. Commits when the block ends well, rolls back when it raises."""

    posts: Posts
    cursors: Cursors
    members: Members
    sessions: Sessions
    attendances: Attendances
    calls: Calls
    ties: Ties
    decisions: Decisions
    outbox: Outbox
    ledger: Ledger
    links: Links
    changes: Changes
    tallies: Tallies
    attic: Attic
    leases: Leases

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Storage(Protocol):
    """Opens units of work."""

    def work(self) -> UnitOfWork:
        """Open a transaction that may write."""
        ...

    def aside(self) -> UnitOfWork:
        """Open a transaction that waits for no turn: for guarded changes of single rows, and for nothing else."""
        ...
