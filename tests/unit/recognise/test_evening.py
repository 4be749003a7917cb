"""The evening that is played for show: every call of it is heard, and nothing else in it is taken for one."""

import re

from bot.domain.chat import Chat
from bot.domain.model import Person, Platform
from bot.domain.recognise import Recogniser
from bot.domain.recognise.observations import Called, Scene
from config import catalogue
from sandbox.play import load_play
from tests.unit.recognise.conftest import Say

HANDLE = re.compile(r"@(\w++)")


def test_the_played_evening_has_its_calls_and_no_other(chat: Chat, say: Say) -> None:
    play = load_play(0)
    cast = {
        one.handle: Person(platform=Platform.MASTODON, id=f"id-{one.handle}", handle=one.handle) for one in play.cast
    }
    recogniser = Recogniser(catalogue.phrasebooks())
    heard = {"call": 0, "else": 0}
    for line in play.evening:
        told = tuple(cast[handle] for handle in HANDLE.findall(line.text) if handle in cast)
        post = say(line.text).model_copy(update={"author": cast[line.by], "mentions": told, "tags": ("lrnchat",)})
        called = [one.target.handle for one in recogniser.observe(post, Scene(chat=chat)) if isinstance(one, Called)]
        assert called in ([], [play.absentee]), line.text
        heard["call" if line.kind == "call" else "else"] += len(called)
    assert heard == {"call": 15, "else": 0}
