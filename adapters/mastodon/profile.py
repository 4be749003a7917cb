"""Who the bot is on its server, and what the server allows: asked once, and kept."""

import logging
import threading
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, urlsplit

from adapters.mastodon.client import Api, Broken
from adapters.mastodon.translate import Translator
from adapters.wire import items
from bot.app.errors import Misconfigured, Permanent, Transient
from bot.domain.model import Person, Value

DEFAULT_ROOM: Final = 500
"""Characters of a post where the server does not say (docs.joinmastodon.org/user/posting/#text)."""

POLICY: Final = (
    "for_not_following",
    "for_not_followers",
    "for_new_accounts",
    "for_private_mentions",
    "for_limited_accounts",
)
"""What a notification policy may filter (docs.joinmastodon.org/entities/NotificationPolicy)."""

log = logging.getLogger(__name__)


class Profile(Value):
    """Our account, the domain of its server's accounts, and how long a post may be."""

    me: Person
    domain: str
    room: int


class Introduction:
    """Asks for the profile at the first need, in whatever thread; until that works, whoever needs it gets Transient."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._lock = threading.Lock()
        self._profile: Profile | None = None

    def profile(self) -> Profile:
        """Return the profile.

        Raises:
            Transient: the server cannot be asked just now.
            Misconfigured: it refuses the token.
        """
        with self._lock:
            if self._profile is None:
                profile = read_profile(self._api)
                accept_everybody(self._api)
                accept_waiting(self._api)
                self._profile = profile
            return self._profile

    @property
    def translator(self) -> Translator:
        """What reads this server's JSON."""
        return Translator(self.profile().domain)


def read_profile(api: Api) -> Profile:
    """Ask who we are (docs.joinmastodon.org/methods/accounts/#verify_credentials) and where."""
    with api.reading("who am I") as client:
        account: Any = client.account_verify_credentials()
    instance = read_instance(api)
    url = account.get("url") if isinstance(account, Mapping) else None
    site = urlsplit(url).netloc if isinstance(url, str) else ""
    named = _domain(instance.get("account_domain")) or _domain(instance.get("domain"))
    domain = named or site or _domain(instance.get("uri")) or api.host
    me = Translator(domain).person(account)
    if me is None:
        raise Transient("who am I: the server does not say")
    return Profile(me=me, domain=domain, room=_room(instance))


def read_instance(api: Api) -> Mapping[str, Any]:
    """Return what the server says of itself, by version 2, else 1; empty where it does not.

    docs.joinmastodon.org/methods/instance. Asked for without Mastodon.py, which appends a slash that not every
    server bears. Takahe answers 500 to version 2; its version 1 names the host it was asked at, not its domain.
    """
    status = 0
    for version in ("v2", "v1"):
        status, instance = api.probe(f"/api/{version}/instance")
        if status == 200 and isinstance(instance, Mapping):
            return instance
    if status >= 500:
        raise Transient(f"about the server: it answered {status}")
    return {}


def accept_everybody(api: Api) -> None:
    """Let nobody's START be filtered from us, where the server filters (…/methods/notifications/#update-the-policy)."""
    try:
        with api.asking("notification policy") as client:
            client.update_notifications_policy(**dict.fromkeys(POLICY, "accept"))
    except Misconfigured as error:
        log.warning("strangers' messages may be filtered from the bot: %s", error)
    except (Permanent, Broken):
        log.debug("the server has no notification policy")


def accept_waiting(api: Api) -> None:
    """Let in who wrote before the bot first came: their START waits among filtered requests, which nobody would read.

    docs.joinmastodon.org/methods/notifications/#get-requests, and #accept-request. A page of 80 a start is plenty.
    """
    status, waiting = api.probe("/api/v1/notifications/requests?limit=80")
    if status != 200:
        log.debug("the server keeps no requests of filtered notifications (%d)", status)
        return
    for one in items(waiting):
        status, _ = api.probe(
            f"/api/v1/notifications/requests/{quote(str(one.get('id')), safe='')}/accept", method="POST"
        )
        if status != 200:
            log.warning("a waiting request to be heard could not be accepted: the server answered %d", status)


def _domain(said: object) -> str:
    if not isinstance(said, str):
        return ""
    return said.partition("://")[2].partition("/")[0] if "://" in said else said.partition("/")[0]


def _room(instance: Mapping[str, Any]) -> int:
    found: Any = instance
    for name in ("configuration", "statuses", "max_characters"):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, int) and found > 0 else DEFAULT_ROOM
