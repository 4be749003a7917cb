"""Reads one account's Mastodon: what mentions it, what a tag brings, what a thread holds."""

import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from adapters.mastodon.client import Api, Broken, Gone
from adapters.mastodon.paging import PAGE, Fetch, Leaf, at_of, backward, forward, key_of
from adapters.mastodon.profile import Introduction
from adapters.mastodon.translate import Translator
from adapters.wire import NO_ID, Unreadable, items
from bot.app.errors import Misconfigured, Permanent, Transient
from bot.app.ports import Known, Page, Watch
from bot.domain.model import Moment, Person, Post

INBOX_PAGES: Final = 10
CHAT_PAGES: Final = 50

log = logging.getLogger(__name__)


class MastodonSource:
    """A Source (`bot.app.ports`). For one thread at a time."""

    brings_late = True

    def __init__(self, api: Api, introduction: Introduction) -> None:
        self._api = api
        self._introduction = introduction
        self._shows_replies = False
        self._followed: dict[str, bool] = {}

    @property
    def name(self) -> str:
        """`mastodon:` and the bot's handle."""
        return f"mastodon:{self.me.handle}"

    @property
    def me(self) -> Person:
        """The bot's own account. Raises Transient as long as the server was never reached."""
        return self._introduction.profile().me

    def watching(self, watches: Sequence[Watch], member: Known) -> None:
        """Do nothing: Mastodon is read tag by tag, and its posts name their authors."""

    def inbox(self, cursor: str | None, since: Moment) -> Page:
        """Read the notifications of mentions (docs.joinmastodon.org/methods/notifications/#get, version 1).

        The cursor is the id of a notification; `since` counts when we were told, for a post may arrive late.
        """

        def fetch(span: dict[str, str]) -> Any:
            with self._api.reading("read mentions") as client:
                return client.notifications(types=["mention"], limit=PAGE, **span)

        leaf = self._read("mentions", fetch, cursor, since, INBOX_PAGES)
        told = [one for one in leaf.items if cursor is not None or (at := at_of(one)) is None or at >= since]
        posts, skipped = self._translated(told, lambda one: (one.get("status"), key_of(one)))
        return Page(posts=_in_order(posts), cursor=leaf.cursor, skipped=skipped, has_more=leaf.has_more)

    def chat(self, tag: str, cursor: str | None, since: Moment) -> Page:
        """Read the tag's timeline (docs.joinmastodon.org/methods/timelines/#tag), public posts of everybody but us.

        GoToSocial's leaves out replies to others, Takahe's all replies: as long as the server has not shown one, the
        bot also follows the tag and reads what that brings to its home timeline. So the cursor holds two ids.
        """
        name = tag.lstrip("#")
        marks = _marks(cursor)

        def fetch(span: dict[str, str]) -> Any:
            with self._api.reading(f"read #{name}") as client:
                return client.timeline(f"tag/{quote(name, safe='')}", limit=PAGE, **span)

        tagged = self._read(f"#{name}", fetch, marks.get("tag") or None, since, CHAT_PAGES)
        posts, skipped = self._translated(tagged.items)
        kept = [post for post in posts if marks.get("tag") or post.created_at >= since]
        self._shows_replies = self._shows_replies or any(_answers_another(post) for post in posts)
        home = None
        if not self._shows_replies and self._follows(name):
            home = self._home(marks.get("home") or None, since)
            more, unread = self._translated(home.items)
            tagged_too = (post for post in more if name.casefold() in post.tags)
            kept += [post for post in tagged_too if marks.get("home") or post.created_at >= since]
            skipped += tuple(key for key in unread if key not in skipped)
        return Page(
            posts=_in_order(post for post in kept if not post.is_direct),
            cursor=_cursor(tagged.cursor, home.cursor if home else None),
            skipped=skipped,
            has_more=tagged.has_more or (home is not None and home.has_more),
        )

    def threads(self, post_ids: Sequence[str]) -> Page:
        """Read what was answered below those posts (docs.joinmastodon.org/methods/statuses/#context).

        A vanished post has no answers. Takahe answers 500 for one: then, if the server works otherwise, it is skipped.
        """
        found: list[Any] = []
        broken: list[str] = []
        for post_id in post_ids:
            try:
                with self._api.asking("read a thread") as client:
                    context: Any = client.status_context(quote(post_id, safe=""))
            except Gone:
                continue
            except (Broken, Permanent):
                broken.append(post_id)
                continue
            found += _descendants(context)
        if broken:
            with self._api.reading("see whether the server works") as client:
                client.account_verify_credentials()
        posts, skipped = self._translated(found)
        kept = [post for post in posts if not post.is_direct]
        return Page(posts=_in_order(kept), skipped=(*broken, *skipped))

    def _read(self, what: str, fetch: Fetch, cursor: str | None, since: Moment, pages: int) -> Leaf:
        if cursor is not None:
            return forward(fetch, cursor)
        leaf = backward(fetch, since, pages=pages)
        if not leaf.is_whole:
            log.warning("%s: gave up after %d pages, before %s was reached", what, pages, since)
        return leaf

    def _home(self, cursor: str | None, since: Moment) -> Leaf:
        def fetch(span: dict[str, str]) -> Any:
            with self._api.reading("read the home timeline") as client:
                return client.timeline_home(limit=PAGE, **span)

        return self._read("the home timeline", fetch, cursor, since, CHAT_PAGES)

    def _follows(self, name: str) -> bool:
        # Following what is followed is harmless, so once a process is enough to know.
        if name not in self._followed:
            try:
                with self._api.asking(f"follow #{name}") as client:
                    client.tag_follow(quote(name, safe=""))
                self._followed[name] = True
            except (Permanent, Misconfigured) as error:
                log.warning("answers under #%s may stay unseen, it cannot be followed: %s", name, error)
                self._followed[name] = False
        return self._followed[name]

    def _translated(
        self, raw: Iterable[Any], unpack: Callable[[Any], tuple[Any, str | None]] | None = None
    ) -> tuple[list[Post], tuple[str, ...]]:
        translator, me = self._introduction.translator, self.me
        posts: list[Post] = []
        skipped: list[str] = []
        for item in raw:
            try:
                post = _post(translator, item, unpack)
            except Unreadable as error:
                skipped.append(error.id)
                continue
            if post.author.id != me.id:
                posts.append(post)
        return posts, tuple(dict.fromkeys(skipped))


def _post(translator: Translator, item: Any, unpack: Callable[[Any], tuple[Any, str | None]] | None) -> Post:
    if unpack is None:
        return translator.post(item)
    if not items([item]):
        raise Unreadable(NO_ID)
    status, told_by = unpack(item)
    try:
        return translator.post(status)
    except Unreadable as error:
        raise Unreadable(error.id if error.id != NO_ID else told_by or NO_ID) from None


def _descendants(context: object) -> list[Any]:
    found = context.get("descendants") if isinstance(context, Mapping) else None
    if not isinstance(found, list):
        raise Transient("read a thread: the server gave something else than one")
    return found


def _answers_another(post: Post) -> bool:
    return post.in_reply_to_author_id not in {None, post.author.id}


def _in_order(posts: Iterable[Post]) -> tuple[Post, ...]:
    once = {post.uri: post for post in posts}
    return tuple(sorted(once.values(), key=lambda post: post.created_at))


def _marks(cursor: str | None) -> dict[str, str]:
    try:
        marks = json.loads(cursor or "{}")
    except ValueError:
        return {"tag": cursor or ""}
    return marks if isinstance(marks, dict) else {"tag": cursor or ""}


def _cursor(tag: str | None, home: str | None) -> str | None:
    marks = {name: mark for name, mark in (("tag", tag), ("home", home)) if mark}
    return json.dumps(marks) if marks else None
