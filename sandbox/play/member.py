"""What a member does in private: writes to the bot, and reads what came back in their own notifications.

The network hides a stranger's direct message from the person it is for, so only the recipient's
notifications prove that it arrived. https://docs.joinmastodon.org/methods/notifications/
"""

from collections.abc import Iterator
from typing import Self

import httpx
from pydantic import AwareDatetime, BaseModel
from selectolax.lexbor import LexborHTMLParser

from sandbox.play.wire import PostedStatus, accepted, bearer, connect, post_status

PAGE = 40
"""Notifications a request."""


class DirectMessage(BaseModel, frozen=True):
    """A direct message that the member can see. `author` is an address without @, `created_at` is aware."""

    id: str
    author: str
    text: str
    created_at: AwareDatetime
    in_reply_to_id: str | None


class _Author(BaseModel):
    acct: str


class _Status(BaseModel):
    id: str
    account: _Author
    content: str
    visibility: str
    created_at: AwareDatetime
    in_reply_to_id: str | None = None


class _Notification(BaseModel):
    status: _Status | None = None


class Member:
    """One person with their own token. Constructing it connects nothing; close it, or use it in a `with`."""

    def __init__(self, base_url: str, token: str, *, bot: str = "missed") -> None:
        self._client = connect(base_url)
        self._token = token
        self._bot = f"@{bot.lstrip('@')}"

    def say(self, text: str, to: str | None = None, in_reply_to_id: str | None = None) -> PostedStatus:
        """Send a direct message: `text` after the address of who shall read it, by default the bot."""
        words = f"{to or self._bot} {text}"
        return post_status(self._client, self._token, words, visibility="direct", in_reply_to_id=in_reply_to_id)

    def inbox(self) -> list[DirectMessage]:
        """Return every direct message they were notified of, the oldest first; never what was filtered."""
        statuses = {
            one.status.id: one.status
            for page in self._pages()
            for one in page
            if one.status is not None and one.status.visibility == "direct"
        }
        return [
            DirectMessage(
                id=status.id,
                author=status.account.acct,
                text=plain_text(status.content),
                created_at=status.created_at,
                in_reply_to_id=status.in_reply_to_id,
            )
            for status in sorted(statuses.values(), key=lambda status: status.created_at)
        ]

    def _pages(self) -> Iterator[list[_Notification]]:
        response = self._get("/api/v1/notifications", {"types[]": "mention", "limit": str(PAGE)})
        while page := [_Notification.model_validate(one) for one in response.json()]:
            yield page
            older = response.links.get("next", {}).get("url")
            if older is None:
                return
            response = self._get(older)

    def _get(self, url: str, params: dict[str, str] | None = None) -> httpx.Response:
        return accepted(self._client.get(url, params=params, headers=bearer(self._token)))

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def plain_text(html: str) -> str:
    """Return a post's HTML as a person reads it: lines kept, links in full, mentions and tags as written."""
    tree = LexborHTMLParser(html)
    for quoted in tree.css("p.quote-inline"):
        quoted.decompose()
    for link in tree.css("a[href]:not(.mention):not(.hashtag)"):
        link.replace_with(link.attributes["href"] or link.text())
    for line_break in tree.css("br"):
        line_break.replace_with("\n")
    for paragraph in tree.css("p"):
        paragraph.insert_after("\n\n")
    return tree.body.text().strip() if tree.body is not None else ""
