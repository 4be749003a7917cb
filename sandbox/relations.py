"""Following and blocking (https://docs.joinmastodon.org/methods/accounts/#follow)."""

from sandbox import feeds, notices
from sandbox.model import Account
from sandbox.network import Network
from sandbox.refusal import error


def follow(network: Network, follower: Account, followed: Account) -> None:
    """Follow, or ask to where the other is locked. Raises Refusal (403) across a block or to oneself."""
    if follower is followed or follower.id in followed.blocking or followed.id in follower.blocking:
        raise error(403, "This action is not allowed")
    if followed.id in follower.following or follower.id in followed.requested_by:
        return
    if followed.is_locked:
        followed.requested_by[follower.id] = network.now()
        notices.notify(network, followed, "follow_request", follower)
        return
    _connect(network, follower, followed)
    notices.notify(network, followed, "follow", follower)


def unfollow(follower: Account, followed: Account) -> None:
    """Stop following, or withdraw the request."""
    followed.requested_by.pop(follower.id, None)
    if follower.following.pop(followed.id, None) is not None:
        del followed.followers[follower.id]
        feeds.unmerge(followed, follower)


def authorize(network: Network, followed: Account, follower: Account) -> None:
    """Accept a follow request."""
    del followed.requested_by[follower.id]
    _connect(network, follower, followed)


def block(blocker: Account, blocked: Account) -> None:
    """Block: both stop following each other, and what the other sent is gone."""
    unfollow(blocker, blocked)
    unfollow(blocked, blocker)
    blocker.blocking.add(blocked.id)
    blocker.home -= blocked.status_ids
    blocker.notifications = [item for item in blocker.notifications if item.sender_id != blocked.id]
    blocker.requests.pop(blocked.id, None)


def _connect(network: Network, follower: Account, followed: Account) -> None:
    follower.following[followed.id] = followed.followers[follower.id] = network.now()
    feeds.merge(network, followed, follower)
