"""What one post can tell us."""

from typing import Literal, NamedTuple

from bot.domain.chat import Chat
from bot.domain.model import Moment, Person, Value


class Attended(NamedTuple):
    """Its author was there. Every post of a chat makes one, so it is a plain tuple."""

    person: Person
    post_id: str
    at: Moment
    how: Literal["post", "reply", "here"] = "post"


class Asked(Value):
    """A numbered question of the chat was put. `text` is the question without number and tags."""

    number: int
    text: str
    post_id: str
    url: str
    at: Moment


class Called(Value):
    """Somebody told an identifiable person that they are missed, looked for or wanted.

    `words` are the offsets (start, end) of the matched words in the post's text, so that `explain` can show them;
    the text itself is not kept. `phrase` names the entry of the phrase file, `language` the file.
    """

    caller: Person
    target: Person
    kind: str
    phrase: str
    language: str
    words: tuple[int, int]
    post_id: str
    url: str
    at: Moment


Observation = Attended | Asked | Called


class Scene(Value):
    """What is known about a post's surroundings.

    `roster` are people who may be meant by display name; `bots` are the ids of the bot's own accounts;
    `is_chat_thread` says that the post replies into the chat's thread, so that it needs no tag;
    `is_to_us` that it came to the bot or to a member by mention while the session was on;
    `replied_to` is the author of the post that it answers.
    """

    chat: Chat
    roster: tuple[Person, ...] = ()
    bots: frozenset[str] = frozenset()
    is_chat_thread: bool = False
    is_to_us: bool = False
    replied_to: Person | None = None
