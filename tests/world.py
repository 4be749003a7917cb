"""A platform in memory, for use cases: what stands in for servers and people (storage is in tests/fakes.py)."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta

from bot.app.compose import Compose
from bot.app.converse import Converse
from bot.app.decide import Decide
from bot.app.dispatch import Dispatch
from bot.app.errors import Transient
from bot.app.grant import Grant
from bot.app.ingest import Ingest
from bot.app.journal import Event
from bot.app.listen import Listen
from bot.app.ports import Known, Lookup, Page, Receipt, Watch, Witness
from bot.app.programme import Programme
from bot.app.settle import Settle
from bot.domain.chat import Chat, Session, Slot, sessions_between
from bot.domain.conditions import Conditions
from bot.domain.model import Consent, Identity, Member, Person, Platform, Post
from bot.domain.outbox import OutboxMessage
from bot.domain.policy import QuietHours
from bot.domain.recognise import Recogniser
from bot.domain.recognise.phrasebook import Phrase, Phrasebook
from bot.domain.rules import Rule
from bot.domain.understanding import Understanding
from bot.domain.wording import Wording
from config import catalogue
from tests.fakes import FakeStorage

START = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
CHAT = Chat(
    tag="lrnchat",
    title="t",
    slots=(Slot(repeats="FREQ=WEEKLY;BYDAY=TH", time=time(20, 30), zone="America/New_York"),),
    hosts=("host@x.example",),
)
SESSION = sessions_between(CHAT, START, START + timedelta(minutes=1))[0]
BOOK = Phrasebook(
    language="en",
    cues=("missed",),
    you=("you",),
    phrases=(Phrase(name="you are missed", kind="missed", says=("{who} are missed",)),),
)
RULES = (
    Rule(
        name="live",
        kind="called",
        when=Conditions(phase="live", calls_at_least=1, minutes_left_at_least=5),
        wait_for_more_minutes=3,
    ),
    Rule(name="after", kind="called", when=Conditions(phase="after", calls_at_least=1)),
)
WORDING = Wording(catalogue.messages())
UNDERSTANDING = Understanding(catalogue.vocabularies())


def at(minutes: float) -> datetime:
    """Return a minute of the session."""
    return START + timedelta(minutes=minutes)


def person(name: str, *, is_bot: bool = False) -> Person:
    return Person(
        platform=Platform.MASTODON, id=f"id-{name}", handle=f"{name}@x.example", name=name.title(), is_bot=is_bot
    )


BOT = person("missed", is_bot=True)
NORA, ANA, BEN, HOST = person("nora"), person("ana"), person("ben"), person("host")


def post(author: Person, text: str, minute: float, **more: object) -> Post:
    """Return a tagged post; mentions are whom the text names with @."""
    words = [word.strip("@!?.,:") for word in text.split() if word.startswith("@")]
    some = Post(
        platform=Platform.MASTODON,
        id=f"{author.handle}-{minute}-{len(text)}",
        uri=f"https://x.example/{author.id}/{minute}/{len(text)}",
        url=f"https://x.example/@{author.id}/{minute}",
        author=author,
        text=text,
        created_at=at(minute),
        tags=("lrnchat",),
        mentions=tuple(BOT if word == "missed" else person(word) for word in words),
    )
    return some.model_copy(update=more)


def direct(author: Person, text: str, minute: float, **more: object) -> Post:
    return post(author, text, minute, tags=(), is_direct=True, mentions=(BOT,), **more)


def member(who: Person = NORA, consent: Consent = Consent.LIVE, **more: object) -> Member:
    one = Identity(
        platform=who.platform,
        account_id=who.id,
        handle=who.handle,
        name=who.name,
        is_bot=who.is_bot,
        thread_post_id="t",
    )
    some = Member(
        id=f"member-{who.name.lower()}",
        consent=consent,
        identities=(one,),
        chats=("lrnchat",),
        zone="America/New_York",
        joined_at=at(-9999),
        last_heard_at=at(-9999),
    )
    return some.model_copy(update=more)


def knowing(*members: Person) -> Known:
    """Return what knows these members' accounts."""
    accounts = {(one.platform, one.id): one for one in members}
    return lambda platform, key: accounts.get((platform, key))


class StillClock:
    def __init__(self) -> None:
        self.time = START

    def now(self) -> datetime:
        return self.time


class FakeSource:
    """A platform's timelines: the tests post into `timeline` and `mail`, pages hold `size` posts.

    What is written for later is not there yet.
    """

    def __init__(self, clock: StillClock) -> None:
        self.clock = clock
        self.timeline: list[Post] = []
        self.mail: list[Post] = []
        self.replies: list[Post] = []
        self.size = 40
        self.trouble: Exception | None = None
        self.asked: list[tuple[str, str | None]] = []
        self.unreadable: tuple[str, ...] = ()
        self.watched: tuple[Watch, ...] = ()
        self.member = knowing()

    name = "mastodon:missed@x.example"
    me: Person = BOT
    brings_late = True

    def watching(self, watches: Sequence[Watch], member: Known) -> None:
        self.watched, self.member = tuple(watches), member

    def inbox(self, cursor: str | None, since: datetime) -> Page:
        return self._page("inbox", [one for one in self.mail if one.created_at >= since], cursor)

    def chat(self, tag: str, cursor: str | None, since: datetime) -> Page:
        known = [one for one in self.timeline if one.created_at >= since and tag in one.tags]
        return self._page("chat", known, cursor)

    def threads(self, post_ids: Sequence[str]) -> Page:
        self.asked.append(("threads", ",".join(post_ids)))
        return Page(posts=tuple(one for one in self.replies if one.in_reply_to_id in post_ids))

    def _page(self, what: str, known: list[Post], cursor: str | None) -> Page:
        self.asked.append((what, cursor))
        if self.trouble is not None:
            raise self.trouble
        known = [one for one in known if one.created_at <= self.clock.now()]
        begin = int(cursor) if cursor else 0
        some = known[begin : begin + self.size]
        more = len(known) > begin + self.size
        skipped, self.unreadable = self.unreadable, ()
        return Page(posts=tuple(some), cursor=str(begin + len(some)) if some else None, skipped=skipped, has_more=more)


class FakeCourier:
    """Keeps what arrives in `sent`. `fails` are raised one by one; with `is_kept` the message arrives all the same."""

    def __init__(self, clock: StillClock) -> None:
        self.clock = clock
        self.sent: list[tuple[str, str, str | None]] = []
        self.fails: list[Exception] = []
        self.is_kept = False
        self.find_fails: list[Exception] = []
        self.room_fails: list[Exception] = []

    def room_for(self, handle: str) -> int:
        if self.room_fails:
            raise self.room_fails.pop(0)
        return 480

    def send(self, message: OutboxMessage, text: str) -> Receipt:
        error = self.fails.pop(0) if self.fails else None
        if error is None or self.is_kept:
            self.sent.append((message.handle, text, message.in_reply_to_id))
        if error is not None:
            raise error
        return self._receipt()

    def find(self, message: OutboxMessage) -> Receipt | None:
        if self.find_fails:
            raise self.find_fails.pop(0)
        return self._receipt() if any(text == message.text for _, text, _ in self.sent) else None

    def _receipt(self) -> Receipt:
        return Receipt(id=f"receipt-{len(self.sent)}", url="https://x.example/r", at=self.clock.now())


class FakeWitness:
    def __init__(self) -> None:
        self.posts: list[Post] = []
        self.trouble: Exception | None = None

    def latest_posts(self, account_id: str, since: datetime) -> tuple[Post, ...]:
        if self.trouble is not None:
            raise self.trouble
        return tuple(one for one in self.posts if one.author.id == account_id and one.created_at >= since)


class FakeLookup:
    """Posts that their authors deleted are in `gone`."""

    def __init__(self) -> None:
        self.gone: set[str] = set()
        self.trouble: Exception | None = None

    def is_gone(self, post_id: str) -> bool:
        if self.trouble is not None:
            raise self.trouble
        return post_id in self.gone


class World:
    """The use cases around fakes, as the composition root puts them together."""

    def __init__(self, chat: Chat = CHAT, quiet: QuietHours | None = None) -> None:
        self.storage = FakeStorage()
        self.clock = StillClock()
        self.source = FakeSource(self.clock)
        self.courier, self.witness = FakeCourier(self.clock), FakeWitness()
        self.lookup = FakeLookup()
        self.events: list[Event] = []
        self.quiet = quiet or QuietHours()
        self.rules: tuple[Rule, ...] = RULES
        self.use(chat)

    def use(self, *those: Chat) -> None:
        """Start anew with other chats, as after a change of the configuration; what is kept stays."""
        chats = self.chats = Programme({chat.tag: chat for chat in those})
        with self.storage.work() as work:
            chats.refresh(work)
        note: Callable[[Event], None] = self.events.append
        self.ingest = Ingest(self.storage, Recogniser([BOOK]), chats, note)
        lookups: dict[Platform, Lookup] = {Platform.MASTODON: self.lookup}
        self.converse = Converse(self.storage, chats, UNDERSTANDING, self.quiet, note, lookups)
        self.listen = Listen([self.source], self.storage, self.ingest, self.converse, chats, note)
        self.decide = Decide(self.storage, self.rules, chats, note)
        self.grant = Grant(self.storage, chats, note)
        witnesses: dict[Platform, Witness] = {Platform.MASTODON: self.witness}
        self.compose = Compose(self.storage, WORDING, chats, lambda _, tag: f"https://x.example/tags/{tag}", witnesses)
        self.dispatch = Dispatch(
            self.storage,
            self.clock,
            couriers={Platform.MASTODON: self.courier},
            witnesses=witnesses,
            compose=self.compose,
            chats=chats,
            quiet=self.quiet,
            journal=note,
        )
        self.settle = Settle(self.storage, chats)

    def join(self, *members: Member) -> None:
        with self.storage.work() as work:
            for one in members:
                work.members.put(one)

    def cycle(self, minute: float) -> None:
        """Do one full cycle at a minute of the session."""
        now = self.clock.time = at(minute)
        self.listen.tick(now)
        self.decide.tick(now)
        self.decide.afterwards(now)
        self.grant.tick(now)
        self.dispatch.tick(now)
        self.settle.tick(now)

    def outbox(self) -> list[OutboxMessage]:
        with self.storage.work() as work:
            return work.outbox.latest(99)

    def ensure(self, session: Session = SESSION) -> None:
        with self.storage.work() as work:
            work.sessions.ensure(session)


DOWN = Transient("x.example does not answer")
