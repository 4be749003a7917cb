"""The people of a storm, on a real network: they sign up, call, ask, drop in, and read what they got."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from types import TracebackType
from typing import Final, Self

import httpx

from sandbox import Account, Sandbox
from sandbox.play import DirectMessage, Member
from sandbox.play.wire import connect, post_status
from tests.chaos.plan import Deed, Plan, Talk
from tests.chaos.stage import StageTime
from tests.e2e.evening import SCOPES

DOMAIN: Final = "learn.example"
CALLS: Final = ("you are missed", "where are you tonight?", "we miss you, come join us")
FRIENDS: Final = ("ana", "ben", "cleo")
PATIENCE: Final = 60.0
"""Seconds for people to sign up, with a bot that nobody disturbs."""


@dataclass(frozen=True)
class Asked:
    """Somebody's HELP: who, and the message's id."""

    member: int
    post_id: str


class Town:
    """A network that keeps no idempotency keys and means its limits; only people are exempt, who have one address."""

    def __init__(self, plan: Plan, stage: StageTime) -> None:
        self.plan = plan
        self.sandbox = Sandbox(stage.now, DOMAIN, keeps_keys=False)
        self.bot = self.sandbox.add_account("missed", display_name="You Were Missed", bot=True, scopes=SCOPES)
        self._host = self.sandbox.add_account("mara", unlimited=True)
        self._friends = [self.sandbox.add_account(name, unlimited=True) for name in FRIENDS]
        self._members = [self.sandbox.add_account(f"member{n}of", unlimited=True) for n in range(plan.scale.members)]
        self._chance = Random(f"{plan.seed} town")
        self.called_at: dict[tuple[str, int], datetime] = {}
        self.asked: list[Asked] = []

    def __enter__(self) -> Self:
        self.sandbox.start()
        self._web: httpx.Client = connect(self.sandbox.base_url)
        self._talks = [self._talk(account) for account in self._members]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for talk in self._talks:
            talk.close()
        self._web.close()
        self.sandbox.stop()

    def _talk(self, account: Account) -> Member:
        return Member(self.sandbox.base_url, account.token)

    def sign_up(self) -> None:
        """Let every member opt in as anybody does: START, the bot's question, one word back."""
        for talk in self._talks:
            talk.say("START")
        waits_for = "You are in"
        asked: set[int] = set()
        for _ in range(int(PATIENCE / 0.1)):
            inboxes = [talk.inbox() for talk in self._talks]
            for number, inbox in enumerate(inboxes):
                if inbox and number not in asked:
                    self._talks[number].say("yes", in_reply_to_id=inbox[0].id)
                    asked.add(number)
            if all(any(waits_for in one.text for one in inbox) for inbox in inboxes):
                return
            threading.Event().wait(0.1)
        raise RuntimeError("the bot did not let everybody in: the storm cannot begin")

    def do(self, deed: Deed) -> None:
        """Let somebody do what the plan says."""
        if deed.what == "ask":
            self._post(self._host, f"Q{deed.number}: What would you keep, and what would you drop?", deed.tag)
        elif deed.what == "call":
            friend = self._friends[self._chance.randrange(len(self._friends))]
            at = self._post(friend, f"@{self._members[deed.member].acct} {self._chance.choice(CALLS)}", deed.tag)
            self.called_at.setdefault((deed.tag, deed.member), at)
        elif deed.what == "help":
            self.asked.append(Asked(deed.member, self._talks[deed.member].say("HELP").id))
        else:
            self._post(self._members[deed.member], "Here I am at last", deed.tag)

    def _post(self, who: Account, text: str, tag: str) -> datetime:
        return post_status(self._web, who.token, f"{text} #{tag}").created_at

    def received(self, member: int) -> list[DirectMessage]:
        """Return what a member's own server shows them of the bot's messages."""
        return [one for one in self._talks[member].inbox() if one.author == self.bot.acct]

    @property
    def over_limits(self) -> int:
        """How many of the bot's requests were over a limit."""
        return self.sandbox.stats.over_by(self.bot.id)


def configuration(base_url: str, plan: Plan, host: str = f"@mara@{DOMAIN}") -> str:
    """Return the bot's configuration file: every session of the plan is a chat of its own."""
    head = f'[mastodon]\nbase_url = "{base_url}"\n[watch]\nevery_seconds = {plan.scale.every_seconds}\n'
    return head + "".join(_chat(talk, plan.scale.questions, host) for talk in plan.talks)


def _chat(talk: Talk, questions: int, host: str) -> str:
    begins = talk.starts_at
    return (
        f'[[chat]]\ntag = "{talk.tag}"\ntitle = "A chat in a storm"\nzone = "Etc/UTC"\nrepeats = "FREQ=DAILY"\n'
        f'time = "{begins:%H:%M}"\nminutes = {talk.minutes}\nquestions = {questions}\nhosts = ["{host}"]\n'
        f'first = "{begins:%Y-%m-%d}"\nlast = "{begins:%Y-%m-%d}"\n'
    )


def watched(spans: Iterable[tuple[datetime, datetime]], since: datetime, until: datetime) -> timedelta:
    """Return how much of a time somebody was watching; `spans` may overlap, as those of replicas do."""
    total, reached = timedelta(), since
    for begin, end in sorted(spans):
        begins, ends = max(begin, reached), min(end, until)
        if ends > begins:
            total += ends - begins
            reached = ends
    return total
