"""What `missed check` says of a Mastodon account: found by trying, never by a version's name."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from adapters.mastodon.client import Api
from adapters.mastodon.profile import POLICY, Profile, read_instance, read_profile
from bot.app.errors import Misconfigured, Permanent, Transient
from bot.domain.model import Value

SCOPES: Final[Mapping[str, tuple[str, str]]] = {
    "read:statuses": ("GET", "/api/v1/timelines/home?limit=1"),
    "read:notifications": ("GET", "/api/v1/notifications?limit=1"),
    # An empty post is refused everywhere, but first for the missing scope.
    "write:statuses": ("POST", "/api/v1/statuses"),
    # Nobody follows this tag, so nothing is undone.
    "write:follows": ("POST", "/api/v1/tags/youweremissedcheck/unfollow"),
}
"""A harmless request for each scope that the bot needs (docs.joinmastodon.org/api/oauth-scopes)."""

LOG_IN: Final = "log in again with all scopes"


class Finding(Value):
    """One thing looked at. `ok` is None where it is neither good nor bad; `text` says what to do where it is bad."""

    name: str
    ok: bool | None
    text: str


def examine(api: Api) -> Iterator[Finding]:
    """Look at everything the bot needs; stop where nothing further can be said."""
    try:
        instance = read_instance(api)
        yield Finding(name="reachable", ok=True, text="the server answers")
        profile = read_profile(api)
    except Misconfigured as error:
        yield Finding(name="account", ok=False, text=str(error))
        return
    except (Transient, Permanent) as error:
        yield Finding(name="reachable", ok=False, text=f"{error}; check the address and the network")
        return
    yield from _account(profile)
    for look in (_scopes, _policy, _streaming, _limits):
        try:
            yield look(api)
        except (Transient, Permanent, Misconfigured) as error:
            yield Finding(name=look.__name__.strip("_"), ok=False, text=str(error))
    yield _instance(instance)


def _account(profile: Profile) -> Iterator[Finding]:
    yield Finding(name="account", ok=True, text=f"@{profile.me.handle}, up to {profile.room} characters a message")
    if profile.me.is_bot:
        yield Finding(name="bot", ok=True, text="the account is marked as automated")
    else:
        text = "mark the account as automated in its profile settings: people must know that a program writes"
        yield Finding(name="bot", ok=False, text=text)


def _scopes(api: Api) -> Finding:
    answers = {scope: api.probe(path, method=method)[0] for scope, (method, path) in SCOPES.items()}
    if missing := [scope for scope, status in answers.items() if status in {401, 403}]:
        return Finding(name="scopes", ok=False, text=f"the token lacks {', '.join(missing)}: {LOG_IN}")
    if unknown := [scope for scope, status in answers.items() if status == 404 or status >= 500]:
        return Finding(name="scopes", ok=None, text=f"the server does not do what {', '.join(unknown)} would allow")
    return Finding(name="scopes", ok=True, text="the token allows what the bot does")


def _policy(api: Api) -> Finding:
    status, policy = api.probe("/api/v2/notifications/policy")
    if status != 200 or not isinstance(policy, Mapping):
        return Finding(name="policy", ok=None, text="the server has no notification policy")
    if filtered := [name for name in POLICY if policy.get(name, "accept") != "accept"]:
        text = f"strangers' messages are filtered ({', '.join(filtered)}); `missed run` lets them in when it begins"
        return Finding(name="policy", ok=None, text=text)
    return Finding(name="policy", ok=True, text="nobody's messages to the bot are filtered")


def _streaming(api: Api) -> Finding:
    status, _ = api.probe("/api/v1/streaming/health")
    if status == 200:
        return Finding(name="streaming", ok=True, text="the server tells at once what is new")
    return Finding(name="streaming", ok=None, text="the server does not stream over HTTP: posts are seen by polling")


def _limits(api: Api) -> Finding:
    left = ", ".join(f"{use} {count}" for use, count in api.purse.left().items())
    return Finding(name="limits", ok=True, text=f"requests left by our own count: {left}")


def _instance(instance: Mapping[str, Any]) -> Finding:
    if "domain" in instance:
        return Finding(name="instance", ok=True, text="the server says its domain and limits")
    text = "the server has no version 2 of its description: its domain is read from the account's address"
    return Finding(name="instance", ok=None, text=text)
