"""Looks a second time at one account, just before it would get a message."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from adapters.twitter.client import Api, Gone
from adapters.twitter.directory import Directory
from adapters.twitter.names import Nouns, fields
from adapters.twitter.paging import Span, read
from adapters.twitter.translate import Unreadable, post
from bot.app.errors import Permanent, Transient
from bot.domain.model import Moment, Post

LEAST: Final = 5
PAGE: Final = 10
PAGES: Final = 3


class XWitness:
    """A Witness (`bot.app.ports`). For one thread at a time."""

    def __init__(self, api: Api, directory: Directory, noun: Nouns) -> None:
        self._api = api
        self._directory = directory
        self._noun: Nouns = noun

    def latest_posts(self, account_id: str, since: Moment) -> tuple[Post, ...]:
        """Return the account's posts since then, oldest first (docs.x.com/x-api/posts/user-posts-timeline-by-user-id).

        An absent person's cost nothing. An account that is gone has none.

        Raises:
            Transient: could not look, or a post cannot be read, so that nobody can tell.
        """

        def fetch(more: dict[str, str]) -> Mapping[str, Any]:
            params = {**fields(self._noun), "exclude": "retweets", **more}
            return self._api.get(
                "look again at a member's posts",
                f"/2/users/{quote(account_id, safe='')}/tweets",
                params,
                use="timeline",
                kind="post_read",
                most=PAGE,
                least=LEAST,
            )

        try:
            leaf = read(fetch, Span(since), pages=PAGES, token="pagination_token")  # noqa: S106 - no password
        except Gone:
            return ()
        except Permanent as error:
            raise Transient(str(error)) from None
        try:
            posts = [post(item, self._directory.known) for item in leaf.items]
        except Unreadable as error:
            raise Transient(f"look again at a member's posts: {error}") from None
        kept = [one for one in posts if one.created_at >= since and one.author.id == account_id and not one.is_repost]
        return tuple(sorted(kept, key=lambda one: one.created_at))
