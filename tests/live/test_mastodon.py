"""The story on a real server. Skipped unless MISSED_LIVE_MASTODON names a JSON file of this form:

    {
      "base_url": "https://example.social",
      "accounts": {
        "bot":    {"id": "…", "acct": "missed", "token": "…"},
        "member": {"id": "…", "acct": "nora", "token": "…"},
        "friend": {…}, "host": {…}, "peer": {…}
      }
    }

Five accounts of one server that speaks Mastodon's API, ids and accts as that server writes them. The bot's token needs
the scopes that README.md names; the others' need read:accounts, read:notifications and write:statuses. Everything
posted carries a hashtag of its own and stays; what the accounts did before does not matter. It takes about a minute:

    MISSED_LIVE_MASTODON=accounts.json python -m pytest tests/live
"""

import html
import os
import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import httpx
import pytest
from pydantic import BaseModel, ConfigDict

from tests.e2e.process import Bot, House, eventually

NAMED: Final = os.environ.get("MISSED_LIVE_MASTODON", "")
QUESTION: Final = "Which hour of the week do you keep for your own learning"
"""Without signs that a server may write in another way."""


class Account(BaseModel):
    """One account of the file."""

    id: str
    acct: str
    token: str


class Server(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid")

    base_url: str
    accounts: dict[str, Account]


@dataclass(frozen=True)
class Pace:
    """How often to look, and how long to be patient, in seconds: a real server is slower and counts requests."""

    bot: int = 5
    people: float = 2
    patience: float = 180


@pytest.mark.skipif(not NAMED, reason="MISSED_LIVE_MASTODON names no server")
def test_a_call_reaches_the_member_once_on_a_real_server(tmp_path: Path) -> None:
    server = Server.model_validate_json(Path(NAMED).read_text(encoding="utf-8"))
    play_evening(server, tmp_path, Pace())


def play_evening(server: Server, folder: Path, pace: Pace) -> None:
    """Play START, one word back, Q1, an answer, a call: one message. STOP: silence."""
    with closing(Evening(server, folder, pace)) as evening:
        evening.forget_earlier_runs()
        with evening.bot() as bot:
            bot.watches()
            evening.sign_up()
            evening.gather()
            evening.call_once_and_again()
            evening.leave()
            assert bot.stop() == 0, bot.log


class Someone:
    """One person at their own client: plain HTTP, as the documentation has it."""

    def __init__(self, server: Server, role: str) -> None:
        self.account = server.accounts[role]
        headers = {"Authorization": f"Bearer {self.account.token}", "Accept": "application/json"}
        self._web = httpx.Client(base_url=server.base_url, headers=headers, timeout=30)
        self.close = self._web.close

    def name(self) -> str:
        """Return what a friend would call them (docs.joinmastodon.org/methods/accounts/#verify_credentials)."""
        me = self._said(self._web.get("/api/v1/accounts/verify_credentials"))
        return str(me["display_name"] or me["username"])

    def post(self, text: str, *, visibility: str = "public", reply_to: str | None = None) -> str:
        """Post (docs.joinmastodon.org/methods/statuses/#create); return the id."""
        body = {"status": text, "visibility": visibility} | ({"in_reply_to_id": reply_to} if reply_to else {})
        return str(self._said(self._web.post("/api/v1/statuses", data=body))["id"])

    def told_by(self, other: Account) -> dict[str, str]:
        """Return what somebody wrote to this person in private, by id (…/methods/notifications/#get)."""
        told = self._said(self._web.get("/api/v1/notifications", params={"types[]": "mention", "limit": 40}))
        posts = [one["status"] for one in told if one.get("status")]
        ours = [one for one in posts if one["account"]["id"] == other.id and one["visibility"] == "direct"]
        return {one["id"]: _plain(one["content"]) for one in reversed(ours)}

    @staticmethod
    def _said(response: httpx.Response) -> Any:
        assert response.is_success, f"{response.request.method} {response.request.url.path}: {response.text[:300]}"
        return response.json()


class Evening:
    """The people, the bot's house, and a hashtag of this run's own."""

    def __init__(self, server: Server, folder: Path, pace: Pace) -> None:
        self.member, self.friend, self.host, self.peer = (
            Someone(server, role) for role in ("member", "friend", "host", "peer")
        )
        self._bot = server.accounts["bot"]
        self._pace = pace
        self._tag = f"missedlive{uuid4().hex[:12]}"
        # Nobody is named as host, so that anybody's question counts: only the server knows its accounts' full names.
        self._house = House(folder, server.base_url, self._bot.token, tag=self._tag, every=pace.bot)
        self._earlier: set[str] = set()

    def close(self) -> None:
        for person in (self.member, self.friend, self.host, self.peer):
            person.close()

    def bot(self) -> Bot:
        """Start the bot for the evening."""
        return Bot(self._house)

    def forget_earlier_runs(self) -> None:
        """Let the bot answer what earlier runs left in its mentions, and the member be nobody's member."""
        self._cycle()
        if any(consent != "stopped" for (consent,) in self._house.rows("SELECT consent FROM member")):
            self._say("STOP")
            self._until(lambda: self._cycle() and self._is_stopped(), "STOP ends what an earlier run began")
        # What the bot has just answered may be shown late, so its own receipts count too.
        receipts = {key for (key,) in self._house.rows("SELECT receipt_id FROM outbox WHERE receipt_id IS NOT NULL")}
        self._earlier = receipts | set(self.member.told_by(self._bot))

    def sign_up(self) -> None:
        """START, the bot's answer, one word back."""
        self._say("START")
        assert "any word" in self._arrives(1)
        self._say("yes please", reply_to=next(reversed(self._new())))
        assert f"You are in: #{self._tag}" in self._arrives(2)

    def gather(self) -> None:
        """The host asks, people answer."""
        question = self._post(self.host, f"Q1: {QUESTION}?")
        answer = self._post(self.peer, "A1: the first one on Fridays", reply_to=question)
        thought = self._post(self.friend, "Mine is the last one on Mondays")
        for post in (question, answer, thought):
            self._is_read(post)

    def call_once_and_again(self) -> None:
        """The first call brings one message, the next ones none."""
        self._call(self.friend)
        reminder = self._arrives(3)
        assert self.friend.name() in reminder
        assert f"#{self._tag}" in reminder
        assert QUESTION in reminder
        self._is_read(self._call(self.peer))
        self._is_read(self._call(self.friend))
        self._is_all(3)

    def leave(self) -> None:
        """STOP is confirmed once, and silence follows."""
        self._say("STOP")
        assert "nothing more" in self._arrives(5)
        self._is_read(self._call(self.peer))
        self._is_all(5)

    def _say(self, text: str, *, reply_to: str | None = None) -> str:
        return self.member.post(f"@{self._bot.acct} {text}", visibility="direct", reply_to=reply_to)

    def _post(self, who: Someone, text: str, *, reply_to: str | None = None) -> str:
        return who.post(f"{text} #{self._tag}", reply_to=reply_to)

    def _call(self, who: Someone) -> str:
        return self._post(who, f"@{self.member.account.acct} you are missed")

    def _new(self) -> dict[str, str]:
        told = self.member.told_by(self._bot)
        return {key: text for key, text in told.items() if key not in self._earlier}

    def _arrives(self, number: int) -> str:
        """Wait for the so-many-th message of this run and return its text."""
        text: str = self._until(lambda: list(self._new().values())[number - 1 : number], f"message {number} arrives")[0]
        return text

    def _is_read(self, post_id: str) -> None:
        self._until(lambda: self._house.has_read(post_id), "the bot reads a post")

    def _is_all(self, number: int) -> None:
        """Prove that no more messages come: HELP, written last, is answered next."""
        self._say("HELP")
        assert "sign up" in self._arrives(number + 1)
        assert len(self._new()) == number + 1, self._new()

    def _is_stopped(self) -> bool:
        return self._house.rows("SELECT consent FROM member") == [("stopped",)]

    def _cycle(self) -> bool:
        with Bot(self._house, "run", "--once") as bot:
            assert bot.ended() == 0, bot.log
        return True

    def _until(self, probe: Callable[[], Any], what: str) -> Any:
        return eventually(probe, what, within=self._pace.patience, every=self._pace.people)


def _plain(content: str) -> str:
    lines = re.sub(r"<br[^>]*>|</p>", " ", content)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", lines)).split())
