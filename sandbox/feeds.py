"""Who may see a status, and in which timeline it stands (https://docs.joinmastodon.org/methods/timelines/)."""

from collections.abc import Iterable

from sandbox.model import Account, Status
from sandbox.network import Network


def may_see(network: Network, status: Status, viewer: Account | None) -> bool:
    """Return whether the viewer may read the status: as Mastodon's policy, by visibility, mention and block."""
    author = network.accounts[status.account_id]
    if viewer is author:
        return True
    is_mentioned = viewer is not None and viewer.id in status.mentions
    if status.visibility == "direct":
        return is_mentioned
    if status.visibility == "private":
        return is_mentioned or (viewer is not None and author.id in viewer.following)
    return viewer is None or viewer.id not in author.blocking


def deliver(network: Network, status: Status) -> None:
    """Put a status into the home feeds it belongs to, at the moment it arrives.

    Own posts; followed accounts' posts; a direct one only where its author is followed; public ones under a followed
    hashtag. Being mentioned alone does not bring a status home.
    """
    author = network.accounts[status.account_id]
    author.home.add(status.id)
    for reader_id in author.followers:
        reader = network.accounts[reader_id]
        if may_see(network, status, reader) and not _is_kept_from_home(network, status, reader):
            reader.home.add(status.id)
    if status.visibility == "public" and status.reblog_of_id is None:
        for reader in network.accounts.values():
            if reader.followed_tags.intersection(status.tags) and not _concerns_blocked(network, status, reader):
                reader.home.add(status.id)


def merge(network: Network, author: Account, reader: Account) -> None:
    """Bring a newly followed account's posts home, direct ones excepted."""
    for status in _existing(network, author.status_ids):
        if status.visibility != "direct" and not _is_kept_from_home(network, status, reader):
            reader.home.add(status.id)


def unmerge(author: Account, reader: Account) -> None:
    """Take the posts of an account that is no longer followed out of the home feed."""
    reader.home -= author.status_ids


def home(network: Network, reader: Account) -> Iterable[Status]:
    """Return the statuses of the home feed, unsorted."""
    return _existing(network, reader.home)


def tagged(network: Network, tag: str, viewer: Account | None, *, only_local: bool = False) -> Iterable[Status]:
    """Return the public statuses under a hashtag, in any case, that this server shows in its timeline, unsorted."""
    for status in _existing(network, network.tagged.get(tag.lower(), ())):
        author = network.accounts[status.account_id]
        if status.visibility != "public" or (only_local and author.domain is not None):
            continue
        if viewer is not None and (author.id in viewer.blocking or viewer.id in author.blocking):
            continue
        if _shows_reply(network, status):
            yield status


def written_by(network: Network, author: Account, viewer: Account | None) -> Iterable[Status]:
    """Return the statuses of an account that the viewer may see in its list, unsorted; none for who is blocked."""
    if viewer is not None and viewer.id in author.blocking:
        return
    for status in _existing(network, author.status_ids):
        if status.visibility == "direct" and not network.dialect.lists_directs:
            continue
        if may_see(network, status, viewer):
            yield status


def _existing(network: Network, ids: Iterable[str]) -> Iterable[Status]:
    return [network.statuses[identifier] for identifier in ids if identifier in network.statuses]


def _shows_reply(network: Network, status: Status) -> bool:
    if status.in_reply_to_account_id is None or network.dialect.tag_replies == "all":
        return True
    return network.dialect.tag_replies == "own" and status.in_reply_to_account_id == status.account_id


def _is_kept_from_home(network: Network, status: Status, reader: Account) -> bool:
    # A reply comes home only to somebody who follows both sides, is answered, or reads the author's own thread.
    if _concerns_blocked(network, status, reader):
        return True
    answered = status.in_reply_to_account_id
    return answered is not None and answered not in {reader.id, status.account_id, *reader.following}


def _concerns_blocked(network: Network, status: Status, reader: Account) -> bool:
    shown = network.statuses.get(status.reblog_of_id or "", status)
    people = {status.account_id, shown.account_id, *shown.mentioned()}
    is_blocked = reader.id in network.accounts[shown.account_id].blocking
    return is_blocked or not reader.blocking.isdisjoint(people)
