"""Accounts and relationships as JSON."""

from sandbox.clock import iso
from sandbox.entities import JSON
from sandbox.model import Account
from sandbox.network import Network
from sandbox.render import to_html


def account(network: Network, person: Account) -> JSON:
    """Return an Account (https://docs.joinmastodon.org/entities/Account/)."""
    site = f"https://{network.web_domain(person)}"
    own = [network.statuses[identifier] for identifier in person.status_ids]
    latest = max((status.created_at for status in own), default=None)
    return {
        "id": person.id,
        "username": person.username,
        "acct": person.acct,
        "display_name": person.display_name,
        "locked": person.is_locked,
        "bot": person.is_bot,
        "discoverable": True,
        "indexable": False,
        "group": False,
        # Mastodon gives the day an account was made, not the time.
        "created_at": iso(person.created_at.replace(hour=0, minute=0, second=0, microsecond=0)),
        "note": to_html(person.note, {}, f"{site}/tags/"),
        "url": f"{site}/@{person.username}",
        "uri": f"{site}/users/{person.username}",
        "avatar": f"{site}/avatars/original/missing.png",
        "avatar_static": f"{site}/avatars/original/missing.png",
        "header": f"{site}/headers/original/missing.png",
        "header_static": f"{site}/headers/original/missing.png",
        "followers_count": len(person.followers),
        "following_count": len(person.following),
        "statuses_count": sum(status.visibility != "direct" for status in own),
        "last_status_at": latest.date().isoformat() if latest else None,
        "hide_collections": None,
        "emojis": [],
        "fields": [],
        **({"noindex": False, "roles": []} if person.domain is None else {}),
    }


def credential_account(network: Network, person: Account) -> JSON:
    """Return a CredentialAccount, what an account sees of itself: ``note`` in ``source`` is the plain text."""
    return account(network, person) | {
        "source": {
            "privacy": "public",
            "sensitive": False,
            "language": None,
            "note": person.note,
            "fields": [],
            "follow_requests_count": len(person.requested_by),
            "hide_collections": None,
            "discoverable": True,
            "indexable": False,
        },
        "role": {"id": "-99", "name": "", "permissions": "65536", "color": "", "highlighted": False},
    }


def relationship(viewer: Account, other: Account) -> JSON:
    """Return a Relationship (https://docs.joinmastodon.org/entities/Relationship/)."""
    is_following = other.id in viewer.following
    return {
        "id": other.id,
        "following": is_following,
        "showing_reblogs": is_following,
        "notifying": False,
        "languages": None,
        "followed_by": other.id in viewer.followers,
        "blocking": other.id in viewer.blocking,
        "blocked_by": viewer.id in other.blocking,
        "muting": False,
        "muting_notifications": False,
        "requested": viewer.id in other.requested_by,
        "requested_by": other.id in viewer.requested_by,
        "domain_blocking": False,
        "endorsed": False,
        "note": "",
    }
