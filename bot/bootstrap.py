"""The composition root: the one place that sees settings, adapters and use cases, and puts them together."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from adapters.clock import StageClock, SystemClock, Ticker, wait
from adapters.mastodon import MastodonAccount
from adapters.mastodon import connect as connect_mastodon
from adapters.storage import SqlStorage, open_storage
from adapters.twitter import XAccount
from bot.accounts import x_account
from bot.app.compose import Compose
from bot.app.converse import Converse
from bot.app.decide import Decide
from bot.app.dispatch import BATCH, Dispatch
from bot.app.errors import Misconfigured, Transient
from bot.app.grant import Grant
from bot.app.ingest import Ingest
from bot.app.journal import Journal, SourceChanged
from bot.app.listen import Listen
from bot.app.ports import Lookup, Witness
from bot.app.programme import Programme
from bot.app.prune import Prune
from bot.app.rest import Rest
from bot.app.settle import Settle
from bot.app.till import tidy
from bot.domain.model import Person, Platform
from bot.domain.recognise import Recogniser
from bot.domain.understanding import Understanding
from bot.domain.wording import Wording
from bot.together import DECIDE, SETTLE, Together
from config import catalogue
from config.settings import MastodonSection, Settings, chats_of

DELIVER_EVERY: Final = 5.0
SETTLE_EVERY: Final = 60.0
"""Seconds between two looks at the outbox, and at sessions that may be settled."""

FEW: Final = 5
"""Messages that one of several processes takes in hand at a time, so that the others get some."""

log = logging.getLogger("missed")
AnyClock = SystemClock | StageClock


def steady(job: Callable[[datetime], object]) -> Callable[[datetime], None]:
    """Make a job survive its own failures: what is not done now is still due at the next tick."""

    def tick(now: datetime) -> None:
        try:
            job(now)
        except (Transient, Misconfigured) as error:
            log.warning("%s; trying again", error)
        except Exception:  # one bad row must not end the watch; the traceback names it
            log.exception("a tick failed; the next one tries again")

    return tick


class Bot:
    """The running parts of one process, which has claimed its storage, or shares it with other processes."""

    def __init__(
        self,
        listen: Listen,
        decide: Decide,
        grant: Grant,
        dispatch: Dispatch,
        settle: Callable[[datetime], None],
        together: Together | None = None,
    ) -> None:
        self._listen = listen
        self._decide = decide
        self._grant = grant
        self._dispatch = dispatch
        self._settle_all = settle
        self._together = together
        self._stop = threading.Event()

    def cycle(self, now: datetime) -> bool:
        """Do everything once, in order, or this process's share of it; False where the platform did not answer."""
        if self._together is None:
            self._dispatch.recover(now)
            return self._once(now)
        self._together.tick(now)
        try:
            return self._once(now)
        finally:
            self._together.leave()

    def _once(self, now: datetime) -> bool:
        is_heard = self._listen.tick(now)
        self._look_back(now)
        self.deliver(now)
        self._settle(now)
        return is_heard

    def deliver(self, now: datetime) -> None:
        """Decide, grant what was asked for, then deliver what is due; what is over comes last."""
        if self._decides(now):
            self._decide.tick(now)
            self._grant.tick(now)
        if self._together is None or self._together.is_alive(now):
            self._dispatch.tick(now, is_stopping=self._stop.is_set)
        self._look_back(now)

    def _look_back(self, now: datetime) -> None:
        if self._decides(now):
            self._decide.afterwards(now)

    def _decides(self, now: datetime) -> bool:
        return self._together is None or self._together.holds(DECIDE, now)

    def _settle(self, now: datetime) -> None:
        if self._together is None or self._together.holds(SETTLE, now):
            self._settle_all(now)

    def run(self, clock: AnyClock, every: float, stop: threading.Event) -> None:
        """Go on until `stop` is set; what is being sent then is finished and recorded."""
        self._stop = stop
        ticker = Ticker(clock)
        ticker.every(every, steady(self._listen.tick), "listen")
        ticker.every(min(every, DELIVER_EVERY), steady(self.deliver), "deliver")
        ticker.every(SETTLE_EVERY, steady(self._settle), "settle")
        if self._together is None:
            steady(self._dispatch.recover)(clock.now())
            ticker.run(stop)
        else:
            self._together.run(ticker, stop)
        self._stop = threading.Event()  # whoever goes on by hand, cycle by cycle, has not stopped


def mastodon_section(settings: Settings) -> MastodonSection:
    """Return what is configured of Mastodon.

    Raises:
        Misconfigured: nothing is.
    """
    if settings.mastodon is None:
        raise Misconfigured(
            "no account is configured. Add a [mastodon] table with base_url and set MISSED_MASTODON_TOKEN, or add an "
            "[x] table; the README says how to sign in."
        )
    return settings.mastodon


def mastodon_account(settings: Settings, clock: AnyClock, storage: SqlStorage | None = None) -> MastodonAccount:
    """Return the configured account, not connected yet; with a storage its budget is kept there.

    Raises:
        Misconfigured: none is configured.
    """
    section = mastodon_section(settings)
    if section.token is None:
        raise Misconfigured("mastodon.token: is missing. Set MISSED_MASTODON_TOKEN or MISSED_MASTODON_TOKEN_FILE.")
    return connect_mastodon(section.base_url, section.token.get_secret_value(), clock, storage)


@contextmanager
def storage_of(settings: Settings, *, is_writer: bool = False) -> Iterator[SqlStorage]:
    """Open the database; a writer claims it, so that a second bot on the same file is refused.

    Raises:
        Misconfigured: it cannot be used; the text says why and what to do.
    """
    storage = open_storage(settings.database_url)
    try:
        if is_writer:
            storage.claim()
        yield storage
    finally:
        storage.close()


class Connection(NamedTuple):
    """One configured account: its platform, its address, and where a tag is read there ({tag} stands for it)."""

    platform: Platform
    where: str
    tag_page: str
    account: MastodonAccount | XAccount


def connections(settings: Settings, clock: AnyClock, storage: SqlStorage) -> tuple[Connection, ...]:
    """Return all configured accounts, not connected yet.

    Raises:
        Misconfigured: none is configured, or one is not complete.
    """
    found: list[Connection] = []
    if settings.mastodon is not None or settings.x is None:
        url = mastodon_section(settings).base_url
        account = mastodon_account(settings, clock, storage)
        found.append(Connection(Platform.MASTODON, url, f"{url}/tags/{{tag}}", account))
    if settings.x is not None:
        on_x = x_account(settings, clock, storage)
        found.append(Connection(Platform.X, settings.x.api_url, "https://x.com/hashtag/{tag}", on_x))
    return tuple(found)


def open_patiently(
    those: Sequence[Connection], clock: AnyClock, journal: Journal, stop: threading.Event
) -> tuple[Person, ...]:
    """Connect until one account answers, as often as it takes; the others follow by themselves when they can.

    Return who the bot is; nobody if `stop` came first.

    Raises:
        Misconfigured: a server refuses the token; trying again would not help.
    """
    rests = [Rest() for _ in those]
    while not stop.is_set():
        found: list[Person] = []
        waits: list[datetime] = []
        for one, rest in zip(those, rests, strict=True):
            try:
                found.append(one.account.open())
            except Transient as error:
                waits.append(rest.begin(clock.now(), error.retry_at))
                if not rest.is_about(str(error)):
                    rest.note(str(error))
                    journal(SourceChanged(source=one.where, trouble=str(error), retry_at=waits[-1]))
            else:
                if rest.end():
                    journal(SourceChanged(source=one.where, trouble=""))
        if found:
            return tuple(found)
        wait(stop, (min(waits) - clock.now()).total_seconds() / (clock.speed or 1.0))
    return ()


def compose(
    settings: Settings, storage: SqlStorage, those: Sequence[Connection], clock: AnyClock, journal: Journal
) -> Bot:
    """Put the bot together around its accounts.

    Raises:
        Misconfigured: rules, phrases, messages or chats cannot be used.
    """
    chats = Programme(chats_of(settings))
    with storage.work() as work:
        chats.refresh(work)
    recogniser = Recogniser(catalogue.phrasebooks())
    wording = Wording(catalogue.messages())
    rules = catalogue.rules(settings.rules)
    ingest = Ingest(storage, recogniser, chats, journal)
    understanding = Understanding(catalogue.vocabularies())
    lookups: dict[Platform, Lookup] = {one.platform: one.account.lookup for one in those if one.account.lookup}
    converse = Converse(storage, chats, understanding, settings.quiet, journal, lookups)
    pages = {one.platform: one.tag_page for one in those}
    witnesses: dict[Platform, Witness] = {one.platform: one.account.witness for one in those}
    texts = Compose(storage, wording, chats, lambda platform, tag: pages[platform].format(tag=tag), witnesses)
    settle = Settle(storage, chats)
    prune = Prune(storage, timedelta(days=settings.keep.days), timedelta(days=settings.keep.posts_days))

    def close_books(now: datetime) -> None:
        settle.tick(now)
        prune.tick(now)
        tidy(storage, now)

    names = [one.platform.value for one in those]
    together = Together(storage, chats, names) if storage.is_shared else None
    # Several processes share: each reads what is its own, and takes a few messages in hand at a time.
    mine = {"is_ours": together.holds} if together else {}
    return Bot(
        listen=Listen(
            [one.account.source for one in those], storage, ingest, converse, chats, journal, names=names, **mine
        ),
        decide=Decide(storage, rules, chats, journal),
        grant=Grant(storage, chats, journal),
        dispatch=Dispatch(
            storage,
            clock,
            couriers={one.platform: one.account.courier for one in those},
            witnesses=witnesses,
            compose=texts,
            chats=chats,
            quiet=settings.quiet,
            journal=journal,
            me=together.me if together else "alone",
            at_once=FEW if together else BATCH,
        ),
        settle=close_books,
        together=together,
    )
