"""A small cast around one chat, and ways to let them say something."""

import re
import tomllib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from bot.domain.chat import Chat, Slot
from bot.domain.model import Person, Platform, Post
from bot.domain.recognise import Recogniser
from bot.domain.recognise.observations import Called, Observation, Scene
from bot.domain.recognise.phrasebook import Phrasebook

PHRASES = Path(__file__).parents[3] / "config/phrases/en.toml"
CAST = {
    "ida": "Ida Sand", "ana": "Ana", "ben": "Ben Ost", "cleo": "Cleo", "nora": "Nora Quill", "sam": "Sam",
    "lee": "Lee Park", "pat": "Patrice", "will": "Will", "bell": "Bell",
}  # fmt: skip
SERVERS = {"nora": "far.example", "lee": "far.example"}


def somebody(short: str) -> Person:
    handle = f"{short}@{SERVERS.get(short, 'home.example')}"
    return Person(platform=Platform.MASTODON, id=f"id-{short}", handle=handle, name=CAST[short], is_bot=short == "bell")


def targets(seen: Sequence[Observation]) -> list[str]:
    """Return who is called, by id."""
    return [one.target.id for one in seen if isinstance(one, Called)]


Somebody = Callable[[str], Person]
Say = Callable[..., Post]
Calls = Callable[..., dict[str, Called]]


@pytest.fixture(scope="session")
def book() -> Phrasebook:
    return Phrasebook.model_validate(tomllib.loads(PHRASES.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def recogniser(book: Phrasebook) -> Recogniser:
    return Recogniser([book])


@pytest.fixture(scope="session")
def chat() -> Chat:
    return Chat(
        tag="lrnchat",
        title="lrnchat",
        slots=(Slot(repeats="FREQ=WEEKLY;BYDAY=TH", time=time(20, 30), zone="America/New_York"),),
    )


@pytest.fixture(scope="session")
def scene(chat: Chat) -> Scene:
    return Scene(chat=chat)


@pytest.fixture(scope="session")
def person() -> Somebody:
    return somebody


@pytest.fixture(scope="session")
def say() -> Say:
    """Write a post by Ida; whom the text mentions is mentioned, as a platform would have it."""

    def write(text: str, *, by: str = "ida", to: str | None = None, **fields: object) -> Post:
        mentioned = [one.lower() for one in re.findall(r"@(\w+)", text) if one.lower() in CAST]
        known: dict[str, object] = {
            "platform": Platform.MASTODON,
            "id": "p1",
            "uri": "https://home.example/p1",
            "author": somebody(by),
            "text": text,
            "created_at": datetime(2026, 3, 6, 1, 40, tzinfo=UTC),
            "mentions": tuple(somebody(one) for one in dict.fromkeys(mentioned)),
            "tags": tuple(tag.casefold() for tag in re.findall(r"#(\w+)", text)),
        }
        if to is not None:
            known |= {"in_reply_to_id": "p0", "in_reply_to_author_id": f"id-{to}"}
        return Post.model_validate(known | fields)

    return write


@pytest.fixture(scope="session")
def calls(recogniser: Recogniser, chat: Chat, say: Say) -> Calls:
    """Return who is called by a text, in order. `to` is the person answered, `roster` who may be meant by name."""

    def observed(text: str, *, to: str | None = None, roster: str = "", **scene: object) -> dict[str, Called]:
        post = say(text, to=to)
        around = Scene.model_validate(
            {
                "chat": chat,
                "roster": tuple(map(somebody, roster.split())),
                "replied_to": somebody(to) if to else None,
                **scene,
            }
        )
        seen = recogniser.observe(post, around)
        return {one.target.id.removeprefix("id-"): one for one in seen if isinstance(one, Called)}

    return observed
