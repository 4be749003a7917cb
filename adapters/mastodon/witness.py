"""Looks a second time at one account, just before it would get a message."""

from typing import Any, Final
from urllib.parse import quote

from adapters.mastodon.client import Api, Broken, Gone
from adapters.mastodon.paging import PAGE, at_of, backward
from adapters.mastodon.profile import Introduction
from adapters.wire import Unreadable
from bot.app.errors import Permanent, Transient
from bot.domain.model import Moment, Post

PAGES: Final = 3
"""More than a hundred posts in a session prove presence by themselves."""


class MastodonWitness:
    """A Witness and a Lookup (`bot.app.ports`). For one thread at a time."""

    def __init__(self, api: Api, introduction: Introduction) -> None:
        self._api = api
        self._introduction = introduction

    def is_gone(self, post_id: str) -> bool:
        """Say whether a post is not there any more (docs.joinmastodon.org/methods/statuses/#get).

        Takahe answers 500 for one that it does not know: then nobody can tell, and it counts as there.

        Raises:
            Transient: could not look.
        """
        try:
            with self._api.asking("see whether a message is still there") as client:
                client.status(quote(post_id, safe=""))
        except Gone:
            return True
        except (Broken, Permanent):
            return False
        return False

    def latest_posts(self, account_id: str, since: Moment) -> tuple[Post, ...]:
        """Return the account's posts since then, oldest first (docs.joinmastodon.org/methods/accounts/#statuses).

        Replies belong to them, boosts and direct messages do not. An account that is gone has none.

        Raises:
            Transient: could not look, or a post of that time cannot be read, so that nobody can tell.
        """

        def fetch(span: dict[str, str]) -> Any:
            with self._api.asking("look again at a member's posts") as client:
                return client.account_statuses(quote(account_id, safe=""), exclude_reblogs=True, limit=PAGE, **span)

        try:
            leaf = backward(fetch, since, pages=PAGES)
        except Gone:
            return ()
        except Permanent as error:
            raise Transient(str(error)) from None
        translator = self._introduction.translator
        posts: dict[str, Post] = {}
        for item in leaf.items:
            try:
                post = translator.post(item)
            except Unreadable as error:
                if (at := at_of(item)) is None or at >= since:
                    raise Transient(f"look again at a member's posts: {error}") from None
                continue
            if post.created_at >= since and not post.is_direct and not post.is_repost:
                posts[post.id] = post
        return tuple(sorted(posts.values(), key=lambda post: post.created_at))
