"""Statuses come, change and go: https://docs.joinmastodon.org/methods/statuses/."""

from datetime import datetime, timedelta

from sandbox import conversations, feeds, notices
from sandbox.drafts import Draft
from sandbox.model import Account, Status
from sandbox.network import Network
from sandbox.refusal import error
from sandbox.render import normalise_mentions, tags_in

REALTIME_FOR = timedelta(hours=6)
"""A remote status older than this when it arrives reaches the hashtag timeline, but no home feed and nobody's
notifications."""

IDEMPOTENCY_FOR = timedelta(hours=1)


def publish(network: Network, author: Account, draft: Draft, created_at: datetime | None = None) -> Status:
    """Store a status and bring it to everybody concerned.

    ``created_at`` lies in the past for a remote status that federates late: so does its id then.
    """
    now = network.now()
    status = _new_status(network, author, draft, created_at or now)
    _read_text(network, status, author, draft.text)
    _store(network, status)
    if draft.in_reply_to is not None:
        draft.in_reply_to.reply_ids.add(status.id)
    if author.domain is None or status.created_at >= now - REALTIME_FOR:
        feeds.deliver(network, status)
        _tell_mentioned(network, author, status, status.mentioned())
        if status.visibility == "direct":
            conversations.add(network, author, status)
    return status


def remembered(network: Network, author: Account, key: str | None) -> Status | None:
    """Return what the author posted under this idempotency key within the last hour, if the server keeps keys.

    Raises Refusal (404) where that status was deleted since.
    """
    if not key or key not in author.idempotency or not network.dialect.keeps_idempotency_keys:
        return None
    status_id, posted_at = author.idempotency[key]
    if network.now() >= posted_at + IDEMPOTENCY_FOR:
        return None
    if status_id not in network.statuses:
        raise network.dialect.refuse("unknown_status")
    return network.statuses[status_id]


def edit(network: Network, status: Status, text: str, spoiler: str, *, is_sensitive: bool) -> None:
    """Change a status in place: same id, ``edited_at`` set where anything changed; newly mentioned people are told."""
    author = network.accounts[status.account_id]
    before = (status.text, status.spoiler_text, status.is_sensitive)
    told = set(status.mentions)
    for tag in status.tags:
        network.tagged[tag].discard(status.id)
    status.spoiler_text, status.is_sensitive = spoiler, is_sensitive
    _read_text(network, status, author, text)
    for tag in status.tags:
        network.tagged[tag].add(status.id)
    if before != (status.text, status.spoiler_text, status.is_sensitive):
        status.edited_at = network.now()
    _tell_mentioned(network, author, status, [name for name in status.mentioned() if name not in told])


def delete(network: Network, status: Status) -> None:
    """Remove a status, its reblogs, and what anybody was told of it."""
    for reblog_id in list(status.reblogs.values()):
        delete(network, network.statuses[reblog_id])
    del network.statuses[status.id]
    for tag in status.tags:
        network.tagged[tag].discard(status.id)
    if original := network.statuses.get(status.reblog_of_id or ""):
        del original.reblogs[status.account_id]
    if parent := network.statuses.get(status.in_reply_to_id or ""):
        parent.reply_ids.discard(status.id)
    network.accounts[status.account_id].status_ids.discard(status.id)
    for account in network.accounts.values():
        account.home.discard(status.id)
        notices.forget(account, status.id)
        conversations.forget(account, status.id)


def reblog(network: Network, reader: Account, status: Status) -> Status:
    """Return the reader's reblog, the existing one where there is one. Raises Refusal (403) for what is not public."""
    if status.visibility == "direct" or (status.visibility == "private" and status.account_id != reader.id):
        raise error(403, "This action is not allowed")
    if reader.id in status.reblogs:
        return network.statuses[status.reblogs[reader.id]]
    echo = _new_status(network, reader, Draft("", visibility=status.visibility), network.now())
    echo.reblog_of_id = status.id
    status.reblogs[reader.id] = echo.id
    _store(network, echo)
    feeds.deliver(network, echo)
    author = network.accounts[status.account_id]
    if author is not reader:
        notices.notify(network, author, "reblog", reader, status)
    return echo


def favourite(network: Network, reader: Account, status: Status) -> None:
    """Mark a status as liked and tell its author once."""
    author = network.accounts[status.account_id]
    if reader.id not in status.favourited_by:
        status.favourited_by.add(reader.id)
        if author is not reader:
            notices.notify(network, author, "favourite", reader, status)


def _new_status(network: Network, author: Account, draft: Draft, created_at: datetime) -> Status:
    identifier = network.ids.at(created_at)
    parent = draft.in_reply_to
    site = f"https://{network.web_domain(author)}"
    return Status(
        id=identifier,
        account_id=author.id,
        text="",
        visibility=draft.visibility,
        created_at=created_at,
        uri=f"{site}/users/{author.username}/statuses/{identifier}",
        url=f"{site}/@{author.username}/{identifier}",
        conversation_id=parent.conversation_id if parent else identifier,
        language=draft.language,
        spoiler_text=draft.spoiler_text,
        is_sensitive=draft.is_sensitive,
        in_reply_to_id=parent.id if parent else None,
        in_reply_to_account_id=parent.account_id if parent else None,
        application=draft.application,
    )


def _store(network: Network, status: Status) -> None:
    network.statuses[status.id] = status
    network.accounts[status.account_id].status_ids.add(status.id)
    for tag in status.tags:
        network.tagged[tag].add(status.id)


def _read_text(network: Network, status: Status, author: Account, text: str) -> None:
    people: dict[str, bool] = {}

    def spell(username: str, domain: str | None) -> str | None:
        # A bare name means somebody on the author's own server, else here: remote people's scripts post here.
        person = network.find(username, domain or author.domain) or (None if domain else network.find(username))
        if person is not None and _may_mention(network, author, person):
            people[person.id] = True
        return person.acct if person else None

    status.text = normalise_mentions(text, spell)
    status.tags = tags_in(status.text)
    status.mentions = people | {name: False for name in status.mentions if name not in people}


def _may_mention(network: Network, author: Account, person: Account) -> bool:
    if person.id in author.blocking:
        return False
    return network.shows_blocked_mentions or author.id not in person.blocking


def _tell_mentioned(network: Network, author: Account, status: Status, account_ids: list[str]) -> None:
    for account_id in account_ids:
        notices.notify(network, network.accounts[account_id], "mention", author, status)
