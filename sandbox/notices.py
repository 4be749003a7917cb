"""Who is told of what, and what a recipient's policy does with strangers.

https://docs.joinmastodon.org/methods/notifications/#policy: a private mention from somebody the recipient does not
follow is filtered, unless the recipient accepted the sender before, or the message replies in a thread that holds the
recipient's own private message to the sender.
"""

from datetime import timedelta

from sandbox import conversations
from sandbox.model import Account, Notification, NotificationRequest, NotificationType, Status
from sandbox.network import Network

NEW_ACCOUNT_FOR = timedelta(days=30)
NEW_FOLLOWER_FOR = timedelta(days=3)
_THREAD_DEPTH = 100


def notify(
    network: Network, recipient: Account, kind: NotificationType, sender: Account, status: Status | None = None
) -> None:
    """Tell the recipient, unless something forbids it; a filtered notification waits in a request."""
    if _is_unwanted(network, recipient, sender, status):
        return
    verdict = _verdict(network, recipient, kind, sender, status)
    if verdict == "drop":
        return
    now = network.now()
    notification = Notification(network.ids.number(now), kind, sender.id, status.id if status else None, now)
    notification.is_filtered = verdict == "filter"
    recipient.notifications.append(notification)
    if kind != "mention" or status is None:
        return
    if notification.is_filtered:
        _request(network, recipient, sender, status)
    elif status.visibility == "direct":
        conversations.add(network, recipient, status)


def accept(network: Network, recipient: Account, request: NotificationRequest) -> None:
    """Let everything of this sender through, what waited and what will come."""
    recipient.permitted.add(request.sender_id)
    for notification in recipient.notifications:
        if notification.sender_id == request.sender_id and notification.is_filtered:
            notification.is_filtered = False
            status = network.statuses.get(notification.status_id or "")
            if status is not None and status.visibility == "direct":
                conversations.add(network, recipient, status)
    del recipient.requests[request.sender_id]


def dismiss(recipient: Account, request: NotificationRequest) -> None:
    """Throw away what waited; what comes later is filtered anew."""
    recipient.notifications = [
        notification
        for notification in recipient.notifications
        if not (notification.sender_id == request.sender_id and notification.is_filtered)
    ]
    del recipient.requests[request.sender_id]


def pending(recipient: Account, sender_id: str | None = None) -> int:
    """Return how many filtered notifications wait, of everybody or of one sender."""
    return sum(
        notification.is_filtered and sender_id in {None, notification.sender_id}
        for notification in recipient.notifications
    )


def forget(account: Account, status_id: str) -> None:
    """Remove what an account was told of a status that no longer exists."""
    account.notifications = [item for item in account.notifications if item.status_id != status_id]
    stale = [sender for sender, request in account.requests.items() if request.last_status_id == status_id]
    for sender in stale:
        del account.requests[sender]


def _is_unwanted(network: Network, recipient: Account, sender: Account, status: Status | None) -> bool:
    if recipient is sender:
        return not network.dialect.notifies_self_mention
    concerned = {sender.id, *(status.mentions if status else ())}
    return not recipient.blocking.isdisjoint(concerned)


def _verdict(
    network: Network, recipient: Account, kind: NotificationType, sender: Account, status: Status | None
) -> str:
    if not network.dialect.has_notification_policy or sender.id in recipient.permitted or recipient is sender:
        return "accept"
    now = network.now()
    is_stranger = sender.id not in recipient.following
    followed_at = recipient.followers.get(sender.id)
    applies = {
        "for_not_following": is_stranger,
        "for_not_followers": followed_at is None or followed_at > now - NEW_FOLLOWER_FOR,
        "for_new_accounts": sender.created_at > now - NEW_ACCOUNT_FOR,
        "for_private_mentions": kind == "mention"
        and is_stranger
        and status is not None
        and status.visibility == "direct"
        and not _answers(network, status, recipient, sender),
    }
    verdicts = {recipient.policy[key] for key, is_met in applies.items() if is_met}
    return next((verdict for verdict in ("drop", "filter") if verdict in verdicts), "accept")


def _answers(network: Network, status: Status, recipient: Account, sender: Account) -> bool:
    above = network.statuses.get(status.in_reply_to_id or "")
    for _ in range(_THREAD_DEPTH):
        if above is None:
            return False
        if above.account_id == recipient.id and above.visibility == "direct" and above.mentions.get(sender.id, False):
            return True
        above = network.statuses.get(above.in_reply_to_id or "")
    return False


def _request(network: Network, recipient: Account, sender: Account, status: Status) -> None:
    now = network.now()
    request = recipient.requests.get(sender.id)
    if request is None:
        number = network.ids.number(now)
        recipient.requests[sender.id] = NotificationRequest(number, sender.id, status.id, now, now)
    else:
        request.last_status_id, request.updated_at = status.id, now
