"""Statuses, hashtags and conversations as JSON."""

from collections import Counter

from sandbox import feeds
from sandbox.clock import iso
from sandbox.entities import JSON
from sandbox.entities.account import account
from sandbox.model import Account, Conversation, Status
from sandbox.network import Network
from sandbox.render import Link, to_html


def status(network: Network, post: Status, viewer: Account | None, *, with_source: bool = False) -> JSON:
    """Return a Status (https://docs.joinmastodon.org/entities/Status/).

    With ``with_source`` it also holds ``text``, the plain text, as in the answer to a deletion.
    """
    author = network.accounts[post.account_id]
    echoed = network.statuses.get(post.reblog_of_id or "")
    shown = echoed or post
    parent_id = post.in_reply_to_id if post.in_reply_to_id in network.statuses else None
    entity: JSON = {
        "id": post.id,
        "created_at": iso(post.created_at),
        "in_reply_to_id": parent_id,
        "in_reply_to_account_id": post.in_reply_to_account_id,
        "sensitive": shown.is_sensitive,
        "spoiler_text": shown.spoiler_text,
        "visibility": post.visibility,
        "language": shown.language,
        "uri": f"{post.uri}/activity" if echoed else post.uri,
        "url": f"{post.uri}/activity" if echoed else post.url,
        **_counts(network, shown),
        "edited_at": iso(shown.edited_at) if shown.edited_at else None,
        "content": content(network, shown),
        "reblog": status(network, echoed, viewer) if echoed else None,
        "account": account(network, author),
        "media_attachments": [],
        "mentions": [_mention(network, person_id) for person_id in shown.mentioned()],
        "tags": [{"name": tag, "url": f"https://{network.domain}/tags/{tag}"} for tag in shown.tags],
        "emojis": [],
        "card": None,
        "poll": None,
    }
    if post.application:
        entity["application"] = {"name": post.application, "website": None}
    if viewer is not None:
        entity |= _own_marks(shown, viewer)
    if with_source:
        entity["text"] = shown.text
    return entity


def content(network: Network, post: Status) -> str:
    """Return the HTML of a status; two people of the same name are shown with their domains."""
    people = [network.accounts[person_id] for person_id in post.mentioned()]
    namesakes = Counter(person.username.lower() for person in people)
    links = {
        person.acct.lower(): Link(
            f"https://{network.web_domain(person)}/@{person.username}",
            person.acct if namesakes[person.username.lower()] > 1 else person.username,
        )
        for person in people
    }
    return to_html(post.text, links, f"https://{network.web_domain(network.accounts[post.account_id])}/tags/")


def tag(network: Network, name: str, viewer: Account | None) -> JSON:
    """Return a Tag (https://docs.joinmastodon.org/entities/Tag/)."""
    entity: JSON = {
        "id": name.lower(),
        "name": name.lower(),
        "url": f"https://{network.domain}/tags/{name}",
        "history": [],
    }
    if viewer is not None:
        entity["following"] = name.lower() in viewer.followed_tags
    return entity


def conversation(network: Network, thread: Conversation, viewer: Account) -> JSON:
    """Return a Conversation; with nobody else in it, its account is the viewer's own."""
    others = [network.accounts[person_id] for person_id in sorted(thread.others)] or [viewer]
    return {
        "id": thread.id,
        "unread": thread.is_unread,
        "accounts": [account(network, person) for person in others],
        "last_status": status(network, network.statuses[thread.status_ids[-1]], viewer),
    }


def visible(network: Network, posts: list[Status], viewer: Account | None) -> list[JSON]:
    """Return those statuses that the viewer may see."""
    return [status(network, post, viewer) for post in posts if feeds.may_see(network, post, viewer)]


def _mention(network: Network, person_id: str) -> JSON:
    person = network.accounts[person_id]
    url = f"https://{network.web_domain(person)}/@{person.username}"
    return {"id": person.id, "username": person.username, "url": url, "acct": person.acct}


def _own_marks(post: Status, viewer: Account) -> JSON:
    return {
        "favourited": viewer.id in post.favourited_by,
        "reblogged": viewer.id in post.reblogs,
        "muted": False,
        "bookmarked": False,
        "pinned": False,
        "filtered": [],
    }


def _counts(network: Network, post: Status) -> JSON:
    replies = [network.statuses[reply_id].visibility for reply_id in post.reply_ids]
    return {
        "replies_count": sum(visibility in {"public", "unlisted"} for visibility in replies),
        "reblogs_count": len(post.reblogs),
        "favourites_count": len(post.favourited_by),
    }
