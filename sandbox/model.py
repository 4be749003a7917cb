"""What the network holds. Plain records, changed only on the server's event loop; times are aware UTC."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Visibility = Literal["public", "unlisted", "private", "direct"]
VISIBILITIES: tuple[Visibility, ...] = ("public", "unlisted", "private", "direct")

NotificationType = Literal["mention", "follow", "follow_request", "reblog", "favourite"]

POLICY_KEYS = (
    "for_not_following",
    "for_not_followers",
    "for_new_accounts",
    "for_private_mentions",
    "for_limited_accounts",
)
POLICY_VALUES = ("accept", "filter", "drop")


def default_policy() -> dict[str, str]:
    """Return a new account's notification policy.

    Strangers' private mentions and limited accounts are filtered, the rest is accepted
    (https://docs.joinmastodon.org/entities/NotificationPolicy/).
    """
    filtered = {"for_private_mentions", "for_limited_accounts"}
    return {key: "filter" if key in filtered else "accept" for key in POLICY_KEYS}


@dataclass(eq=False)
class Notification:
    """One line of an account's notifications; ``is_filtered`` hides it until its request is accepted."""

    id: str
    type: NotificationType
    sender_id: str
    status_id: str | None
    created_at: datetime
    is_filtered: bool = False


@dataclass(eq=False)
class NotificationRequest:
    """What a stranger sent, waiting for a decision (https://docs.joinmastodon.org/entities/NotificationRequest/)."""

    id: str
    sender_id: str
    last_status_id: str
    created_at: datetime
    updated_at: datetime


@dataclass(eq=False)
class Conversation:
    """A direct thread as one participant sees it; ``others`` are the other participants' ids."""

    id: str
    others: frozenset[str]
    status_ids: list[str] = field(default_factory=list)
    is_unread: bool = False


@dataclass(eq=False)
class Account:
    """An account. Scripts may read it; only the server changes it.

    ``id``: opaque text. ``acct``: ``ana``, or ``pat@far.example`` for a remote one. ``token``: an access token made
    with the account. ``domain``: None for local ones. Relations map the other's id to the time they began.
    ``home``: ids of the statuses in the home feed, filled when a status arrives, as Mastodon does.
    """

    id: str
    username: str
    domain: str | None
    acct: str
    created_at: datetime
    token: str = ""
    display_name: str = ""
    note: str = ""
    is_bot: bool = False
    is_locked: bool = False
    is_unlimited: bool = False
    following: dict[str, datetime] = field(default_factory=dict)
    followers: dict[str, datetime] = field(default_factory=dict)
    requested_by: dict[str, datetime] = field(default_factory=dict)
    blocking: set[str] = field(default_factory=set)
    followed_tags: set[str] = field(default_factory=set)
    status_ids: set[str] = field(default_factory=set)
    home: set[str] = field(default_factory=set)
    policy: dict[str, str] = field(default_factory=default_policy)
    permitted: set[str] = field(default_factory=set)
    notifications: list[Notification] = field(default_factory=list)
    requests: dict[str, NotificationRequest] = field(default_factory=dict)
    conversations: dict[tuple[str, frozenset[str]], Conversation] = field(default_factory=dict)
    idempotency: dict[str, tuple[str, datetime]] = field(default_factory=dict)


@dataclass(eq=False)
class Status:
    """A post or a reblog.

    ``mentions`` maps an account's id to whether the mention is active; one that an edit took out of the text stays,
    silent, so that who was told keeps access. ``tags`` are lower case. ``text`` is as written, with resolved mentions
    spelled by their ``acct``.
    """

    id: str
    account_id: str
    text: str
    visibility: Visibility
    created_at: datetime
    uri: str
    url: str
    conversation_id: str
    language: str = "en"
    spoiler_text: str = ""
    is_sensitive: bool = False
    in_reply_to_id: str | None = None
    in_reply_to_account_id: str | None = None
    reblog_of_id: str | None = None
    application: str | None = None
    edited_at: datetime | None = None
    mentions: dict[str, bool] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    favourited_by: set[str] = field(default_factory=set)
    reblogs: dict[str, str] = field(default_factory=dict)
    reply_ids: set[str] = field(default_factory=set)

    def mentioned(self) -> list[str]:
        """Return the ids of the accounts that the text mentions, in its order."""
        return [account_id for account_id, is_active in self.mentions.items() if is_active]
