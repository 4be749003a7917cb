"""The composition root: the one place that sees settings, adapters and use cases, and puts them together."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from adapters.clock import StageClock, SystemClock, Ticker, wait
from adapters.mastodon import MastodonAccount
from adapters.mastodon import connect as connect_mastodon
from adapters.storage import SqlStorage, open_storage
from bot.app.compose import Compose
from bot.app.converse import Converse
from bot.app.decide import Decide
from bot.app.dispatch import Dispatch
from bot.app.errors import Misconfigured, Transient
from bot.app.grant import Grant
from bot.app.ingest import Ingest
from bot.app.journal import Journal, SourceChanged
from bot.app.listen import Listen
from bot.app.ports import Lookup, Witness
from bot.app.programme import Programme
from bot.app.rest import Rest
from bot.app.settle import Settle
from bot.domain.model import Person, Platform
from bot.domain.recognise import Recogniser
from bot.domain.understanding import Understanding
from bot.domain.wording import Wording
from config import catalogue
from config.settings import MastodonSection, Settings, chats_of

DELIVER_EVERY: Final = 5.0
SETTLE_EVERY: Final = 60.0
"""Seconds between two looks at the outbox, and at sessions that may be settled."""

log = logging.getLogger("missed")
AnyClock = SystemClock | StageClock


class Bot:
    """The running parts of one process, which has claimed its storage."""

    def __init__(self, listen: Listen, decide: Decide, grant: Grant, dispatch: Dispatch, settle: Settle) -> None:
        self._listen = listen
        self._decide = decide
        self._grant = grant
        self._dispatch = dispatch
        self._settle = settle
        self._stop = threading.Event()

    def cycle(self, now: datetime) -> bool:
        """Do everything once, in order; False where the platform did not answer."""
        self._dispatch.recover(now)
        is_heard = self._listen.tick(now)
        self.deliver(now)
        self._settle.tick(now)
        return is_heard

    def deliver(self, now: datetime) -> None:
        """Decide, grant what was asked for, then deliver what is due."""
        self._decide.tick(now)
        self._grant.tick(now)
        self._dispatch.tick(now, is_stopping=self._stop.is_set)

    def run(self, clock: AnyClock, every: float, stop: threading.Event) -> None:
        """Go on until `stop` is set; what is being sent then is finished and recorded."""
        self._stop = stop
        steady(self._dispatch.recover)(clock.now())
        ticker = Ticker(clock)
        ticker.every(every, steady(self._listen.tick), "listen")
        ticker.every(min(every, DELIVER_EVERY), steady(self.deliver), "deliver")
        ticker.every(SETTLE_EVERY, steady(self._settle.tick), "settle")
        ticker.run(stop)
        self._stop = threading.Event()  # whoever goes on by hand, cycle by cycle, has not stopped


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


def mastodon_section(settings: Settings) -> MastodonSection:
    """Return what is configured of Mastodon.

    Raises:
        Misconfigured: nothing is.
    """
    if settings.mastodon is None:
        raise Misconfigured(
            "mastodon: no account is configured. Add a [mastodon] table with base_url, and set MISSED_MASTODON_TOKEN."
        )
    return settings.mastodon


def mastodon_account(settings: Settings, clock: AnyClock) -> MastodonAccount:
    """Return the configured account, not connected yet.

    Raises:
        Misconfigured: none is configured.
    """
    section = mastodon_section(settings)
    if section.token is None:
        raise Misconfigured("mastodon.token: is missing. Set MISSED_MASTODON_TOKEN or MISSED_MASTODON_TOKEN_FILE.")
    return connect_mastodon(section.base_url, section.token.get_secret_value(), clock)


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


def open_patiently(
    account: MastodonAccount, where: str, clock: AnyClock, journal: Journal, stop: threading.Event
) -> Person | None:
    """Connect, as often as it takes; return who the bot is, or None if `stop` came first.

    Raises:
        Misconfigured: the server refuses the token; trying again would not help.
    """
    rest = Rest()
    while not stop.is_set():
        try:
            me = account.open()
        except Transient as error:
            now = clock.now()
            retry_at = rest.begin(now, error.retry_at)
            if not rest.is_about(str(error)):
                rest.note(str(error))
                journal(SourceChanged(source=where, trouble=str(error), retry_at=retry_at))
            wait(stop, (retry_at - now).total_seconds() / (clock.speed or 1.0))
        else:
            if rest.end():
                journal(SourceChanged(source=where, trouble=""))
            return me
    return None


def compose(
    settings: Settings, storage: SqlStorage, account: MastodonAccount, clock: AnyClock, journal: Journal
) -> Bot:
    """Put the bot together around a connected account.

    Raises:
        Misconfigured: rules, phrases, messages or chats cannot be used.
    """
    chats = Programme(chats_of(settings))
    with storage.work() as work:
        chats.refresh(work)
    base_url = mastodon_section(settings).base_url
    recogniser = Recogniser(catalogue.phrasebooks())
    wording = Wording(catalogue.messages())
    rules = catalogue.rules(settings.rules)
    ingest = Ingest(storage, recogniser, chats, journal)
    understanding = Understanding(catalogue.vocabularies())
    lookups: dict[Platform, Lookup] = {Platform.MASTODON: account.witness}
    converse = Converse(storage, chats, understanding, settings.quiet, journal, lookups)
    witnesses: dict[Platform, Witness] = {Platform.MASTODON: account.witness}
    texts = Compose(storage, wording, chats, lambda _platform, tag: f"{base_url}/tags/{tag}", witnesses)
    return Bot(
        listen=Listen(account.source, storage, ingest, converse, chats, journal),
        decide=Decide(storage, rules, chats, journal),
        grant=Grant(storage, chats, journal),
        dispatch=Dispatch(
            storage,
            clock,
            couriers={Platform.MASTODON: account.courier},
            witnesses=witnesses,
            compose=texts,
            chats=chats,
            quiet=settings.quiet,
            journal=journal,
        ),
        settle=Settle(storage, chats),
    )
