"""One evening as a database holds it: who was called, what was decided, what was sent. For any storage."""

from datetime import UTC, datetime, timedelta

from bot.app.shelves import CallRow, DecisionRow, SessionRow, Storage
from bot.domain.attendance import Attendance
from bot.domain.chat import Chat, Session, Slot
from bot.domain.conditions import Conditions
from bot.domain.facts import Facts
from bot.domain.model import Consent, Identity, Member, Person, Platform, Post
from bot.domain.outbox import ANSWER, OutboxMessage, State
from bot.domain.recognise.observations import Asked
from bot.domain.rules import Rule, decide

MINUTE = timedelta(minutes=1)
STARTS = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)  # Thursday the 19th, 20:30, in New York
SESSION = Session(chat="lrnchat", starts_at=STARTS, ends_at=STARTS + 60 * MINUTE)
NEXT_DAY = STARTS + timedelta(days=1)
CHATS = {
    "lrnchat": Chat(
        tag="lrnchat",
        title="#lrnchat",
        slots=(Slot(repeats="FREQ=WEEKLY;BYDAY=TH", time=STARTS.time().replace(hour=20), zone="America/New_York"),),
    )
}
RULE = Rule(name="called while it is on", kind="called", when=Conditions(phase="live", calls_at_least=2))
NORA, SAM, PAT = "0a" * 16, "5a" * 16, "9a" * 16
WORDS = "Where is Nora tonight? We miss her"


def at(minutes: float) -> datetime:
    return STARTS + minutes * MINUTE


def member(member_id: str, handle: str, consent: Consent, *, zone: str = "Europe/Berlin") -> Member:
    name, joined = handle.partition("@")[0], STARTS - 30 * 24 * 60 * MINUTE
    identity = Identity(platform=Platform.MASTODON, account_id=f"of {handle}", handle=handle, name=name.title())
    chats = ("lrnchat",) if consent is not Consent.STOPPED else ()
    return Member(
        id=member_id, consent=consent, identities=(identity,), chats=chats, zone=zone, joined_at=joined,
        last_heard_at=joined,
    )  # fmt: skip


def facts(**changes: object) -> Facts:
    now = {"consent": Consent.LIVE, "is_enrolled": True, "is_bot": False, "is_present": False, "is_held": True}
    more = {"is_observed": True, "is_reminded": False, "phase": "live", "calls": 2, "callers": 2}
    return Facts.model_validate({**now, **more, "minutes_left": 40.25, "questions_left": 3, **changes})


def decided(minutes: float, seen: Facts, member_id: str = NORA, session: Session = SESSION) -> DecisionRow:
    """Decide by the real rules, and keep it."""
    made = decide(seen, [RULE], session, at(minutes))
    kept = seen.model_dump(mode="json")
    return DecisionRow(member_id=member_id, session_id=session.id, decision=made, facts=kept, at=at(minutes))


def call(post_id: str, minutes: float, member_id: str = NORA) -> CallRow:
    return CallRow(
        session_id=SESSION.id, platform=Platform.MASTODON, post_id=post_id, url=f"https://a.example/@ana/{post_id}",
        member_id=member_id, caller_id="acc-ana", caller_name="Ana Secret", kind="where", phrase="where is",
        at=at(minutes),
    )  # fmt: skip


def message(message_id: str, **changes: object) -> OutboxMessage:
    some = OutboxMessage(
        id=message_id * 16, key=message_id, member_id=NORA, platform=Platform.MASTODON, account_id="acc-nora",
        handle="nora@home.example", kind="called", session_id=SESSION.id, not_before=at(23), expires_at=at(55),
        created_at=at(20), state=State.SENT, attempts=1, text="Ana misses you: " + WORDS, done_at=at(23.5),
        receipt_id="r1", receipt_url="https://a.example/@missed/r1",
    )  # fmt: skip
    return some.model_copy(update=changes)


def fill(storage: Storage) -> None:
    """Nora is called twice and reminded; Sam has not confirmed; Pat has left; Ben is nobody's member."""
    ben = Person(platform=Platform.MASTODON, id="acc-ben", handle="ben@a.example", name="Ben")
    with storage.work() as work:
        work.sessions.put(
            SessionRow(session=SESSION, watched_until=at(61), settled_at=at(500), held=True, observed=True, people=14)
        )
        for number in (1, 2, 3):
            asked = Asked(number=number, text=WORDS, post_id=f"q{number}", url="https://a.example/q", at=at(7 * number))
            work.sessions.ask(SESSION.id, asked)
        work.members.put(member(NORA, "nora@home.example", Consent.LIVE))
        work.members.put(member(SAM, "sam@a.example", Consent.ASKED, zone="America/New_York"))
        work.members.put(member(PAT, "pat@far.example", Consent.STOPPED))
        work.posts.add(
            Post(platform=Platform.MASTODON, id="p0", uri="u0", author=ben, text=WORDS, created_at=at(2)), SESSION.id
        )
        for row in (call("p1", 12), call("p2", 19), call("p3", 13, SAM)):
            work.calls.add(row)
        work.decisions.add(decided(12, facts(calls=1, minutes_left=48.0)))
        work.decisions.add(decided(20, facts()))
        work.decisions.add(decided(21, facts(is_reminded=True)))
        work.decisions.add(decided(13, facts(consent=Consent.ASKED, calls=1), SAM))
        work.attendances.add(
            Attendance(member_id=NORA, session_id=SESSION.id, first_at=at(31), last_at=at(58), how="post")
        )
        work.outbox.add(message("b1"))
        work.outbox.add(message("c1", kind=ANSWER, session_id=None, created_at=at(70), note="help", text=None))
        work.outbox.add(
            message("d1", member_id=SAM, handle="sam@a.example", kind=ANSWER, session_id=None, created_at=at(71),
                    state=State.PENDING, done_at=None, reason="not sure whether they have come: timed out")
        )  # fmt: skip
