"""What a full database costs: one poll, one decision, one claim, with little and with much kept, as JSON.

A database is filled with observations (posts, visits, calls, decisions, messages sent) of many chats; a tenth as many
people are members. Tonight's chat has always 100 members. Then the use cases do new work on it: read a page of 40 posts
with two calls, read nothing new, weigh who was called, claim and record a message, look whether anything is due, and
settle. Each size is measured in a process of its own, as the median of many rounds, in the processor's time; beside
it the floor: an empty transaction on that database. The goal: at most 1.5 times slower at the largest size.

Run: python -m benchmarks.growth
"""

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any, Final

from sqlalchemy import create_engine, insert

from adapters.storage import SqlStorage, open_storage, tables
from bot.app.converse import Converse
from bot.app.decide import Decide
from bot.app.ingest import Ingest
from bot.app.journal import silence
from bot.app.listen import Listen
from bot.app.past import Past
from bot.app.ports import Known, Page, Watch
from bot.app.programme import Programme
from bot.app.settle import Settle
from bot.app.shelves import SessionRow
from bot.domain.chat import Chat, Session, Slot, sessions_between
from bot.domain.model import Consent, Identity, Member, Person, Platform, Post
from bot.domain.outbox import OutboxMessage, State
from bot.domain.policy import QuietHours
from bot.domain.recognise import Recogniser
from bot.domain.understanding import Understanding
from config import catalogue

SIZES: Final = (1_000, 30_000, 1_000_000)
SLOWER_AT_MOST: Final = 1.5
ROUNDS: Final = 60
TONIGHT: Final = 100
NOW: Final = datetime(2026, 11, 20, 1, 50, tzinfo=UTC)
CHAT: Final = Chat(
    tag="lrnchat",
    title="t",
    slots=(Slot(repeats="FREQ=WEEKLY;BYDAY=TH", time=time(20, 30), zone="America/New_York"),),
)
SESSION: Final = sessions_between(CHAT, NOW, NOW + timedelta(minutes=1))[0]
PAST_CHATS: Final = 50
VISITS_EACH: Final = 5


def fill(path: Path, observations: int) -> None:
    """Make a database with so many observations."""
    storage = open_storage(f"sqlite:///{path}")
    with storage.work() as work:
        for number in range(TONIGHT):
            work.members.put(_member(number))
        work.sessions.put(SessionRow(session=SESSION, watched_until=NOW))
    storage.close()
    engine = create_engine(f"sqlite:///{path}")
    members = max(1, observations // 10)
    with engine.begin() as connection:
        connection.execute(insert(tables.sessions), [_session(number) for number in range(observations // 100 + 1)])
        for table, row in (
            (tables.members, _other),
            (tables.identities, _account),
            (tables.enrolments, _enrolment),
        ):
            connection.execute(insert(table), [row(number) for number in range(members)])
        for table, kept, share in (
            (tables.posts, _post, 0.4),
            (tables.attendances, _visit, 0.3),
            (tables.calls, _call, 0.1),
            (tables.decisions, _decision, 0.1),
            (tables.outbox, _sent, 0.1),
        ):
            rows = [kept(number, members) for number in range(int(observations * share))]
            connection.execute(insert(table), rows)
    engine.dispose()


def _at(number: int) -> datetime:
    return NOW - timedelta(minutes=100 + number)


def _past(number: int) -> Session:
    starts_at = NOW - timedelta(days=30 + number // PAST_CHATS * 7)
    return Session(chat=f"past{number % PAST_CHATS}", starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))


def _session(number: int) -> dict[str, Any]:
    one = _past(number)
    at = one.ends_at + timedelta(days=1)
    row = SessionRow(session=one, settled_at=at, erased_at=at, held=True, observed=True, sweeps=3, people=9)
    return {"id": one.id, **one.model_dump(), **row.model_dump(exclude={"session"})}


def _member(number: int) -> Member:
    account = Identity(
        platform=Platform.MASTODON, account_id=f"a{number}", handle=f"sam{number}@x.example", name=f"Sam{number} Quill"
    )
    return Member(
        id=f"tonight{number}",
        consent=Consent.LIVE,
        identities=(account,),
        chats=(CHAT.tag,),
        zone="UTC",
        joined_at=NOW - timedelta(days=900),
        last_heard_at=NOW,
    )


def _other(number: int) -> dict[str, Any]:
    at = {"joined_at": _at(number), "last_heard_at": _at(number)}
    return {"id": f"m{number}", "consent": "live", "zone": "UTC", "language": "en", "preferences": {}, **at}


def _account(number: int) -> dict[str, Any]:
    names = {"handle": f"m{number}@x.example", "name": f"Person {number}"}
    flags = {"is_bot": False, "wants_no_bots": False, "thread_post_id": None}
    return (
        {"platform": "mastodon", "account_id": f"m{number}", "member_id": f"m{number}", "position": 0} | names | flags
    )


def _enrolment(number: int) -> dict[str, Any]:
    return {"member_id": f"m{number}", "chat": f"past{number % PAST_CHATS}", "position": 0}


def _post(number: int, _members: int) -> dict[str, Any]:
    key = {"platform": "mastodon", "id": f"p{number}", "uri_hash": f"{number * 2654435761 % 2**32:064x}"}
    return {**key, "session_id": _past(number // 100).id, "created_at": _at(number)}


def _visit(number: int, members: int) -> dict[str, Any]:
    member, place = number % members, number // members
    session = _past(member % PAST_CHATS + place * PAST_CHATS)
    at = {"first_at": session.starts_at, "last_at": session.ends_at}
    return {"member_id": f"m{member}", "session_id": session.id, "how": "post", **at}


def _call(number: int, members: int) -> dict[str, Any]:
    whom = {"member_id": f"m{number % members}", "session_id": _past(number // 100).id}
    what = {"kind": "missed", "phrase": "you are missed", "url": "", "at": _at(number)}
    return {"platform": "mastodon", "post_id": f"p{number}", **whom, **what}


def _decision(number: int, members: int) -> dict[str, Any]:
    about = {"member_id": f"m{number % members}", "session_id": f"{_past(number // 100).id}"}
    what = {"outcome": "skip", "reason": f"no rule applies {number}", "decision": {"reason": "no rule applies"}}
    return {**about, **what, "facts": {"calls": 1}, "at": _at(number)}


def _sent(number: int, members: int) -> dict[str, Any]:
    return _message(f"o{number}", State.SENT, f"m{number % members}", _past(number // 100).id, _at(number)).model_dump()


def _message(name: str, state: State, member_id: str, session_id: str, at: datetime) -> OutboxMessage:
    return OutboxMessage(
        id=name,
        key=name,
        member_id=member_id,
        platform=Platform.MASTODON,
        account_id=member_id,
        handle=f"{member_id}@x.example",
        kind="called",
        state=state,
        session_id=session_id,
        not_before=at,
        expires_at=at + timedelta(hours=1),
        created_at=at,
    )


def _page(number: int) -> Page:
    people = [Person(platform=Platform.MASTODON, id=f"w{n}", handle=f"w{n}@x.example", name="W") for n in range(9)]
    texts = ["@sam7 you are missed", "where is @sam8 tonight?"] + ["I try it with one class first, then with two"] * 38
    posts = []
    for place, text in enumerate(texts):
        whom = [n for n in (7, 8) if f"@sam{n} " in text]
        mentions = tuple(
            Person(platform=Platform.MASTODON, id=f"a{n}", handle=f"sam{n}@x.example", name=f"Sam{n} Quill")
            for n in whom
        )
        key = f"new{number}-{place}"
        posts.append(
            Post(
                platform=Platform.MASTODON,
                id=key,
                uri=f"https://x.example/{key}",
                url=f"https://x.example/{key}",
                author=people[place % 9],
                text=text,
                created_at=NOW,
                tags=(CHAT.tag,),
                mentions=mentions,
            )
        )
    return Page(posts=tuple(posts), cursor=str(number))


class Stream:
    """A source whose pages are made here; the inbox and the threads are empty."""

    name = "mastodon:bench@x.example"
    me = Person(platform=Platform.MASTODON, id="us", handle="bench@x.example", is_bot=True)
    brings_late = False

    def __init__(self) -> None:
        self.page = Page(cursor="1")

    def watching(self, watches: Sequence[Watch], member: Known) -> None:
        """Nothing is asked for at once."""

    def inbox(self, _cursor: str | None, _since: datetime) -> Page:
        """Bring nothing."""
        return Page(cursor="1")

    def chat(self, _tag: str, _cursor: str | None, _since: datetime) -> Page:
        """Bring the page that was laid ready."""
        return self.page

    def threads(self, _post_ids: Sequence[str]) -> Page:
        """Bring nothing."""
        return Page()


def work_of(storage: SqlStorage) -> dict[str, Callable[[], object]]:
    """Return what is done again and again while a session is on, by name; the first is the floor."""
    chats = Programme({CHAT.tag: CHAT})
    stream = Stream()
    ingest = Ingest(storage, Recogniser(catalogue.phrasebooks()), chats, silence)
    converse = Converse(storage, chats, Understanding(catalogue.vocabularies()), QuietHours(), silence)
    listen = Listen([stream], storage, ingest, converse, chats, silence)
    settle = Settle(storage, chats)
    rounds = iter(range(10_000))

    def nothing() -> None:
        with storage.work() as work:
            work.cursors.set("floor", "1")

    def poll(page: Page) -> None:
        stream.page = page
        listen.tick(NOW)

    rules = catalogue.rules()

    return {
        "floor": nothing,
        "poll with 40 posts": lambda: poll(_page(next(rounds))),
        "poll with nothing": lambda: poll(Page(cursor="1")),
        "decide": lambda: Decide(storage, rules, chats, silence).tick(NOW),
        "claim and record": lambda: _claim(storage, next(rounds)),
        "nothing due": lambda: _look(storage),
        "settle": lambda: settle.tick(NOW),
    }


def measure(path: Path) -> dict[str, Any]:
    """Do new work on a database, again and again."""
    storage = open_storage(f"sqlite:///{path}")
    found: dict[str, Any] = {}
    for name, job in work_of(storage).items():
        job()
        found[name] = _timed(job)
    found["megabytes"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    storage.close()
    return found


def _timed(job: Callable[[], object]) -> dict[str, float]:
    cpu, wall = [], []
    for _ in range(ROUNDS):
        begin, spent = perf_counter(), process_time()
        job()
        cpu.append(process_time() - spent)
        wall.append(perf_counter() - begin)
    return {"cpu_ms": round(median(cpu) * 1000, 3), "wall_ms": round(median(wall) * 1000, 3)}


def _claim(storage: SqlStorage, number: int) -> None:
    """Take a message from the outbox to its end, as dispatch has it: claimed, sending, sent."""
    with storage.work() as work:
        work.outbox.add(_message(f"new{number}", State.PENDING, "tonight7", SESSION.id, NOW))
    with storage.work() as work:
        (due,) = work.outbox.claim(State.PENDING, [Platform.MASTODON], "bench", NOW, NOW + timedelta(minutes=2), 50)
    steps = (State.SENDING, State.SENT)
    for state in steps:
        with storage.work() as work:
            then = due.model_copy(update={"state": state, "attempts": 1, "receipt_id": str(number)})
            work.outbox.move(due, then)
        due = then


def _look(storage: SqlStorage) -> None:
    with storage.work() as work:
        work.outbox.expire(NOW, "")
        work.outbox.in_state(State.SENDING)
        work.outbox.in_state(State.UNCERTAIN)
        work.outbox.due(NOW, 50)


def crowd(path: Path, members: int) -> dict[str, float]:
    """Read the past of one chat with so many members, who came to five of its sessions each."""
    storage = open_storage(f"sqlite:///{path}")
    weeks = [
        Session(chat=CHAT.tag, starts_at=at, ends_at=at + timedelta(hours=1))
        for at in (SESSION.starts_at - timedelta(weeks=week) for week in range(1, 101))
    ]
    with storage.work() as work:
        for one in weeks:
            work.sessions.put(SessionRow(session=one, settled_at=NOW, erased_at=NOW, held=True, observed=True))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        for place in range(VISITS_EACH):
            one = weeks[place * 20]
            at = {"first_at": one.starts_at + timedelta(minutes=7), "last_at": one.ends_at, "how": "post"}
            rows = [{"member_id": f"m{number}", "session_id": one.id, **at} for number in range(members)]
            connection.execute(insert(tables.attendances), rows)
    engine.dispose()
    begin, spent = perf_counter(), process_time()
    with storage.work() as work:
        Past(work, CHAT, SESSION)
    cpu, wall = process_time() - spent, perf_counter() - begin
    storage.close()
    visits = members * VISITS_EACH
    return {
        "members": members,
        "visits": visits,
        "cpu_seconds": round(cpu, 2),
        "wall_seconds": round(wall, 2),
        "microseconds_a_visit": round(cpu / visits * 1e6, 2),
        "megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }


def main() -> None:
    """Measure every size; end with 1 where the largest is too slow."""
    if len(sys.argv) > 1:
        what, path, size = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
        if what == "fill":
            fill(path, size)
        else:
            print(json.dumps(measure(path) if what == "measure" else crowd(path, size)))
        return
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for size in SIZES:
            path = Path(folder) / f"{size}.db"
            _apart("fill", path, size)
            found.append({"observations": size, "members": size // 10 + TONIGHT, **_apart("measure", path, size)})
        past = _apart("crowd", Path(folder) / "crowd.db", 100_000)
    slower = slow_down(found[0], found[-1])
    is_met = max(slower.values()) <= SLOWER_AT_MOST
    print(json.dumps({"growth": {"runs": found, "slower": slower, "one_chat": past, "goal_met": is_met}}, indent=2))
    if not is_met:
        raise SystemExit(1)


def slow_down(smallest: dict[str, Any], largest: dict[str, Any]) -> dict[str, float]:
    """Return by how much each kind of work is slower on the largest database, in the processor's time; 1 is not."""
    timed = [name for name, one in smallest.items() if isinstance(one, dict)]
    return {name: round(largest[name]["cpu_ms"] / smallest[name]["cpu_ms"], 2) for name in timed}


def _apart(what: str, path: Path, size: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.growth", what, str(path), str(size)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(ran.stdout or "{}")
    return told


if __name__ == "__main__":
    main()
