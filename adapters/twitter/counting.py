"""Presence by counts: far cheaper than reading, and blinder.

Read is only what speaks to a member and what the chat's hosts say; whether a regular was there is asked once, when
the session has ended, by counting their tagged posts (docs.x.com/x-api/posts/get-count-of-recent-posts): one request
each, whose price does not depend on how many posts there were. The witness still looks before any message.
"""

from typing import Final

from adapters.twitter.client import Api
from adapters.twitter.translate import HOST, items, username, utc
from bot.app.errors import Permanent
from bot.app.ports import Seen, Watch
from bot.domain.model import Moment, Platform

COUNTS: Final = "/2/tweets/counts/recent"


def terms(watch: Watch) -> list[str]:
    """Return the operators for what has to be read of a chat."""
    hosts = [username(one) for one in watch.hosts if one.endswith(f"@{HOST}")]
    return [f"(#{watch.tag} from:{name})" for name in hosts]


class Roll:
    """Calls the roll of each session once, and remembers over a restart that it did."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def call(self, watch: Watch, now: Moment) -> tuple[Seen, ...]:
        """Return who of the members was there, once the session has ended; nobody before and afterwards.

        Raises:
            Transient: X cannot be asked just now; the roll is called anew then.
        """
        if now < watch.until or not watch.people:
            return ()
        name = f"counted/{watch.tag}/{watch.since:%Y-%m-%dT%H:%M}"
        done = set(filter(None, (self._api.till.recall(name) or "").split(",")))
        found: list[Seen] = []
        for one in watch.people:
            if one.platform is not Platform.X or one.id in done:
                continue
            params = {
                "query": f"#{watch.tag} from:{username(one.handle)} -is:retweet",
                "granularity": "minute",
                "start_time": f"{watch.since:%Y-%m-%dT%H:%M:%SZ}",
            }
            try:
                answer = self._api.get(
                    "count posts", COUNTS, params, use="counts", kind="count", most=1, chat_of=lambda _: watch.tag
                )
            except Permanent:
                answer = {}
            pieces = [one for one in items(answer.get("data")) if one.get("tweet_count")]
            times = sorted(at for piece in pieces if (at := utc(piece.get("start"))) is not None)
            if times:
                found.append(Seen(person=one, at=max(times[0], watch.since)))
            done.add(one.id)
        self._api.till.note(name, ",".join(sorted(done)))
        return tuple(found)
