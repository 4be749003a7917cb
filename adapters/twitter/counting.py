"""Presence by counts: far cheaper than reading, and blinder.

Read is only what speaks to a member and what the chat's hosts say; whether a regular was there is asked once, when
the session has ended, by counting their tagged posts (docs.x.com/x-api/posts/get-count-of-recent-posts): one request
each, whose price does not depend on how many posts there were. The witness still looks before any message.
"""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final

from adapters.twitter.client import Api
from adapters.twitter.translate import HOST, items, username, utc
from bot.app.errors import Misconfigured, Permanent, Transient
from bot.app.ports import Seen, Watch
from bot.domain.model import Moment, Person, Platform

COUNTS: Final = "/2/tweets/counts/recent"
LAG: Final = timedelta(minutes=2)
"""How long after the end the roll is called: the last posts have to be in the index."""

AT_ONCE: Final = 50
"""People of one page: in between, others are heard."""

WHOLE: Final = "~"
"""Behind every place."""


def terms(watch: Watch) -> list[str]:
    """Return the operators for what has to be read of a chat."""
    hosts = [username(one) for one in watch.hosts if one.endswith(f"@{HOST}")]
    return [f"(#{watch.tag} from:{name})" for name in hosts]


@dataclass(frozen=True)
class Called:
    """Who of a page's people was there, the place behind the last one asked, and whether more are to be asked."""

    seen: tuple[Seen, ...] = ()
    place: str = ""
    has_more: bool = False


class Roll:
    """Calls the roll of a session once, page by page. Where it stopped is part of the session's cursor.

    A place tells nobody's id: people stand in the order of a hash, cut short.
    """

    def __init__(self, api: Api) -> None:
        self._api = api

    def call(self, watch: Watch, now: Moment, place: str) -> Called:
        """Ask for those behind a place, once the session has ended; nobody before.

        Raises:
            Transient: X cannot be asked just now, and nobody was asked for on this page.
            Misconfigured: X refuses the question.
        """
        if now < watch.until + LAG:
            return Called(place=place)
        theirs = {_place(one): one for one in watch.roll if one.platform is Platform.X and one.id.isdigit()}
        waiting = sorted(one for one in theirs if one > place)
        if not waiting:
            return Called(place=WHOLE)
        seen: list[Seen] = []
        for one in waiting[:AT_ONCE]:
            try:
                seen += self._asked(watch, theirs[one])
            except Transient:
                if place in theirs and place >= waiting[0]:
                    break
                raise
            place = one
        return Called(tuple(seen), place, has_more=place != waiting[-1])

    def _asked(self, watch: Watch, who: Person) -> list[Seen]:
        params = {
            "query": f"#{watch.tag} from:{who.id} -is:retweet",  # by id: user names change
            "granularity": "minute",
            "start_time": f"{watch.since:%Y-%m-%dT%H:%M:%SZ}",
        }
        try:
            answer = self._api.get(
                "count posts", COUNTS, params, use="counts", kind="count", most=1, chat_of=lambda _: watch.tag
            )
        except Permanent as error:
            raise Misconfigured(f"{error}; is #{watch.tag} a tag that X can search?") from None
        pieces = [one for one in items(answer.get("data")) if one.get("tweet_count")]
        times = [at for piece in pieces if (at := utc(piece.get("start"))) is not None]
        return [Seen(person=who, at=max(min(times), watch.since))] if times else []


def _place(one: Person) -> str:
    return sha256(one.id.encode()).hexdigest()[:8]
