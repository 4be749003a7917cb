"""What the use cases need from the world.

Each docstring is the contract; `tests/contract` holds every implementation to it.
Times are aware UTC, ids opaque text. Nothing here sleeps: whoever cannot go on says until when.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.model import Moment, Person, Platform, Post, Value
from bot.domain.outbox import OutboxMessage


class Seen(Value):
    """Somebody who was there by then, as a count told: no post of theirs was read."""

    person: Person
    at: Moment


class Page(Value):
    """Some posts, oldest first, and where to go on. `skipped` are ids of posts that could not be read.

    `cursor` stands behind the newest post of the page, also where it was skipped; None leaves it where it was.
    `has_more` says that another page may follow at once.
    """

    posts: tuple[Post, ...] = ()
    cursor: str | None = None
    skipped: tuple[str, ...] = ()
    has_more: bool = False
    seen: tuple[Seen, ...] = ()


class Watch(Value):
    """One chat that is read just now, from `since` on.

    `until` is when the session ends; `hosts` are handles; `people` the accounts of its members, whom a post may
    mention without the tag: nobody once it is over. `roll` are the same accounts, for as long as it is read at all.
    """

    tag: str
    since: Moment
    until: Moment
    hosts: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    roll: tuple[Person, ...] = ()


Known = Callable[[Platform, str], Person | None]
"""Returns the member with an account of that id on a platform, as last known; None where nobody has it."""


class Source(Protocol):
    """Reads one account's platform. Raises Transient where it cannot just now; never skips a post silently."""

    @property
    def name(self) -> str:
        """Name the account in rows and logs, for instance `mastodon:missed@example.social`."""
        ...

    @property
    def me(self) -> Person:
        """Return the bot's own account."""
        ...

    @property
    def brings_late(self) -> bool:
        """Say whether posts come to light behind a cursor long after they were written, as federated ones do."""
        ...

    def watching(self, watches: Sequence[Watch], member: Known) -> None:
        """Hear before the readings of one tick what will be read, so that one request may bring all of it.

        `member` knows members' accounts: nobody has to be asked for their names.
        """
        ...

    def inbox(self, cursor: str | None, since: Moment) -> Page:
        """Read what mentions the bot, direct messages included, after the cursor; from `since` where there is none."""
        ...

    def chat(self, tag: str, cursor: str | None, since: Moment) -> Page:
        """Read the tag's posts after the cursor; everything from `since` on where there is none.

        A source may add posts without the tag that mention a member whom `watching` named for it.
        """
        ...

    def threads(self, post_ids: Sequence[str]) -> Page:
        """Read the answers in the threads of those posts, tagged or not. Needs no cursor: threads are short."""
        ...


class Witness(Protocol):
    """Looks a second time, just before sending."""

    def latest_posts(self, account_id: str, since: Moment) -> tuple[Post, ...]:
        """Return the account's own public posts since then, replies included.

        Raises:
            Transient: nobody can tell just now.
        """
        ...


class Lookup(Protocol):
    """Looks whether a message is still there: who takes their START back has not opted in."""

    def is_gone(self, post_id: str) -> bool:
        """Say whether its author has deleted that message.

        Raises:
            Transient: nobody can tell just now.
        """
        ...


class Receipt(Value):
    """The platform's proof that it holds the message for the recipient."""

    id: str
    url: str = ""
    at: Moment


class Courier(Protocol):
    """Sends one direct message to one person."""

    def room_for(self, handle: str) -> int:
        """Return how many characters a message to that person may have."""
        ...

    def send(self, message: OutboxMessage, text: str) -> Receipt:
        """Send it in the thread of `message.in_reply_to_id`, to `message.account_id` and nobody else.

        Raises:
            Transient: it was certainly not sent and may be tried again at `retry_at`.
            Permanent: it can never reach that person.
            Uncertain: it may have been sent.
        """
        ...

    def find(self, message: OutboxMessage) -> Receipt | None:
        """Read back whether the platform holds the message (its `text`, its recipient, since its attempt).

        None is proof of absence.

        Raises:
            Transient: could not look just now.
            Uncertain: looked, and the platform cannot prove that it is not there.
        """
        ...


class Clock(Protocol):
    """The time."""

    def now(self) -> datetime:
        """Return the current time, aware, in UTC."""
        ...
