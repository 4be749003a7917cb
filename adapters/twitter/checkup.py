"""What `missed check` says of an X account: found by asking for what costs nothing."""

from collections.abc import Iterator

from adapters.twitter.client import Api
from adapters.twitter.handout import lacking
from adapters.twitter.profile import Introduction
from bot.app.errors import Misconfigured, Permanent, Transient
from bot.domain.model import Value


class Finding(Value):
    """One thing looked at. `ok` is None where it is neither good nor bad; `text` says what to do where it is bad."""

    name: str
    ok: bool | None
    text: str


NOBODY = "(#youweremissedcheck from:youweremissedcheck) -is:retweet"
"""A search that finds nothing, and so costs nothing."""


DIRECT = "directmessages"
"""Stands in `x-access-level` where OAuth 1.0a keys allow them (docs.x.com/resources/fundamentals/authentication)."""


def _direct_messages(api: Api) -> Finding:
    """Look whether the credentials allow what the bot is for, by what X said of them with its last answer."""
    name, level = "messages", api.access_level
    if api.scopes is not None and (lack := lacking(api.scopes)):
        return Finding(name=name, ok=False, text=lack)
    if level and DIRECT not in level:
        text = (
            f"the keys allow {level} only: give the app “Read and write and Direct message” in X's developer console, "
            "then make new keys: missed login"
        )
        return Finding(name=name, ok=False, text=text)
    if level or api.scopes is not None:
        return Finding(name=name, ok=True, text="the credentials allow direct messages")
    return Finding(name=name, ok=None, text="X does not say whether the credentials allow direct messages")


def examine(api: Api) -> Iterator[Finding]:
    """Look at everything the bot needs; stop where nothing further can be said."""
    api.reopen()
    try:
        me = Introduction(api).ask()
    except (Misconfigured, Permanent) as error:
        yield Finding(name="account", ok=False, text=str(error))
        return
    except Transient as error:
        until = (
            f" (until {error.retry_at:%d %B, %H:%M} UTC)" if error.retry_at else "; check the address and the network"
        )
        yield Finding(name="reachable", ok=False, text=f"{error}{until}")
        return
    yield Finding(name="account", ok=True, text=f"@{me.handle}")
    yield _direct_messages(api)
    yield Finding(
        name="label",
        ok=None,
        text="X demands the label “Automated” and who runs it in the bot's profile: look yourself",
    )
    try:
        api.get(
            "search", "/2/tweets/search/recent", {"query": NOBODY}, use="search", kind="post_read", most=10, least=10
        )
        yield Finding(name="search", ok=True, text="the app may search")
    except (Transient, Permanent, Misconfigured) as error:
        yield Finding(name="search", ok=False, text=str(error))
    left = ", ".join(f"{use} {count}" for use, count in api.till.left(api.now()).items())
    yield Finding(name="limits", ok=True, text=f"requests left by our own count: {left}")
