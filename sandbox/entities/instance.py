"""The server about itself (https://docs.joinmastodon.org/entities/Instance/)."""

from sandbox.entities import JSON
from sandbox.network import Network

_MEDIA = {
    "supported_mime_types": ["image/jpeg", "image/png", "image/gif"],
    "image_size_limit": 16777216,
    "image_matrix_limit": 33177600,
    "video_size_limit": 103809024,
    "video_frame_rate_limit": 120,
    "video_matrix_limit": 8294400,
}
_POLLS = {
    "max_options": 4,
    "max_characters_per_option": 50,
    "min_expiration": 300,
    "max_expiration": 2629746,
}


def instance_v2(network: Network, base_url: str) -> JSON:
    """Return an Instance, with the limits a client has to keep in ``configuration``."""
    return {
        "domain": network.domain,
        "title": "The sandbox",
        "version": network.dialect.version,
        "source_url": "https://github.com/mastodon/mastodon",
        "description": "A small social network on loopback.",
        "usage": {"users": {"active_month": len(network.accounts)}},
        "thumbnail": {"url": f"https://{network.domain}/thumbnail.png"},
        "icon": [],
        "languages": ["en"],
        "configuration": {
            "urls": {"streaming": _streaming_url(base_url)},
            "vapid": {"public_key": ""},
            "accounts": {"max_featured_tags": 10, "max_pinned_statuses": 5},
            "statuses": _status_limits(network),
            "media_attachments": _MEDIA,
            "polls": _POLLS,
            "translation": {"enabled": False},
        },
        "registrations": {"enabled": False, "approval_required": False, "message": None, "url": None},
        "api_versions": {"mastodon": 2},
        "contact": {"email": "", "account": None},
        "rules": [],
    }


def instance_v1(network: Network, base_url: str) -> JSON:
    """Return a V1::Instance, the older form."""
    local = sum(account.domain is None for account in network.accounts.values())
    domains = {account.domain for account in network.accounts.values() if account.domain}
    return {
        "uri": network.domain,
        "title": "The sandbox",
        "short_description": "A small social network on loopback.",
        "description": "",
        "email": "",
        "version": network.dialect.version,
        "urls": {"streaming_api": _streaming_url(base_url)},
        "stats": {
            "user_count": local,
            "status_count": len(network.statuses),
            "domain_count": len(domains),
        },
        "thumbnail": f"https://{network.domain}/thumbnail.png",
        "languages": ["en"],
        "registrations": False,
        "approval_required": False,
        "invites_enabled": False,
        "configuration": {
            "accounts": {"max_featured_tags": 10},
            "statuses": _status_limits(network),
            "media_attachments": _MEDIA,
            "polls": _POLLS,
        },
        "contact_account": None,
        "rules": [],
    }


def _streaming_url(base_url: str) -> str:
    return base_url.replace("http", "ws", 1)


def _status_limits(network: Network) -> JSON:
    return {
        "max_characters": network.dialect.max_characters,
        "max_media_attachments": 4,
        "characters_reserved_per_url": network.dialect.url_characters,
    }
