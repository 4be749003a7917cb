"""Notifications, requests and the policy as JSON."""

from sandbox import notices
from sandbox.clock import iso
from sandbox.entities import JSON
from sandbox.entities.account import account
from sandbox.entities.status import status
from sandbox.model import Account, Notification, NotificationRequest
from sandbox.network import Network


def notification(network: Network, item: Notification, viewer: Account) -> JSON:
    """Return a Notification (https://docs.joinmastodon.org/entities/Notification/)."""
    entity: JSON = {
        "id": item.id,
        "type": item.type,
        "created_at": iso(item.created_at),
        "group_key": f"ungrouped-{item.id}",
        "account": account(network, network.accounts[item.sender_id]),
    }
    if item.status_id is not None:
        entity["status"] = status(network, network.statuses[item.status_id], viewer)
    if item.is_filtered:
        entity["filtered"] = True
    return entity


def request(network: Network, item: NotificationRequest, viewer: Account) -> JSON:
    """Return a NotificationRequest; its count is text, as in the documentation."""
    return {
        "id": item.id,
        "created_at": iso(item.created_at),
        "updated_at": iso(item.updated_at),
        "notifications_count": str(notices.pending(viewer, item.sender_id)),
        "account": account(network, network.accounts[item.sender_id]),
        "last_status": status(network, network.statuses[item.last_status_id], viewer),
    }


def policy(viewer: Account) -> JSON:
    """Return a NotificationPolicy with its summary of what waits."""
    return viewer.policy | {
        "summary": {
            "pending_requests_count": len(viewer.requests),
            "pending_notifications_count": notices.pending(viewer),
        }
    }
