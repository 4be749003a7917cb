"""A network with a few people on it, and the bot's house beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import httpx

from sandbox import Account, Sandbox
from sandbox.dialect import DialectName
from sandbox.play import DirectMessage, Member
from sandbox.play.wire import PostedStatus, accepted, bearer, connect, post_status
from tests.e2e.process import Bot, House, eventually, free_port

DOMAIN: Final = "learn.example"
SCOPES: Final = (
    "read:statuses read:notifications read:accounts read:search write:statuses write:notifications write:follows"
)
PEOPLE: Final = {
    "quillnora": "Nora Quill",
    "hazelana": "Ana Hazel",
    "marahost": "Mara Host",
    "benpeer": "Ben Peer",
}
"""Names that are no part of any other word, so that a log can be searched for them."""

QUESTION: Final = "Which hour of the week do you keep for your own learning?"


def real_time() -> datetime:
    """Return the time by which the bot's process lives, and so the network too."""
    return datetime.now(UTC)  # noqa: TID251 # see above


@contextmanager
def evening_on(dialect: DialectName, folder: Path) -> Iterator["Evening"]:
    """Open an evening on a server of some dialect; afterwards no log may hold what is private.

    Limits are lifted, for everybody has one address.
    """
    with Sandbox(real_time, DOMAIN, dialect=dialect, limits=False, port=free_port()) as sandbox:
        evening = Evening(sandbox, folder)
        try:
            yield evening
        except BaseException as error:
            error.add_note(evening.logs())
            raise
        finally:
            evening.close()
        assert evening.leaks() == []


class Evening:
    """The chat is on. Nora is the absent member, Ana her friend, Mara the host, Ben a peer."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self.sandbox = sandbox
        self.missed = sandbox.add_account("missed", display_name="You Were Missed", bot=True, scopes=SCOPES)
        self.people = {name: sandbox.add_account(name, display_name=shown) for name, shown in PEOPLE.items()}
        self.nora, self.ana, self.mara, self.ben = self.people.values()
        self.house = House(folder, sandbox.base_url, self.missed.token, hosts=[f"@marahost@{DOMAIN}"])
        self._web: httpx.Client = connect(sandbox.base_url)
        self._talks: dict[str, Member] = {}
        self._bots: list[Bot] = []
        self._said: list[str] = []

    def add_people(self, *names: str) -> list[Account]:
        """More members."""
        self.people |= {name: self.sandbox.add_account(name) for name in names}
        return [self.people[name] for name in names]

    def bot(self, *arguments: str) -> Bot:
        """Start the bot; it is ended at the latest with the evening."""
        self._bots.append(Bot(self.house, *arguments))
        return self._bots[-1]

    def watching(self) -> Bot:
        """Start the bot and wait until it watches."""
        bot = self.bot()
        bot.watches()
        return bot

    def post(self, who: Account, text: str, *, reply_to: str | None = None) -> PostedStatus:
        """Post in the chat."""
        self._said.append(text)
        return post_status(self._web, who.token, f"{text} #lrnchat", in_reply_to_id=reply_to)

    def ask(self, number: int = 1) -> PostedStatus:
        """Let the host ask a question."""
        return self.post(self.mara, f"Q{number}: {QUESTION}")

    def call(self, who: Account, by: Account | None = None) -> PostedStatus:
        """Let somebody call an absent person."""
        return self.post(by or self.ana, f"@{who.acct} you are missed")

    def write(self, text: str, who: Account | None = None, *, answer_to: str | None = None) -> str:
        """Write to the bot in private; return the message's id."""
        return self._as(who or self.nora).say(text, to=f"@{self.missed.acct}", in_reply_to_id=answer_to).id

    def inbox(self, who: Account | None = None) -> list[DirectMessage]:
        """What the bot has written to somebody and their server shows them, read with their own token."""
        return [one for one in self._as(who or self.nora).inbox() if one.author == self.missed.acct]

    def arrives(self, number: int, who: Account | None = None) -> DirectMessage:
        """Wait for the so-many-th message from the bot and return it."""
        return eventually(lambda: self.inbox(who)[number - 1 : number], f"message {number} from the bot")[0]

    def block(self, who: Account) -> None:
        """Let somebody block the bot."""
        accepted(self._web.post(f"/api/v1/accounts/{self.missed.id}/block", headers=bearer(who.token)))

    def join(self, *people: Account) -> None:
        """Sign people up as anybody does: START, the bot's question, one word back."""
        for who in people:
            self.write("START", who)
        for who in people:
            self.write("yes", who, answer_to=self.arrives(1, who).id)
        for who in people:
            assert "You are in" in self.arrives(2, who).text

    def is_all(self, number: int, *people: Account) -> None:
        """Prove that no more than so many messages come: HELP, written last, is answered next.

        Within a tick the bot hears before it decides, and decides before it delivers.
        """
        for who in people or (self.nora,):
            self.write("HELP", who)
        for who in people or (self.nora,):
            assert "sign up" in self.arrives(number + 1, who).text
            assert len(self.inbox(who)) == number + 1

    def is_heard(self, post: PostedStatus) -> None:
        """Wait until the bot has taken in a post."""
        eventually(lambda: self.house.has_read(post.id), "the bot reads a post")

    def leaks(self) -> list[str]:
        """What the bots' output holds of tokens, posts and people."""
        tokens = [self.missed.token, *(one.token for one in self.people.values())]
        words = [*self._said, *(text.partition(": ")[2] for text in self._said if ": " in text)]
        named = [*self.people, *(one.display_name for one in self.people.values() if one.display_name)]
        return [
            word for bot in self._bots for word in (*tokens, *words, *named) if word.casefold() in bot.log.casefold()
        ]

    def logs(self) -> str:
        """Everything the bots said."""
        return "\n".join(f"--- bot {number}\n{bot.log}" for number, bot in enumerate(self._bots))

    def close(self) -> None:
        """Leave no process behind."""
        for bot in self._bots:
            bot.__exit__()
        for person in self._talks.values():
            person.close()
        self._web.close()

    def _as(self, who: Account) -> Member:
        if who.id not in self._talks:
            self._talks[who.id] = Member(self.sandbox.base_url, who.token)
        return self._talks[who.id]
