"""Who the bot is on X: asked once and kept, over restarts too, because every user read is billed."""

import json
import threading

from adapters.twitter.client import Api
from adapters.twitter.translate import person
from bot.app.errors import Permanent, Transient
from bot.domain.model import Person


class Introduction:
    """Asks for the account at the first need, in whatever thread."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._lock = threading.Lock()
        self._me: Person | None = None

    def me(self) -> Person:
        """Return the bot's own account (docs.x.com/x-api/users/user-lookup-me).

        Raises:
            Transient: X cannot be asked just now.
            Misconfigured: it refuses the credentials.
        """
        with self._lock:
            if self._me is None:
                self._me = self._kept() or self.ask()
            return self._me

    def ask(self) -> Person:
        """Ask X, whatever is kept."""
        try:
            answer = self._api.get("who am I", "/2/users/me", {"user.fields": "name,username"}, use="users")
        except Permanent as error:
            raise Transient(str(error)) from None
        me = person(answer.get("data"))
        if me is None:
            raise Transient("who am I: X does not say")
        kept = {"id": me.id, "username": me.handle.partition("@")[0], "name": me.name}
        self._api.till.note("me", json.dumps(kept))
        return me.model_copy(update={"is_bot": True})

    def _kept(self) -> Person | None:
        found = person(json.loads(self._api.till.recall("me") or "{}"))
        return found.model_copy(update={"is_bot": True}) if found else None
