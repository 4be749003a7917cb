"""Reads one account's X: one merged search for all chats of a tick, and the bot's mentions and direct messages."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from adapters.twitter import counting
from adapters.twitter.client import Api, Json
from adapters.twitter.counting import Called, Roll
from adapters.twitter.directory import Directory
from adapters.twitter.inbox import Inbox
from adapters.twitter.names import Nouns, fields
from adapters.twitter.paging import PAGE, Leaf, Mark, Span, mark_of, parsed, read, span
from adapters.twitter.profile import Introduction
from adapters.twitter.query import packed
from adapters.twitter.translate import post, username
from adapters.wire import Unreadable, items, opaque
from bot.app.errors import Misconfigured, Permanent
from bot.app.ports import Known, Page, Watch
from bot.domain.model import Moment, Person, Platform, Post

SEARCH: Final = "/2/tweets/search/recent"
LEAST: Final = 10

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Reading:
    """What one merged search brought, from when on, the mark behind it, and whom it has served."""

    begin: datetime
    tags: frozenset[str]
    posts: tuple[Post, ...]
    skipped: tuple[str, ...]
    mark: Mark | None
    served: set[str] = field(default_factory=set)


class XSource:
    """A Source (`bot.app.ports`). For one thread at a time."""

    brings_late = False

    def __init__(
        self,
        api: Api,
        introduction: Introduction,
        inbox: Inbox,
        directory: Directory,
        noun: Nouns,
        *,
        is_counting: bool = False,
    ) -> None:
        self._roll = Roll(api) if is_counting else None
        self._api = api
        self._introduction = introduction
        self._inbox = inbox
        self._directory = directory
        self._noun: Nouns = noun
        self._watches: tuple[Watch, ...] = ()
        self._reading: _Reading | None = None
        self._threads: tuple[Mark | None, datetime | None] = (None, None)

    @property
    def name(self) -> str:
        """`x:` and the bot's handle."""
        return f"x:{self.me.handle}"

    @property
    def me(self) -> Person:
        """The bot's own account. Raises Transient as long as X was never reached."""
        return self._introduction.me()

    def watching(self, watches: Sequence[Watch], member: Known) -> None:
        """Take note of what this tick reads: it becomes one search."""
        self._watches, self._reading = tuple(watches), None
        self._directory.members = member

    def inbox(self, cursor: str | None, since: Moment) -> Page:
        """Read mentions and direct messages, see `Inbox`."""
        return self._inbox.read(cursor, since)

    def chat(self, tag: str, cursor: str | None, since: Moment) -> Page:
        """Read the tag's posts (docs.x.com/x-api/posts/search-recent-posts), by one search for the whole tick.

        A chat whose cursor is as new as the first one's is served from what was read for that one.
        """
        watch = next((one for one in self._watches if one.tag == tag), Watch(tag=tag, since=since, until=since))
        kept_before = parsed(cursor)
        mark, place = mark_of(kept_before), str(kept_before.get("roll", ""))
        where = span(mark, since, self._api.now(), floor=since)
        known = self._reading
        if known is None or tag not in known.tags - known.served or known.begin > where.begin:
            self._directory.look_up_hosts(host for one in (*self._watches, watch) for host in one.hosts)
            known = self._reading = self._read(where, watch)
        known.served.add(tag)
        kept = [one for one in known.posts if self._is_for(one, watch)]
        self._name_callers(kept, watch)
        kept = [one.model_copy(update={"author": self._directory.known(one.author.id)}) for one in kept]
        behind = known.mark if known.mark and (mark is None or known.mark.at >= mark.at) else mark
        called = self._roll.call(watch, self._api.now(), place) if self._roll else Called()
        return Page(
            posts=tuple(sorted(kept, key=lambda one: one.created_at)),
            cursor=_kept(behind, called.place),
            skipped=known.skipped,
            has_more=called.has_more,
            seen=called.seen,
        )

    def threads(self, post_ids: Sequence[str]) -> Page:
        """Read answers without the tag in those posts' threads, by their conversation; none in the mode of counts."""
        if self._roll is not None:
            return Page()
        since = min((one.since for one in self._watches), default=self._api.now())
        mark, begun = self._threads
        if begun != since:
            mark = None
        terms = [f"conversation_id:{key}" for key in post_ids if key.isascii() and key.isdigit()]
        tags = "".join(f" -#{one.tag}" for one in self._watches)
        where = span(mark, since, self._api.now(), floor=since)
        leaf = self._search(packed(terms, suffix=f"{tags} -is:retweet"), where, "read threads")
        posts, skipped = self._translated(leaf)
        self._threads = (leaf.mark or mark, since)
        wanted = set(post_ids)
        raw = {opaque(one.get("id")): opaque(one.get("conversation_id")) for one in items(list(leaf.items))}
        kept = [one for one in posts if raw.get(one.id) in wanted]
        return Page(posts=tuple(sorted(kept, key=lambda one: one.created_at)), skipped=skipped)

    def _read(self, where: Span, watch: Watch) -> _Reading:
        watches = self._watches if watch in self._watches else (*self._watches, watch)
        people = {one.id: one for each in watches for one in each.people if one.platform is Platform.X}
        tags = [f"#{one.tag}" for one in watches]
        if self._roll is not None:
            tags = [term for one in watches for term in counting.terms(one)]
        terms = tags + [f"@{username(self._directory.handle_of(one))}" for one in people.values()]
        leaf = self._search(packed(terms), where, " ".join(f"#{one.tag}" for one in watches))
        posts, skipped = self._translated(leaf)
        if not leaf.is_whole:
            log.warning("#%s: there were more pages than the bot reads at once", watch.tag)
        return _Reading(where.begin, frozenset(one.tag for one in watches), posts, skipped, leaf.mark)

    def _search(self, queries: Sequence[str], where: Span, what: str) -> Leaf:
        found: list[Any] = []
        marks: list[Mark] = []
        is_whole = True
        for query in queries:
            leaf = read(self._fetch(query, what), where)
            found += leaf.items
            is_whole = is_whole and leaf.is_whole
            marks += [leaf.mark] if leaf.mark else []
        # A post behind the oldest query's mark may still be new to another one: the overlap sees to that.
        return Leaf(tuple(found), max(marks, key=lambda one: one.at, default=None), is_whole)

    def _fetch(self, query: str, what: str) -> Callable[[dict[str, str]], Mapping[str, Any]]:
        def fetch(more: dict[str, str]) -> Mapping[str, Any]:
            params = {"query": query, **fields(self._noun), **more}
            try:
                return self._api.get(
                    f"search {what}",
                    SEARCH,
                    params,
                    use="search",
                    kind="post_read",
                    most=PAGE,
                    least=LEAST,
                    chat_of=self._chat_of,
                )
            except Permanent as error:
                raise Misconfigured(f"{error}; is every tag one that X can search?") from None

        return fetch

    def _chat_of(self, item: Json) -> str:
        entities = item.get("entities")
        named = items(entities.get("hashtags")) if isinstance(entities, Mapping) else []
        tags = {tag.casefold() for one in named if isinstance(tag := one.get("tag"), str)}
        first = self._watches[0].tag if self._watches else ""
        return next((one.tag for one in self._watches if one.tag in tags), first)

    def _translated(self, leaf: Leaf) -> tuple[tuple[Post, ...], tuple[str, ...]]:
        self._directory.learn_from(items(list(leaf.items)))
        me = self.me
        posts: dict[str, Post] = {}
        skipped: list[str] = []
        for item in leaf.items:
            try:
                one = post(item, self._directory.known)
            except Unreadable as error:
                skipped.append(error.id)
                continue
            if one.author.id != me.id and not one.is_repost:
                posts[one.id] = one
        return tuple(posts.values()), tuple(dict.fromkeys(skipped))

    def _is_for(self, one: Post, watch: Watch) -> bool:
        if watch.tag in one.tags:
            return True
        if any(other.tag in one.tags for other in self._watches):
            return False
        people = {person.id for person in watch.people}
        return any(person.id in people for person in one.mentions)

    def _name_callers(self, posts: Sequence[Post], watch: Watch) -> None:
        """Ask for the names of those who speak to a member: they may be named in a message."""
        people = {person.id for person in watch.people}
        self._directory.look_up(one.author.id for one in posts if any(person.id in people for person in one.mentions))


def _kept(mark: Mark | None, place: str) -> str | None:
    kept = {**(mark.as_json() if mark else {}), **({"roll": place} if place else {})}
    return json.dumps(kept) if kept else None
