"""The play on X, and on two networks at once: the same lines, by the same people, in each network's own dialect.

docs.x.com/x-api
"""

import re
from collections.abc import Container, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Self

import httpx
from pydantic import AwareDatetime, BaseModel

from sandbox.play.lines import Line
from sandbox.play.member import DirectMessage
from sandbox.play.script import Play
from sandbox.play.stage import Insider, Stage
from sandbox.play.wire import PostedStatus, accepted, bearer, connect

_REMOTE = re.compile(r"@(\w+)@[\w-]+(?:\.[\w-]+)+")


class _Event(BaseModel):
    id: str
    text: str
    sender_id: str
    created_at: AwareDatetime


class XMember:
    """One person on X with their own token, who writes to the bot and reads what came back."""

    def __init__(self, base_url: str, token: str, bot_id: str, bot: str) -> None:
        self._client = connect(base_url)
        self._token = token
        self._bot_id = bot_id
        self._bot = bot

    def say(self, text: str, to: str | None = None, in_reply_to_id: str | None = None) -> PostedStatus:  # noqa: ARG002
        """Send a direct message to the bot, or the person of the id `to`; X has no threads in messages."""
        path = f"/2/dm_conversations/with/{to or self._bot_id}/messages"
        answer = accepted(self._client.post(path, json={"text": text}, headers=bearer(self._token)))
        return _posted(answer.json()["data"]["dm_event_id"], answer)

    def inbox(self) -> list[DirectMessage]:
        """Return what the bot wrote to them, the oldest first."""
        path = f"/2/dm_conversations/with/{self._bot_id}/dm_events"
        params = {"dm_event.fields": "id,text,sender_id,created_at", "max_results": "100"}
        answer = accepted(self._client.get(path, params=params, headers=bearer(self._token)))
        events = [_Event.model_validate(one) for one in answer.json().get("data", [])]
        return [
            DirectMessage(id=one.id, author=self._bot, text=one.text, created_at=one.created_at, in_reply_to_id=None)
            for one in reversed(events)
            if one.sender_id == self._bot_id
        ]

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class XStage(Stage):
    """Performs the play on X. `ids` maps handles to ids, `bot_id` is the bot's."""

    def __init__(
        self,
        base_url: str,
        tokens: Mapping[str, str],
        bot_handle: str,
        hashtag: str = "lrnchat",
        *,
        play: Play,
        ids: Mapping[str, str],
        bot_id: str,
    ) -> None:
        super().__init__(base_url, tokens, bot_handle, hashtag, play=play)
        self._ids = ids
        self._bot_id = bot_id

    def member(self, handle: str) -> Insider:
        """Return one of the cast as a private person."""
        return XMember(self._base_url, self._tokens[handle], self._bot_id, self._bot_handle)

    def _speak(self, line: Line) -> PostedStatus:
        return self.speak(line, self.posted)

    def speak(self, line: Line, posted: Mapping[str, PostedStatus]) -> PostedStatus:
        """Post a line; what it answers or passes on is looked for in `posted`, and left out where it is not there."""
        headers = bearer(self._tokens[line.by])
        if line.repost_of is not None and line.repost_of in posted:
            path = f"/2/users/{self._ids[line.by]}/retweets"
            answer = self._client.post(path, json={"tweet_id": posted[line.repost_of].id}, headers=headers)
            return _posted(posted[line.repost_of].id, accepted(answer))
        words = _REMOTE.sub(r"@\1", self.play.words(line, self._hashtag)) or "+1"
        body: dict[str, Any] = {"text": words, "lang": line.language}
        if line.reply_to is not None and line.reply_to in posted:
            body["reply"] = {"in_reply_to_tweet_id": posted[line.reply_to].id}
        answer = accepted(self._client.post("/2/tweets", json=body, headers=headers))
        return _posted(answer.json()["data"]["id"], answer)


class BothMember:
    """A person with an account on each network, who writes on the first one and reads on both."""

    def __init__(self, *those: Insider) -> None:
        self._those = those

    def say(self, text: str, to: str | None = None, in_reply_to_id: str | None = None) -> PostedStatus:
        """Send a direct message on the first network."""
        return self._those[0].say(text, to, in_reply_to_id)

    def inbox(self) -> list[DirectMessage]:
        """Return what reached them on either network, the oldest first."""
        return sorted((one for who in self._those for one in who.inbox()), key=lambda one: one.created_at)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._those:
            one.__exit__(None, None, None)


class BothStage(Stage):
    """Performs the play on two networks: whoever is in `on_x` speaks there, the others on Mastodon."""

    def __init__(
        self,
        base_url: str,
        tokens: Mapping[str, str],
        bot_handle: str,
        hashtag: str = "lrnchat",
        *,
        play: Play,
        other: XStage,
        on_x: Container[str],
    ) -> None:
        super().__init__(base_url, tokens, bot_handle, hashtag, play=play)
        self._other = other
        self._on_x = on_x
        self._posted_here: dict[str, PostedStatus] = {}

    def member(self, handle: str) -> Insider:
        """Return somebody who is on both networks."""
        return BothMember(super().member(handle), self._other.member(handle))

    def _speak(self, line: Line) -> PostedStatus:
        if line.by in self._on_x:
            status = self._other.speak(line, self._other.posted)
            if line.label is not None:
                self._other.posted[line.label] = status
            return status
        known = self._posted_here
        kept = line.model_copy(update={"reply_to": line.reply_to if line.reply_to in known else None})
        if line.repost_of is not None and line.repost_of not in known:
            kept = kept.model_copy(update={"repost_of": None, "says": ("+1",)})
        status = super()._speak(kept)
        if line.label is not None:
            known[line.label] = status
        return status

    def close(self) -> None:
        """Hang up."""
        self._other.close()
        super().close()


def _posted(key: str, answer: httpx.Response) -> PostedStatus:
    return PostedStatus(id=key, uri=key, created_at=parsedate_to_datetime(answer.headers["Date"]))
