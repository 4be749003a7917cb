"""The nouns every room shares: platforms, people, posts, members."""

from datetime import UTC, datetime, time
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def as_utc(moment: datetime) -> datetime:
    """Turn an aware time into UTC.

    Raises:
        ValueError: the time is naive. A time without a zone is a guess, and guesses wake people at night.
    """
    if moment.tzinfo is None:
        raise ValueError("a time needs a zone: naive datetimes are refused")
    return moment.astimezone(UTC)


Moment = Annotated[datetime, AfterValidator(as_utc)]
"""An aware time, in UTC once it is inside."""


class Value(BaseModel):
    """A frozen value that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Platform(StrEnum):
    """Where people post. The platform's own words stay inside its adapter."""

    MASTODON = "mastodon"
    X = "x"


class Person(Value):
    """Somebody on a platform, as a post shows them.

    `id` is the platform's opaque text id (never a number, never compared by size); `handle` is `user@host` in
    lower case and without a leading @, so that it can be written to; `name` is what they call themselves.
    `wants_no_bots` says that their profile holds #nobot.
    """

    platform: Platform
    id: str
    handle: str
    name: str = ""
    is_bot: bool = False
    wants_no_bots: bool = False

    @property
    def called(self) -> str:
        """What a friend would call them: the display name, else the first part of the handle."""
        return self.name.strip() or self.handle.partition("@")[0]


class Post(Value):
    """Anything somebody wrote, in plain text.

    `uri` names the post across servers (the same post may carry two ids); `tags` are case-folded and without #;
    `mentions` are the people the platform itself recognised, never found by reading the text.
    """

    platform: Platform
    id: str
    uri: str
    url: str = ""
    author: Person
    text: str
    created_at: Moment
    mentions: tuple[Person, ...] = ()
    tags: tuple[str, ...] = ()
    in_reply_to_id: str | None = None
    in_reply_to_author_id: str | None = None
    is_direct: bool = False
    is_repost: bool = False
    language: str | None = None


class Consent(StrEnum):
    """How far a member has let us in; the transitions are in `bot.domain.consent`."""

    ASKED = "asked"
    LIVE = "live"
    PAUSED = "paused"
    STOPPED = "stopped"
    FORGOTTEN = "forgotten"
    """Never a row: whoever is forgotten has none."""


class Identity(Value):
    """A member's account on one platform, keyed by platform and id; handles change, ids do not.

    `thread_post_id` is the member's own latest message to the bot: an answer in its thread is not filtered
    (docs.joinmastodon.org/entities/NotificationPolicy), and X wants the user to have written first.
    `refused_at`: since when the platform refuses our messages to it for good; a word of theirs clears it.
    """

    platform: Platform
    account_id: str
    handle: str
    name: str = ""
    is_bot: bool = False
    wants_no_bots: bool = False
    thread_post_id: str | None = None
    refused_at: Moment | None = None

    @property
    def called(self) -> str:
        """What a friend would call them."""
        return self.name.strip() or self.handle.partition("@")[0]


class Preferences(Value):
    """What a member asked for. Times of day are by the wall clock of their zone; chats are named by tag.

    `quiet`: from when until when, the same twice for never, None for what the operator set; `is_quiet_lifted`: a
    session inside that time may ring. `heads_up`: so many minutes before a chat's session. `next_for`: chats whose
    next session they want to be reminded of, once. `recap`: chats of which they want to hear afterwards.
    `away_until`: excused until then, or until BACK where it is AWAY_OPEN.
    """

    quiet: tuple[time, time] | None = None
    is_quiet_lifted: bool = False
    is_zone_said: bool = False
    is_language_said: bool = False
    heads_up: dict[str, int] = Field(default_factory=dict)
    next_for: tuple[str, ...] = ()
    recap: tuple[str, ...] = ()
    away_until: Moment | None = None


AWAY_OPEN = datetime(9999, 12, 30, tzinfo=UTC)
"""Away until they say BACK."""


class Member(Value):
    """A person who opted in. `chats` are the tags they opted in to; `zone` is an IANA name."""

    id: str
    consent: Consent
    identities: tuple[Identity, ...]
    chats: tuple[str, ...] = ()
    zone: str = "UTC"
    language: str = "en"
    joined_at: Moment
    last_heard_at: Moment
    preferences: Preferences = Preferences()

    def is_away(self, now: datetime) -> bool:
        """Say whether they are excused at `now`."""
        return self.preferences.away_until is not None and now < self.preferences.away_until

    def identity(self, platform: Platform) -> Identity | None:
        """Return the member's account on that platform, if there is one."""
        return next((one for one in self.identities if one.platform is platform), None)

    def is_person(self, platform: Platform, account_id: str) -> bool:
        """Say whether that account is one of this member's."""
        return any(one.platform is platform and one.account_id == account_id for one in self.identities)
