"""Who is who: names by id, learned for nothing where that is possible.

A post tells its author's id only; user reads are billed. So names come from the bot's own members, from the mentions
in posts, and only for those who matter (a chat's hosts, a caller, somebody who writes to the bot) from X.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from adapters.twitter.client import Api
from adapters.twitter.translate import HOST, mentioned, person, username
from adapters.wire import items
from bot.app.errors import Permanent, Transient
from bot.app.ports import Known
from bot.domain.model import Person, Platform

AT_ONCE: Final = 100
FIELDS: Final = {"user.fields": "description,name,username"}


class Directory:
    """Names by id, for one process; hosts are noted for the next one. For one thread at a time."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self.members: Known = lambda _platform, _key: None
        self._people: dict[str, Person] = {}
        self._hosts: dict[str, str] = {}
        self._configured: dict[str, str] = {}
        self._asked: set[str] = set()

    def known(self, key: str) -> Person:
        """Return the person of an id, with an empty name where nobody knows it; a host by the configured handle."""
        one = self._find(key) or Person(platform=Platform.X, id=key, handle=f"{key}@{HOST}")
        return one.model_copy(update={"handle": self._configured[key]}) if key in self._configured else one

    def handle_of(self, one: Person) -> str:
        """Return somebody's handle of today: people rename themselves."""
        found = self._people.get(one.id)
        return found.handle if found else one.handle

    def _find(self, key: str) -> Person | None:
        """Return the person of an id as X has told of them, else as a member was last known."""
        return self._people.get(key) or self.members(Platform.X, key)

    def learn(self, people: Iterable[Person | None]) -> None:
        """Take note of people as X shows them; what it tells only when asked is not lost for that."""
        for one in filter(None, people):
            before = self._find(one.id)
            if before is not None:
                kept = {"name": one.name or before.name, "wants_no_bots": before.wants_no_bots}
                one = one.model_copy(update=kept)  # noqa: PLW2901 - the same person, better known
            self._people[one.id] = one

    def learn_from(self, tweets: Iterable[Mapping[str, Any]]) -> None:
        """Take note of everybody whom posts mention."""
        for tweet in tweets:
            self.learn(mentioned(tweet))

    def look_up(self, keys: Iterable[str]) -> None:
        """Ask X once for those whose name is not known (docs.x.com/x-api/users/user-lookup-by-ids).

        Whoever wanted no bots is asked for whenever they write: they may have changed their mind.

        Raises:
            Transient: X cannot be asked just now.
        """
        missing = [key for key in dict.fromkeys(keys) if self._is_missing(key)]
        self._asked |= set(missing)
        for begin in range(0, len(missing), AT_ONCE):
            try:
                some = missing[begin : begin + AT_ONCE]
                self._ask("/2/users", {"ids": ",".join(some)}, len(some))
            except Transient:
                self._asked -= set(missing)
                raise

    def look_up_hosts(self, handles: Iterable[str]) -> None:
        """Ask X once for the ids of a chat's hosts, and note them: only by id their posts can be told."""
        names = [username(one) for one in handles if one.endswith(f"@{HOST}")]
        for name in names:
            if name not in self._hosts and (kept := self._api.till.recall(f"host/{name}")) is not None:
                self._hosts[name] = kept
                if (noted := person(json.loads(kept))) is not None:
                    self.learn([noted])
                    self._configured[noted.id] = f"{name}@{HOST}"
        missing = [name for name in names if name not in self._hosts]
        if not missing:
            return
        found = self._ask("/2/users/by", {"usernames": ",".join(missing[:AT_ONCE])}, len(missing[:AT_ONCE]))
        for name in missing:
            one = next((one for one in found if one.handle == f"{name}@{HOST}"), None)
            kept = json.dumps({"id": one.id, "username": name, "name": one.name}) if one else "{}"
            self._hosts[name] = kept
            if one is not None:
                self._configured[one.id] = one.handle
                self._api.till.note(f"host/{name}", kept)

    def _ask(self, route: str, params: dict[str, str], many: int) -> list[Person]:
        try:
            answer = self._api.get("look up people", route, params | FIELDS, use="users", kind="user_read", most=many)
        except Permanent:
            return []
        found = [one for item in items(answer.get("data")) if (one := person(item)) is not None]
        self._people |= {one.id: one for one in found}
        return found

    def _is_missing(self, key: str) -> bool:
        one = self._find(key)
        return (key not in self._asked and (one is None or not one.name)) or (one is not None and one.wants_no_bots)
