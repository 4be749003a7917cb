"""Where the demo can be played: on a small Mastodon, on a small X, or on both at once."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from pydantic import SecretStr

from config.settings import MastodonSection
from config.x import XSection
from sandbox import Sandbox
from sandbox.play import BothStage, Insider, Play, Stage, XStage
from sandbox.x import XSandbox

DOMAIN: Final = "learn.example"
BOT: Final = "missed"
BOT_NAME: Final = "You Were Missed"
SCOPES: Final = (
    "read:statuses read:notifications read:accounts read:search write:statuses write:notifications write:follows"
)
DIRECT_EVERY: Final = 60
"""Seconds between two looks for direct messages on X: in the play she answers after a minute."""

Now = Callable[[], datetime]


class Where(StrEnum):
    """What `--platform` takes."""

    MASTODON = "mastodon"
    X = "x"
    BOTH = "both"


@dataclass(frozen=True)
class Venue:
    """A network, or two, with the cast on it.

    `sections` go into the settings; `requests` counts the bot's; `elsewhere` is she on the second network, where there
    is one; `hint` says how to look around.
    """

    base_url: str
    sections: Mapping[str, MastodonSection | XSection]
    stage: Stage
    requests: Callable[[], int]
    address: Callable[[str], str]
    hint: str
    elsewhere: Callable[[], Insider] | None = None


@contextmanager
def on_mastodon(play: Play, now: Now) -> Iterator[Venue]:
    """Raise a small Mastodon."""
    with Sandbox(now=now, domain=DOMAIN) as sandbox:
        tokens = {
            one.handle: sandbox.add_account(one.handle, display_name=one.name, domain=one.domain, unlimited=True).token
            for one in play.cast
        }
        bot = sandbox.add_account(BOT, display_name=BOT_NAME, bot=True, scopes=SCOPES)
        her = tokens[play.absentee]
        url = sandbox.base_url
        with Stage(url, tokens, BOT, play.hashtag, play=play) as stage:
            yield Venue(
                base_url=url,
                sections={"mastodon": MastodonSection(base_url=url, token=SecretStr(bot.token))},
                stage=stage,
                requests=lambda: sandbox.stats.requests_by(bot.id),
                address=lambda acct: acct if "@" in acct else f"{acct}@{DOMAIN}",
                hint=f"curl -gH 'Authorization: Bearer {her}' '{url}/api/v1/notifications?types[]=mention'",
            )


@contextmanager
def on_x(play: Play, now: Now) -> Iterator[Venue]:
    """Raise a small X."""
    with XSandbox(now) as sandbox:
        people = {one.handle: sandbox.add_person(one.handle, one.name) for one in play.cast}
        bot = sandbox.add_person(BOT, BOT_NAME, app="bot")
        secrets: dict[str, Any] = {name: SecretStr(secret) for name, secret in bot.secrets.items()}
        her, url = people[play.absentee], sandbox.base_url

        with XStage(
            url,
            {handle: one.token for handle, one in people.items()},
            BOT,
            play.hashtag,
            play=play,
            ids={handle: one.id for handle, one in people.items()},
            bot_id=bot.id,
        ) as stage:
            yield Venue(
                base_url=url,
                sections={"x": XSection(api_url=url, direct_every_seconds=DIRECT_EVERY, **secrets)},
                stage=stage,
                requests=lambda: sandbox.stats.requests_by(bot.id),
                address=lambda acct: f"{acct.partition('@')[0]}@x.com",
                hint=f"curl -gH 'Authorization: Bearer {her.token}' '{url}/2/dm_events'; curl '{url}/sandbox/costs'",
            )


@contextmanager
def on_both(play: Play, now: Now) -> Iterator[Venue]:
    """Raise both: hosts and half of the others speak on Mastodon, the other half on X, she is on both."""
    there = {one.handle for place, one in enumerate(play.cast) if place % 2 and one.role != "host"} - {play.absentee}
    with ExitStack() as stack:
        first = stack.enter_context(on_mastodon(play, now))
        second = stack.enter_context(on_x(play, now))
        other = second.stage
        assert isinstance(other, XStage)  # noqa: S101 - what on_x has just made
        stage = BothStage(
            first.base_url,
            {one.handle: first.stage.token(one.handle) for one in play.cast},
            BOT,
            play.hashtag,
            play=play,
            other=other,
            on_x=there,
        )
        yield Venue(
            base_url=f"{first.base_url} and {second.base_url}",
            sections={**first.sections, **second.sections},
            stage=stack.enter_context(stage),
            requests=lambda: first.requests() + second.requests(),
            address=first.address,
            hint=f"{first.hint}; {second.hint}",
            elsewhere=lambda: other.member(play.absentee),
        )


VENUES: Final = {Where.MASTODON: on_mastodon, Where.X: on_x, Where.BOTH: on_both}
