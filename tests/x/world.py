"""What the tests of this room stand on: people on the sandbox's X, over real HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from sandbox.x import Person, XSandbox

START = datetime(2026, 11, 19, 19, 30, tzinfo=UTC)


class Hand:
    """A clock that stands until it is moved."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def pass_by(self, **span: float) -> None:
        self.at += timedelta(**span)


class Web:
    """Asks the sandbox as somebody, without the bot."""

    def __init__(self, sandbox: XSandbox) -> None:
        self._client = httpx.Client(base_url=sandbox.base_url)

    def close(self) -> None:
        self._client.close()

    def ask(self, token: str, method: str, path: str, **more: Any) -> httpx.Response:
        return self._client.request(method, path, headers={"Authorization": f"Bearer {token}"}, **more)

    def get(self, who: Person | str, path: str, **params: Any) -> httpx.Response:
        return self.ask(who if isinstance(who, str) else who.token, "GET", path, params=params)

    def write(self, sender: Person, to: Person, text: str) -> httpx.Response:
        path = f"/2/dm_conversations/with/{to.id}/messages"
        return self.ask(sender.token, "POST", path, json={"text": text})

    def post(self, author: Person, text: str, reply_to: str | None = None) -> str:
        body: dict[str, Any] = {"text": text}
        if reply_to:
            body["reply"] = {"in_reply_to_tweet_id": reply_to}
        answer = self.ask(author.token, "POST", "/2/tweets", json=body)
        answer.raise_for_status()
        return str(answer.json()["data"]["id"])
