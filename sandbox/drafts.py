"""What somebody wants to post, checked as Mastodon checks it (https://docs.joinmastodon.org/methods/statuses/#create)."""

from dataclasses import dataclass

from sandbox import feeds
from sandbox.model import VISIBILITIES, Account, Status, Visibility
from sandbox.network import Network
from sandbox.params import Params
from sandbox.refusal import error
from sandbox.render import counted_length


@dataclass(frozen=True)
class Draft:
    """A text that may be posted by its author."""

    text: str
    visibility: Visibility = "public"
    in_reply_to: Status | None = None
    spoiler_text: str = ""
    is_sensitive: bool = False
    language: str = "en"
    application: str | None = None


def draft_from(network: Network, author: Account, params: Params, application: str | None) -> Draft:
    """Return the draft that a request describes.

    Raises Refusal: 404 for a reply to something the author cannot see, 422 for a text that is empty or too long and
    for an unknown visibility.
    """
    parent = _reply_target(network, author, params.text("in_reply_to_id"))
    text, spoiler = checked_texts(network, params)
    visibility = params.text("visibility") or "public"
    if visibility not in VISIBILITIES:
        raise error(422, "Validation failed: Visibility is not included in the list")
    return Draft(
        text=text,
        visibility=visibility,
        in_reply_to=parent,
        spoiler_text=spoiler,
        is_sensitive=params.flag("sensitive") or bool(spoiler),
        language=params.text("language") or "en",
        application=application,
    )


def checked_texts(network: Network, params: Params) -> tuple[str, str]:
    """Return text and content warning of a new or edited status. Raises Refusal as ``draft_from``."""
    text = (params.text("status") or "").strip()
    spoiler = (params.text("spoiler_text") or "").strip()
    if not text:
        raise network.dialect.refuse("blank")
    if counted_length(spoiler + text, network.dialect.url_characters) > network.dialect.max_characters:
        raise network.dialect.refuse("too_long")
    return text, spoiler


def _reply_target(network: Network, author: Account, status_id: str | None) -> Status | None:
    if not status_id:
        return None
    target = network.statuses.get(status_id)
    if target is None or not feeds.may_see(network, target, author):
        raise network.dialect.refuse("reply_target")
    return network.statuses[target.reblog_of_id] if target.reblog_of_id else target
