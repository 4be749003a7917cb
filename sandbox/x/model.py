"""What the network holds. Plain records, changed only on the server's event loop; times are aware UTC."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.clock import EPOCH, Now

BEGAN_AT_MS = 1_288_834_974_657
"""Milliseconds since 1970 at which ids begin (docs.x.com/fundamentals/x-ids)."""

_MENTION = re.compile(r"(?<![\w@])@(\w{1,15})")
_TAG = re.compile(r"(?<![\w#])#(\w+)")


@dataclass(eq=False)
class Person:
    """An account. `app` names the developer's app whose tokens it uses, and whose bill it runs up.

    `accepts_messages`: whether somebody may write to it who it never wrote to. `blocks` are ids. `access_level` is what
    X says of its OAuth 1.0a keys; only the last part of it lets direct messages through.
    """

    id: str
    username: str
    name: str
    app: str
    token: str
    secrets: dict[str, str]
    description: str = ""
    accepts_messages: bool = True
    is_suspended: bool = False
    blocks: set[str] = field(default_factory=set)
    access_level: str = "read-write-directmessages"

    @property
    def acct(self) -> str:
        """The user name, as faults name accounts."""
        return self.username


@dataclass(eq=False)
class Tweet:
    """A post. `versions` are the ids of its edit history, the first one first; an edit is a post of its own."""

    id: str
    author_id: str
    text: str
    created_at: datetime
    conversation_id: str
    versions: list[str]
    indexed_at: datetime
    lang: str = "en"
    replied_to: str | None = None
    in_reply_to_user_id: str | None = None
    retweeted: str | None = None
    is_withheld: bool = False
    mentions: dict[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()


@dataclass(eq=False)
class DirectEvent:
    """One direct message between two people."""

    id: str
    conversation_id: str
    sender_id: str
    recipient_id: str
    text: str
    created_at: datetime


class Ids:
    """Hands out ids that grow with time: milliseconds above 22 bits, each only once."""

    def __init__(self) -> None:
        self._last = 0

    def at(self, moment: datetime) -> str:
        """Return a new id for that time."""
        self._last = max(first_id(moment), self._last + 1)
        return str(self._last)


def first_id(moment: datetime) -> int:
    """Return the smallest id of a time."""
    return max(0, (moment - EPOCH) // timedelta(milliseconds=1) - BEGAN_AT_MS) << 22


def id_time(key: str) -> datetime:
    """Return when an id was handed out."""
    return EPOCH + timedelta(milliseconds=(int(key) >> 22) + BEGAN_AT_MS)


@dataclass
class Network:
    """The state. `lag` is how long a new post stays out of search and mentions, as X's index does."""

    now: Now
    lag: timedelta = timedelta(seconds=30)
    ids: Ids = field(default_factory=Ids)
    people: dict[str, Person] = field(default_factory=dict)
    tweets: dict[str, Tweet] = field(default_factory=dict)
    events: list[DirectEvent] = field(default_factory=list)

    def by_name(self, username: str) -> Person | None:
        """Return the account of a user name, in any case."""
        wanted = username.casefold()
        return next((one for one in self.people.values() if one.username.casefold() == wanted), None)

    def publish(self, author: Person, text: str, *, reply_to: str | None = None, lang: str = "en") -> Tweet:
        """Add a post; a reply mentions whom it answers, as X's do."""
        now = self.now()
        key = self.ids.at(now)
        parent = self.tweets.get(reply_to or "")
        names = _MENTION.findall(text)
        if parent is not None and parent.author_id != author.id:
            names.insert(0, self.people[parent.author_id].username)
        found = [person for name in names if (person := self.by_name(name))]
        tweet = Tweet(
            id=key,
            author_id=author.id,
            text=text,
            created_at=now,
            conversation_id=parent.conversation_id if parent else key,
            versions=[key],
            indexed_at=now + self.lag,
            lang=lang,
            replied_to=parent.id if parent else None,
            in_reply_to_user_id=parent.author_id if parent else None,
            mentions={person.id: person.username for person in found},
            tags=tuple(dict.fromkeys(_TAG.findall(text))),
        )
        self.tweets[key] = tweet
        return tweet

    def retweet(self, author: Person, tweet: Tweet) -> Tweet:
        """Add a retweet."""
        passed_on = self.publish(author, f"RT @{self.people[tweet.author_id].username}: {tweet.text}")
        passed_on.retweeted = tweet.id
        return passed_on

    def edit(self, tweet: Tweet, text: str) -> Tweet:
        """Publish a new version; search forgets the earlier one (docs.x.com/x-api/fundamentals/edit-posts)."""
        edited = self.publish(self.people[tweet.author_id], text, reply_to=tweet.replied_to)
        edited.versions = [*tweet.versions, edited.id]
        edited.conversation_id = tweet.conversation_id
        del self.tweets[tweet.id]
        return edited

    def shown(self, keep: Callable[[Tweet], bool]) -> list[Tweet]:
        """Return the posts that are indexed and wanted, the newest first."""
        now = self.now()
        found = [one for one in self.tweets.values() if one.indexed_at <= now and keep(one)]
        return sorted((one for one in found if not self.people[one.author_id].is_suspended), key=_age, reverse=True)

    def write(self, sender: Person, recipient: Person, text: str) -> DirectEvent:
        """Add a direct message."""
        now = self.now()
        event = DirectEvent(
            self.ids.at(now), conversation_of(sender.id, recipient.id), sender.id, recipient.id, text, now
        )
        self.events.append(event)
        return event

    def may_write(self, sender: Person, recipient: Person) -> bool:
        """Say whether X would deliver: they accept messages or wrote first, and do not block."""
        if recipient.is_suspended or sender.id in recipient.blocks:
            return False
        wrote = any(one.sender_id == recipient.id and one.recipient_id == sender.id for one in self.events)
        return recipient.accepts_messages or wrote


def conversation_of(one: str, other: str) -> str:
    """Return the id of the conversation of two people."""
    return "-".join(sorted((one, other), key=int))


def _age(tweet: Tweet) -> int:
    return int(tweet.id)
