"""The only fakes. Each keeps the contract of its port; `tests/contract` holds it to that."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from types import TracebackType
from typing import Any, Self, TypeVar

from bot.app.errors import Transient
from bot.app.shelves import (
    Attendances,
    Attic,
    CallRow,
    Calls,
    ChangeRow,
    Changes,
    Closing,
    CostRow,
    Cursors,
    DecisionRow,
    Decisions,
    Leases,
    Ledger,
    LinkRow,
    Links,
    Members,
    Outbox,
    Posts,
    Reading,
    SessionRow,
    Sessions,
    Tallies,
    Ties,
)
from bot.domain.attendance import Attendance, Gap
from bot.domain.chat import Session
from bot.domain.model import Member, Moment, Person, Platform, Post
from bot.domain.outbox import ANSWER, STATES, UNSAID, WAITING, WISHED, OutboxMessage, State, advance
from bot.domain.recognise.observations import Asked
from bot.domain.rules import Remind
from bot.domain.ties import Tie, met

# --- Storage ---------------------------------------------------------------------------------------------------------


@dataclass
class Rows:
    """What a storage holds, as dicts by unique key. A post is its session and, while that needs it, itself."""

    posts: dict[tuple[Platform, str], tuple[str | None, Post | None]] = field(default_factory=dict)
    uris: dict[tuple[Platform, str], str] = field(default_factory=dict)
    cursors: dict[str, str] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    sessions: dict[str, SessionRow] = field(default_factory=dict)
    questions: dict[tuple[str, int], Asked] = field(default_factory=dict)
    gaps: dict[tuple[str, Moment], Gap] = field(default_factory=dict)
    attendances: dict[tuple[str, str], Attendance] = field(default_factory=dict)
    calls: dict[tuple[Platform, str, str], CallRow] = field(default_factory=dict)
    ties: dict[tuple[str, str], Tie] = field(default_factory=dict)
    decisions: dict[tuple[str, str, str, str], DecisionRow] = field(default_factory=dict)
    outbox: dict[str, OutboxMessage] = field(default_factory=dict)
    requests: dict[int, tuple[str, str, Moment]] = field(default_factory=dict)
    closings: dict[tuple[str, str], Closing] = field(default_factory=dict)
    billed: dict[tuple[str, date, str, str], None] = field(default_factory=dict)
    costs: dict[tuple[str, date, str, str], CostRow] = field(default_factory=dict)
    links: dict[str, LinkRow] = field(default_factory=dict)
    changes: dict[tuple[str, str], ChangeRow] = field(default_factory=dict)
    tallies: dict[str, int] = field(default_factory=dict)
    readings: dict[tuple[str, str], Reading] = field(default_factory=dict)
    leases: dict[str, tuple[str, Moment]] = field(default_factory=dict)
    posted: dict[tuple[Platform, str], Moment] = field(default_factory=dict)

    def copy(self) -> "Rows":
        return Rows(**{name: dict(rows) for name, rows in vars(self).items()})


class FakePosts:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def add(self, post: Post, session_id: str | None) -> bool:
        key, uri = (post.platform, post.id), (post.platform, post.uri)
        if key in self._rows.posts or uri in self._rows.uris:
            return False
        self._rows.uris[uri] = post.id
        self._rows.posts[key] = (session_id, post if session_id is not None else None)
        self._rows.posted[key] = post.created_at
        return True

    def belongs_to(self, platform: Platform, post_id: str, session_id: str) -> bool:
        its_session, _ = self._rows.posts.get((platform, post_id), (None, None))
        return its_session == session_id

    def author(self, platform: Platform, post_id: str) -> Person | None:
        _, post = self._rows.posts.get((platform, post_id), (None, None))
        return post.author if post is not None else None

    def people(self, session_id: str, until: Moment) -> int:
        known = [one for one in self._known(session_id) if one.created_at < until and not one.author.is_bot]
        return len({(post.platform, post.author.id) for post in known})

    def by_authors(self, session_id: str, authors: Iterable[tuple[Platform, str]]) -> list[tuple[str, Moment]]:
        wanted = set(authors)
        found = [post for post in self._known(session_id) if (post.platform, post.author.id) in wanted]
        return [(p.author.id, p.created_at) for p in sorted(found, key=lambda post: (post.created_at, post.id))]

    def erase(self, session_id: str) -> int:
        for key, call in self._rows.calls.items():
            if call.session_id == session_id:
                self._rows.calls[key] = call.model_copy(update={"caller_id": "", "caller_name": "", "url": ""})
        for name, asked in self._rows.questions.items():
            if name[0] == session_id:
                self._rows.questions[name] = asked.model_copy(update={"text": "", "url": ""})
        known = self._known(session_id)
        for post in known:
            self._rows.posts[post.platform, post.id] = (session_id, None)
        return len(known)

    def _known(self, session_id: str) -> list[Post]:
        return [post for its, post in self._rows.posts.values() if its == session_id and post is not None]


class FakeCursors:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows.cursors

    def get(self, name: str) -> str | None:
        return self._rows.get(name)

    def set(self, name: str, value: str) -> None:
        self._rows[name] = value


class FakeMembers:
    def __init__(self, rows: Rows) -> None:
        self._all = rows
        self._rows = rows.members

    def get(self, member_id: str) -> Member | None:
        return self._rows.get(member_id)

    def by_account(self, platform: Platform, account_id: str) -> Member | None:
        return next((one for one in self.everybody() if one.is_person(platform, account_id)), None)

    def by_handle(self, handle: str) -> Member | None:
        found = [m for m in self.everybody() if any(one.handle == handle for one in m.identities)]
        return max(found, key=lambda one: (one.last_heard_at, one.id), default=None)

    def of_chat(self, tag: str) -> list[Member]:
        return [one for one in self.everybody() if tag in one.chats]

    def wishing(self, tag: str) -> list[Member]:
        return [
            one
            for one in self.of_chat(tag)
            if one.preferences.heads_up or one.preferences.next_for or one.preferences.recap
        ]

    def roster(self, tag: str) -> tuple[Person, ...]:
        return tuple(
            Person(
                platform=one.platform,
                id=one.account_id,
                handle=one.handle,
                name=one.name,
                is_bot=one.is_bot,
                wants_no_bots=one.wants_no_bots,
            )
            for member in self.of_chat(tag)
            for one in sorted(member.identities, key=lambda one: one.platform)
        )

    def everybody(self) -> list[Member]:
        return sorted(self._rows.values(), key=lambda one: one.id)

    def put(self, member: Member) -> None:
        others = [m for m in self.everybody() if m.id != member.id]
        accounts = [(one.platform, one.account_id) for m in (member, *others) for one in m.identities]
        if len(set(accounts)) < len(accounts) or len(set(member.chats)) < len(member.chats):
            raise ValueError(f"an account or a chat of member {member.id} is taken or named twice")
        self._rows[member.id] = member

    def forget(self, member: Member) -> None:
        rows = self._all
        for key, (session_id, post) in rows.posts.items():
            if post is not None and member.is_person(post.platform, post.author.id):
                rows.posts[key] = (session_id, None)
                for name, asked in rows.questions.items():
                    if asked.post_id == post.id:
                        rows.questions[name] = asked.model_copy(update={"text": "", "url": ""})
        for where, call in rows.calls.items():
            if member.is_person(call.platform, call.caller_id):
                rows.calls[where] = call.model_copy(update={"caller_id": "", "caller_name": "", "url": ""})
        _drop(rows.outbox, lambda one: member.is_person(one.platform, one.account_id))
        _drop(rows.outbox, lambda one: one.member_id == member.id)
        _drop(rows.links, lambda one: one.member_id == member.id or _has_claimed(one, member))
        _drop(rows.calls, lambda one: one.member_id == member.id)
        _drop(rows.decisions, lambda one: one.member_id == member.id)
        _drop(rows.attendances, lambda one: one.member_id == member.id)
        for pair in [pair for pair in rows.ties if member.id in pair]:
            del rows.ties[pair]
        rows.members.pop(member.id, None)

    def absorb(self, member: Member, other: Member) -> None:
        new, rows = {"member_id": member.id}, self._all
        for key, there in list(rows.attendances.items()):
            if there.member_id == other.id:
                rows.attendances.setdefault((member.id, key[1]), there.model_copy(update=new))
        for called, call in list(rows.calls.items()):
            if call.member_id == other.id:
                rows.calls.setdefault((*called[:2], member.id), call.model_copy(update=new))
        for made, decision in list(rows.decisions.items()):
            if decision.member_id == other.id:
                rows.decisions.setdefault((member.id, *made[1:]), decision.model_copy(update=new))
        for name, message in rows.outbox.items():
            if message.member_id == other.id:
                rows.outbox[name] = message.model_copy(update=new)
        FakeTies(rows).hand_over(other.id, member.id)
        self.forget(other.model_copy(update={"identities": ()}))

    def copy(self, member: Member) -> dict[str, list[dict[str, Any]]]:
        rows = self._all
        secret = {"caller_id", "caller_name"}
        its: dict[str, dict[Any, Any]] = {
            "attendance": rows.attendances,
            "call": rows.calls,
            "decision": rows.decisions,
            "outbox": rows.outbox,
        }
        found: dict[str, list[dict[str, Any]]] = {
            name: [one.model_dump(exclude=secret) for one in some.values() if one.member_id == member.id]
            for name, some in its.items()
        }
        found["member"] = [member.model_dump(exclude={"identities", "chats"})]
        found["identity"] = [one.model_dump() for one in member.identities]
        return found


R = TypeVar("R")
K = TypeVar("K")


def _drop(rows: dict[K, R], is_gone: Callable[[R], bool]) -> None:
    for key in [key for key, row in rows.items() if is_gone(row)]:
        del rows[key]


def _has_claimed(link: LinkRow, member: Member) -> bool:
    return link.claimed_platform is not None and member.is_person(link.claimed_platform, link.claimed_id or "")


class FakeLinks:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def put(self, row: LinkRow) -> None:
        self._rows.links[row.code_hash] = row

    def by_code(self, code_hash: str) -> LinkRow | None:
        return self._rows.links.get(code_hash)

    def of(self, member_id: str) -> list[LinkRow]:
        its = [row for row in self._rows.links.values() if row.member_id == member_id]
        return sorted(its, key=lambda row: row.expires_at, reverse=True)

    def drop(self, member_id: str) -> None:
        _drop(self._rows.links, lambda row: row.member_id == member_id)


class FakeChanges:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows.changes

    def put(self, row: ChangeRow) -> None:
        self._rows[row.chat, row.day] = row

    def all(self) -> list[ChangeRow]:
        return [self._rows[key] for key in sorted(self._rows)]


class FakeTallies:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows.tallies

    def add(self, name: str) -> None:
        self._rows[name] = self.get(name) + 1

    def get(self, name: str) -> int:
        return self._rows.get(name, 0)


class FakeSessions:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows.sessions
        self._questions = rows.questions
        self._gaps = rows.gaps
        self._readings = rows.readings

    def readings(self, session_id: str) -> list[Reading]:
        return [self._readings[key] for key in sorted(self._readings) if key[0] == session_id]

    def note(self, reading: Reading) -> None:
        self._readings[reading.session_id, reading.source] = reading

    def ensure(self, session: Session) -> SessionRow:
        return self._rows.setdefault(session.id, SessionRow(session=session))

    def get(self, session_id: str) -> SessionRow | None:
        return self._rows.get(session_id)

    def put(self, row: SessionRow) -> None:
        self._rows[row.session.id] = row

    def open(self) -> list[SessionRow]:
        return [row for row in self._oldest_first() if row.erased_at is None]

    def latest(self, chat: str | None, limit: int) -> list[SessionRow]:
        return [row for row in reversed(self._oldest_first()) if chat in {None, row.session.chat}][:limit]

    def miss(self, gap: Gap) -> bool:
        key = (gap.session_id, gap.begins_at)
        is_new = key not in self._gaps
        self._gaps.setdefault(key, gap)
        return is_new

    def gaps(self, session_id: str) -> list[Gap]:
        its = [gap for gap in self._gaps.values() if gap.session_id == session_id]
        return sorted(its, key=lambda gap: gap.begins_at)

    def ask(self, session_id: str, question: Asked) -> bool:
        asked = self.questions(session_id)
        if any(question.number == one.number or question.post_id == one.post_id for one in asked):
            return False
        self._questions[session_id, question.number] = question
        return True

    def questions(self, session_id: str) -> list[Asked]:
        its = [one for (where, _), one in self._questions.items() if where == session_id]
        return sorted(its, key=lambda one: one.number)

    def _oldest_first(self) -> list[SessionRow]:
        return sorted(self._rows.values(), key=lambda row: (row.session.starts_at, row.session.id))


class FakeAttendances:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows.attendances

    def add(self, attendance: Attendance) -> bool:
        key = (attendance.member_id, attendance.session_id)
        is_new = key not in self._rows
        known = self._rows.setdefault(key, attendance)
        is_earlier = attendance.first_at < known.first_at
        self._rows[key] = known.model_copy(
            update={
                "first_at": min(known.first_at, attendance.first_at),
                "last_at": max(known.last_at, attendance.last_at),
                "how": attendance.how if is_earlier else known.how,
            }
        )
        return is_new

    def get(self, member_id: str, session_id: str) -> Attendance | None:
        return self._rows.get((member_id, session_id))

    def of_session(self, session_id: str) -> list[Attendance]:
        its = [row for row in self._rows.values() if row.session_id == session_id]
        return sorted(its, key=lambda row: (row.first_at, row.member_id))

    def arrivals(self, session_id: str) -> Iterable[tuple[str, datetime]]:
        return [(one.member_id, one.first_at) for one in self.of_session(session_id)]

    def count(self, member_id: str) -> int:
        return sum(row.member_id == member_id for row in self._rows.values())


class FakeCalls:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows.calls

    def add(self, row: CallRow) -> bool:
        key = (row.platform, row.post_id, row.member_id)
        is_new = key not in self._rows
        self._rows.setdefault(key, row)
        return is_new

    def of(self, member_id: str, session_id: str) -> list[CallRow]:
        its = [row for row in self._rows.values() if (row.member_id, row.session_id) == (member_id, session_id)]
        return sorted(its, key=lambda row: (row.at, row.platform, row.post_id))

    def counts(self, session_id: str) -> dict[str, int]:
        return Counter(row.member_id for row in self._rows.values() if row.session_id == session_id)


class FakeTies:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows.ties

    def get(self, one_id: str, other_id: str) -> Tie | None:
        return self._rows.get((min(one_id, other_id), max(one_id, other_id)))

    def put(self, one_id: str, other_id: str, tie: Tie) -> None:
        self._rows[min(one_id, other_id), max(one_id, other_id)] = tie

    def hand_over(self, old_id: str, new_id: str) -> None:
        known = self.of(new_id)
        for friend_id, tie in self.of(old_id).items():
            if friend_id != new_id:
                self.put(new_id, friend_id, met(known.get(friend_id), tie.weight, tie.at))

    def of(self, member_id: str) -> dict[str, Tie]:
        theirs = [(pair, tie) for pair, tie in self._rows.items() if member_id in pair]
        return {pair[pair[0] == member_id]: tie for pair, tie in theirs}


class FakeDecisions:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows.decisions

    def add(self, row: DecisionRow) -> bool:
        made = row.decision
        outcome = "remind" if isinstance(made, Remind) else "skip"
        key = (row.member_id, row.session_id, outcome, made.shape)
        is_new = key not in self._rows
        self._rows.setdefault(key, row)
        return is_new

    def of(self, member_id: str, session_id: str | None = None) -> list[DecisionRow]:
        in_order = sorted(self._rows.items(), key=lambda item: (item[1].at, item[0]))
        return [row for _, row in in_order if row.member_id == member_id and session_id in {None, row.session_id}]


OTHERS = {ANSWER, *WISHED}


class FakeOutbox:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows.outbox

    def add(self, message: OutboxMessage) -> bool:
        if message.id in self._rows or any(one.key == message.key for one in self._rows.values()):
            return False
        self._rows[message.id] = message
        return True

    def get(self, message_id: str) -> OutboxMessage | None:
        return self._rows.get(message_id)

    def due(self, now: Moment, limit: int) -> list[OutboxMessage]:
        due = [one for one in self.in_state(State.PENDING) if one.not_before <= now]
        return sorted(
            due, key=lambda one: (one.kind != ANSWER, one.expires_at, one.not_before, one.created_at, one.id)
        )[:limit]

    def claim(
        self, state: State, platforms: Collection[Platform], owner: str, now: Moment, until: Moment, limit: int
    ) -> list[OutboxMessage]:
        waiting = [m for m in self.in_state(state) if m.not_before <= now and m.platform in platforms]
        free = [m for m in waiting if m.owner is None or m.lease_until is None or m.lease_until <= now]
        free = sorted(free, key=lambda m: (m.kind != ANSWER, m.expires_at, m.not_before, m.created_at, m.id))[:limit]
        taken = [one.model_copy(update={"owner": owner, "lease_until": until}) for one in free]
        self._rows.update({one.id: one for one in taken})
        return taken

    def free(self, living: Collection[str]) -> int:
        held = [m for m in self._rows.values() if m.state in WAITING and m.owner is not None and m.owner not in living]
        self._rows.update({m.id: m.model_copy(update={"owner": None, "lease_until": None}) for m in held})
        return len(held)

    def in_state(self, state: State) -> list[OutboxMessage]:
        return [one for one in self._oldest_first() if one.state is state]

    def latest(self, limit: int) -> list[OutboxMessage]:
        return self._oldest_first()[::-1][:limit]

    def has_reminder(self, member_id: str, session_id: str) -> bool:
        its = (member_id, session_id)
        return any((one.member_id, one.session_id) == its and one.kind not in OTHERS for one in self._rows.values())

    def reminded(self, session_id: str) -> list[str]:
        said = [one for one in self._rows.values() if one.session_id == session_id and one.state not in UNSAID]
        return sorted({one.member_id for one in said if one.kind not in OTHERS})

    def of_member(self, member_id: str, state: State) -> list[OutboxMessage]:
        return [one for one in self.in_state(state) if one.member_id == member_id]

    def move(self, message: OutboxMessage, then: OutboxMessage) -> bool:
        advance(message.state, then.state)
        if (then.id, then.key) != (message.id, message.key):
            raise ValueError(f"message {message.id} cannot become {then.id}")
        now = self._rows.get(message.id)
        if now is None or (now.state, now.attempts, now.owner) != (
            message.state,
            message.attempts,
            message.owner,
        ):
            return False
        self._rows[message.id] = then
        return True

    def expire(self, now: Moment, reason: str) -> list[OutboxMessage]:
        end = {"state": State.EXPIRED, "reason": reason, "done_at": now}
        stale = [one.model_copy(update=end) for one in self.in_state(State.PENDING) if one.expires_at <= now]
        self._rows.update({one.id: one for one in stale})
        return stale

    def erase(self, session_id: str) -> int:
        finished = [one for one in self._rows.values() if one.session_id == session_id and not STATES[one.state]]
        wordy = [one for one in finished if one.text is not None or one.words]
        for one in wordy:
            self._rows[one.id] = one.model_copy(update={"text": None, "words": {}})
        return len(wordy)

    def is_answered(self, key: str) -> bool:
        return any(one.key == key for one in self._rows.values())

    def latest_answer(self, member_id: str, note: str) -> OutboxMessage | None:
        theirs = [m for m in self._oldest_first() if (m.member_id, m.session_id, m.note) == (member_id, None, note)]
        return theirs[-1] if theirs else None

    def answers_to(self, platform: Platform, account_id: str, since: Moment) -> list[OutboxMessage]:
        theirs = [
            m for m in self._oldest_first() if (m.platform, m.account_id, m.kind) == (platform, account_id, ANSWER)
        ]
        return [one for one in theirs if one.created_at > since]

    def by_receipt(self, platform: Platform, receipt_id: str) -> OutboxMessage | None:
        found = [m for m in self._oldest_first() if (m.platform, m.receipt_id) == (platform, receipt_id)]
        return found[0] if found else None

    def drop(self, message_id: str) -> None:
        self._rows.pop(message_id, None)

    def has_unfinished(self, session_id: str) -> bool:
        return any(one.session_id == session_id and STATES[one.state] for one in self._rows.values())

    def prune(self, before: Moment) -> int:
        over = [one.id for one in self._rows.values() if one.member_id == "" and not STATES[one.state]]
        old = [name for name in over if (done_at := self._rows[name].done_at) is not None and done_at < before]
        for name in old:
            del self._rows[name]
        return len(old)

    def _oldest_first(self) -> list[OutboxMessage]:
        return sorted(self._rows.values(), key=lambda one: (one.created_at, one.id))


class FakeLedger:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def spend(self, account: str, use: str, at: Moment) -> None:
        self._rows.requests[max(self._rows.requests, default=0) + 1] = (account, use, at)

    def spent(self, account: str, use: str, after: Moment) -> list[Moment]:
        return sorted(
            at for who, what, at in self._rows.requests.values() if (who, what) == (account, use) and at > after
        )

    def close(self, account: str, use: str, until: Moment, why: str) -> None:
        self._rows.closings[account, use] = Closing(use=use, until=until, why=why)

    def closings(self, account: str) -> list[Closing]:
        return [one for (who, _), one in sorted(self._rows.closings.items()) if who == account]

    def bill(self, account: str, day: date, kind: str, chat: str, keys: Collection[str], price: int) -> int:
        new = {key for key in keys if (account, day, kind, key) not in self._rows.billed}
        self._rows.billed |= dict.fromkeys((account, day, kind, key) for key in new)
        if new:
            its = (account, day, kind, chat)
            none = CostRow(account=account, day=day, kind=kind, chat=chat, items=0, micros=0)
            known = self._rows.costs.get(its, none)
            sums = {"items": known.items + len(new), "micros": known.micros + len(new) * price}
            self._rows.costs[its] = known.model_copy(update=sums)
        return len(new)

    def owed(self, account: str, since: Moment) -> int:
        return sum(one.micros for one in self.costs(since.date()) if one.account == account)

    def costs(self, since: date) -> list[CostRow]:
        return [row for (_, day, _, _), row in sorted(self._rows.costs.items()) if day >= since]

    def prune(self, before: Moment) -> int:
        old = [number for number, (_, _, at) in self._rows.requests.items() if at < before]
        gone = [name for name in self._rows.billed if name[1] < before.date()]
        for number in old:
            del self._rows.requests[number]
        for name in gone:
            del self._rows.billed[name]
        return len(old) + len(gone)


class FakeLeases:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows.leases

    def take(self, name: str, owner: str, now: Moment, until: Moment) -> bool:
        whose, ends = self._rows.get(name, (owner, now))
        if whose != owner and ends > now:
            return False
        self._rows[name] = (owner, until)
        return True

    def all(self, now: Moment) -> dict[str, str]:
        return {name: owner for name, (owner, until) in sorted(self._rows.items()) if until > now}

    def give(self, names: Collection[str], owner: str) -> None:
        for name in [one for one in names if self._rows.get(one, ("",))[0] == owner]:
            del self._rows[name]

    def time(self) -> Moment | None:
        return None


class FakeAttic:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def prune(self, before: Moment, posts_before: Moment, limit: int) -> int:
        rows, gone = self._rows, 0
        erased = {name: at for name, row in rows.sessions.items() if (at := row.erased_at) is not None}
        for post, (session_id, _) in list(rows.posts.items()):
            is_free = session_id is None or session_id not in rows.sessions or session_id in erased
            if is_free and rows.posted[post] < posts_before and gone < limit:
                del rows.posts[post]
                gone += 1
        known = {name for _, name in rows.posts}
        _drop(rows.uris, lambda post_id: post_id not in known)
        for name, one in list(rows.outbox.items()):
            is_over = one.session_id is None and not STATES[one.state] and one.created_at < before
            if is_over and gone < limit:
                del rows.outbox[name]
                gone += 1
        for session_id in sorted((one for one in erased if erased[one] < before), key=lambda one: erased[one]):
            gone += self._session(session_id, limit - gone)
        return gone

    def _session(self, session_id: str, limit: int) -> int:
        rows, gone = self._rows, 0
        named: list[tuple[dict[Any, Any], Callable[[Any, Any], str | None]]] = [
            (rows.posts, lambda _, row: row[0]),
            (rows.questions, lambda key, _: key[0]),
            *(
                (shelf, lambda _, row: row.session_id)
                for shelf in (rows.gaps, rows.readings, rows.calls, rows.decisions, rows.outbox, rows.attendances)
            ),
        ]
        for shelf, of in named:
            for key in [key for key, row in shelf.items() if of(key, row) == session_id][: limit - gone]:
                del shelf[key]
                gone += 1
        if gone < limit:
            del rows.sessions[session_id]
            for name in [one for one in rows.cursors if one.endswith(f"/{session_id}")]:
                del rows.cursors[name]
            gone += 1
        return gone


class FakeUnitOfWork:
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

    def __init__(self, storage: "FakeStorage") -> None:
        self._storage = storage
        self._rows = self._rows_before = Rows()

    def __enter__(self) -> Self:
        if not self._storage.turn.acquire(timeout=1):
            raise Transient("the storage is in use: is a unit of work opened inside another one?")
        rows = self._rows = self._storage.rows.copy()
        self._rows_before = self._storage.rows
        self.posts, self.cursors, self.members = FakePosts(rows), FakeCursors(rows), FakeMembers(rows)
        self.sessions, self.attendances, self.calls = FakeSessions(rows), FakeAttendances(rows), FakeCalls(rows)
        self.ties = FakeTies(rows)
        self.decisions, self.outbox, self.ledger = FakeDecisions(rows), FakeOutbox(rows), FakeLedger(rows)
        self.links, self.changes, self.tallies = FakeLinks(rows), FakeChanges(rows), FakeTallies(rows)
        self.attic = FakeAttic(rows)
        self.leases = FakeLeases(rows)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        is_written = error is None and not self._storage.is_full
        if is_written:
            self._storage.rows = self._rows
        self._storage.turn.release()
        if error is None and not is_written and self._rows != self._rows_before:
            raise Transient("the disk is full")


class FakeStorage:
    """Keeps everything in dicts. A unit of work writes to a copy, which replaces `rows` when it ends well.

    While it `is_full` nothing can be written, and what was read is as it was.
    """

    def __init__(self) -> None:
        self.rows = Rows()
        self.turn = Lock()
        self.is_full = False

    def aside(self) -> "FakeUnitOfWork":
        return self.work()

    def work(self) -> FakeUnitOfWork:
        return FakeUnitOfWork(self)

    def close(self) -> None:
        """Nothing is open."""
