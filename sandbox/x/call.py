"""One request as a handler sees it, and what an endpoint is. Parameters that nobody knows are refused."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response

from sandbox.x.meter import Meter
from sandbox.x.model import Network, Person
from sandbox.x.refusal import invalid, problem, wrong_context
from sandbox.x.signin import Sender

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass(frozen=True)
class Habits:
    """What a server takes and does: the names it knows, and how far it can be trusted.

    `names`: old (tweet.fields), new (post.fields) or both. `is_shuffled`: pages come in no order. `is_endless`: paging
    never ends. `is_deaf`: search ignores its operators and gives whatever is there, as toys do.
    """

    names: frozenset[str] = frozenset({"tweet", "post"})
    is_shuffled: bool = False
    is_endless: bool = False
    is_deaf: bool = False


@dataclass(frozen=True)
class Call:
    """A parsed request. `body` is the JSON body, empty for none."""

    network: Network
    meter: Meter
    habits: Habits
    sender: Sender
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def user(self) -> Person:
        """The account that calls. Raises Refusal (403) for an app's token."""
        if self.sender.person is None:
            raise wrong_context("this endpoint")
        return self.sender.person

    def needs(self, *scopes: str) -> None:
        """Raise Refusal (403) where an OAuth 2.0 token lacks a scope."""
        if missing := [scope for scope in scopes if not self.sender.may(scope)]:
            raise problem(403, "Forbidden", f"The token lacks the scopes {', '.join(missing)}.")

    def knows(self, *names: str) -> None:
        """Raise Refusal (400) for a parameter that this endpoint does not have."""
        for name in self.query:
            if name not in names:
                raise invalid(f"The query parameter [{name}] is not one of [{','.join(names)}]", **{name: []})

    def number(self, name: str, least: int, most: int, usual: int) -> int:
        """Return a number within bounds. Raises Refusal (400)."""
        text = self.query.get(name, str(usual))
        if not text.isdigit() or not least <= int(text) <= most:
            raise invalid(
                f"The `{name}` query parameter value [{text}] is not between {least} and {most}", **{name: [text]}
            )
        return int(text)

    def moment(self, name: str) -> datetime | None:
        """Return a time to the second. Raises Refusal (400) for any other way to write it."""
        text = self.query.get(name)
        if text is None:
            return None
        if not _MOMENT.fullmatch(text):
            raise invalid(f"The `{name}` query parameter value [{text}] is not a valid time", **{name: [text]})
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)

    def fields(self, known: frozenset[str]) -> tuple[frozenset[str], str]:
        """Return which fields of posts are asked for, and by which noun. Raises Refusal (400) for unknown ones."""
        nouns = [noun for noun in ("tweet", "post") if f"{noun}.fields" in self.query]
        if len(nouns) > 1 or not set(nouns) <= self.habits.names:
            raise invalid("The query parameter is not available", fields=nouns)
        noun = nouns[0] if nouns else max(self.habits.names)
        asked = frozenset(self.query.get(f"{noun}.fields", "id").split(","))
        if unknown := asked - {name.replace("{noun}", noun) for name in known}:
            raise invalid(f"The `{noun}.fields` query parameter value {sorted(unknown)} is not known")
        return asked, noun


Handler = Callable[[Call], Response]


@dataclass(frozen=True)
class Endpoint:
    """An address of the API. `limit` names its rate limit, `scopes` what an OAuth 2.0 token must hold."""

    method: str
    path: str
    handler: Handler
    limit: str
    scopes: tuple[str, ...] = ()
    is_for_users: bool = False
